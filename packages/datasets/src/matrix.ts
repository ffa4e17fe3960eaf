/** A dense matrix, row after row. */
export interface Matrix {
  readonly data: Float64Array
  readonly rows: number
  readonly cols: number
}
