import { toColumns } from '../readers/columns.ts'
import { readCsv, type CsvFormat } from '../readers/csv.ts'
import { decode } from '../readers/text.ts'
import { tableOf, type ColumnsOf, type Schema, type Table } from '../table.ts'
import { onlyFile, type Definition, type FileSetName, type NamedBytes } from './definition.ts'

/** A set that is one CSV file with a header. */
export function csvTable<S extends Schema>(
  from: FileSetName,
  file: string,
  schema: S,
  about: string,
): Definition<Table<ColumnsOf<S>>> {
  return {
    about,
    from,
    files: [file],
    read(files) {
      const { rows, name } = rowsOf(onlyFile(files))
      const [header = [], ...body] = rows
      return tableOf(toColumns(body, header, schema, name))
    },
  }
}

/** The rows of a text file of separated values. */
export function rowsOf(file: NamedBytes, format?: CsvFormat): { rows: string[][]; name: string } {
  return { rows: readCsv(decode(file.bytes, file.name), file.name, format), name: file.name }
}
