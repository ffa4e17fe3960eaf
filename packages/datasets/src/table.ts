/** Numbers (NaN where one is missing), texts (null where one is missing) or truth values. */
export type Column = Float64Array | readonly (string | null)[] | readonly boolean[]

/** Named columns of equal length. `columns` alone is plain data; `column` makes the table usable as a model's `x`. */
export interface Table<Columns extends { readonly [name: string]: Column }> {
  readonly rows: number
  readonly columnNames: readonly (keyof Columns & string)[]
  readonly columns: Columns
  column<Name extends keyof Columns & string>(name: Name): Columns[Name]
}

/**
 * What a column holds: numbers, text, text that may be missing, truth values, or one of a few words
 * (with null among them where one may be missing).
 */
export type ColumnKind = 'number' | 'text' | 'text?' | 'boolean' | readonly (string | null)[]

/** Column names and what each holds, in the file's order. */
export type Schema = { readonly [name: string]: ColumnKind }

/** The columns that a schema describes. */
export type ColumnsOf<S extends Schema> = {
  readonly [Name in keyof S]: S[Name] extends 'number'
    ? Float64Array
    : S[Name] extends 'text'
      ? readonly string[]
      : S[Name] extends 'text?'
        ? readonly (string | null)[]
        : S[Name] extends 'boolean'
          ? readonly boolean[]
          : S[Name] extends readonly (infer Word extends string | null)[]
            ? readonly Word[]
            : never
}

/** A table of these columns, which must have equal lengths. */
export function tableOf<Columns extends { readonly [name: string]: Column }>(columns: Columns): Table<Columns> {
  const columnNames = Object.keys(columns)
  const first = columnNames[0]
  return {
    rows: first === undefined ? 0 : (columns[first]?.length ?? 0),
    columnNames,
    columns,
    column(name) {
      if (Object.hasOwn(columns, name)) return columns[name]
      throw new Error(`column: there is no column "${name}". There are: ${columnNames.join(', ')}.`)
    },
  }
}
