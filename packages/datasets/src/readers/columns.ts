import { DatasetError } from '../dataset-error.ts'
import type { Column, ColumnKind, ColumnsOf, Schema } from '../table.ts'
import { toNumber } from './text.ts'

/** Typed columns out of rows of text. `names` are the file's own, in order; a column the schema lacks is left out. */
export function toColumns<S extends Schema>(
  rows: readonly (readonly string[])[],
  names: readonly string[],
  schema: S,
  file: string,
): ColumnsOf<S> {
  const missing = Object.keys(schema).filter((name) => !names.includes(name))
  if (missing.length > 0) {
    throw new DatasetError('format', `${file}: has no column ${missing.join(', ')}. It has: ${names.join(', ')}.`)
  }
  const columns: Record<string, Column> = {}
  for (const [name, kind] of Object.entries(schema)) {
    const at = names.indexOf(name)
    const fields = rows.map((row) => row[at] ?? '')
    columns[name] = toColumn(fields, kind, file, name)
  }
  // The loop has just made every column of the schema, each of its kind.
  return columns as ColumnsOf<S>
}

const isBlank = (field: string): boolean => field.trim() === ''

function toColumn(fields: readonly string[], kind: ColumnKind, file: string, name: string): Column {
  const where = (i: number): string => `column "${name}", row ${i + 1}`
  const refuse = (i: number, what: string): DatasetError =>
    new DatasetError('format', `${file}, ${where(i)}: "${fields[i]}" is not ${what}. The file is damaged.`)
  if (kind === 'number') {
    return Float64Array.from(fields, (field, i) => (isBlank(field) ? Number.NaN : toNumber(field, file, where(i))))
  }
  if (kind === 'text') return [...fields]
  if (kind === 'text?') return fields.map((field) => (isBlank(field) ? null : field))
  if (kind === 'boolean') {
    return fields.map((field, i) => {
      const lower = field.toLowerCase()
      if (lower !== 'true' && lower !== 'false') throw refuse(i, 'true or false')
      return lower === 'true'
    })
  }
  return fields.map((field, i) => {
    const word = isBlank(field) ? null : field
    if (!kind.includes(word)) throw refuse(i, `one of ${kind.join(', ')}`)
    return word
  })
}
