import type { Matrix } from '@lab/tensor/random'
import { at } from './stream.ts'

// Generated sets are small: three obvious loops are enough, and this package needs no linear algebra of its own.

/** a · b. */
export function product(a: Matrix, b: Matrix): Matrix {
  const data = new Float64Array(a.rows * b.cols)
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.cols; k++) {
      const left = at(a.data, i * a.cols + k)
      for (let j = 0; j < b.cols; j++) {
        data[i * b.cols + j] = at(data, i * b.cols + j) + left * at(b.data, k * b.cols + j)
      }
    }
  }
  return { data, rows: a.rows, cols: b.cols }
}

/** Rows in another order. */
export function takeRows({ data, cols }: Matrix, order: ArrayLike<number>): Matrix {
  const taken = new Float64Array(order.length * cols)
  for (let i = 0; i < order.length; i++) {
    const from = at(order, i) * cols
    taken.set(data.subarray(from, from + cols), i * cols)
  }
  return { data: taken, rows: order.length, cols }
}

/** Columns in another order. */
export function takeColumns({ data, rows, cols }: Matrix, order: ArrayLike<number>): Matrix {
  const taken = new Float64Array(rows * order.length)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < order.length; j++) taken[i * order.length + j] = at(data, i * cols + at(order, j))
  }
  return { data: taken, rows, cols: order.length }
}

/** Writes a block into a wider matrix, its first column at `from`. */
export function putColumns(into: Matrix, block: Matrix, from: number): void {
  for (let i = 0; i < block.rows; i++) {
    into.data.set(block.data.subarray(i * block.cols, (i + 1) * block.cols), i * into.cols + from)
  }
}

/** A matrix out of columns of equal length. */
export function fromColumns(...columns: readonly Float64Array[]): Matrix {
  const [rows, cols] = [columns[0]?.length ?? 0, columns.length]
  const data = new Float64Array(rows * cols)
  columns.forEach((column, j) => {
    column.forEach((value, i) => {
      data[i * cols + j] = value
    })
  })
  return { data, rows, cols }
}
