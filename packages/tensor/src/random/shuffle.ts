import type { BitSource } from './bit-source.ts'
import { interval } from './interval.ts'

/** An array that can be written to: what `shuffle` takes. */
export interface Shufflable<T> {
  readonly length: number
  [index: number]: T
}

/** Fisher and Yates from the end, as NumPy's `shuffle`, in place. */
export function shuffleInPlace<T>(source: BitSource, values: Shufflable<T>): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = interval(source, i)
    const held = values[j]!
    values[j] = values[i]!
    values[i] = held
  }
}

/** The same for the rows of a row-major matrix. */
export function shuffleRowsInPlace(source: BitSource, data: Float64Array, rows: number, columns: number): void {
  const held = new Float64Array(columns)
  for (let i = rows - 1; i > 0; i--) {
    const j = interval(source, i)
    if (i === j) continue
    held.set(data.subarray(j * columns, (j + 1) * columns))
    data.copyWithin(j * columns, i * columns, (i + 1) * columns)
    data.set(held, i * columns)
  }
}

/** 0, 1, …, n - 1. */
export function range(n: number): Int32Array {
  const values = new Int32Array(n)
  for (let i = 0; i < n; i++) values[i] = i
  return values
}
