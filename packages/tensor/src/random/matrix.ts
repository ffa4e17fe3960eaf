/** A table of numbers, row by row: plain data that survives `structuredClone` and JSON (as numbers). */
export interface Matrix {
  readonly data: Float64Array
  readonly rows: number
  readonly cols: number
}
