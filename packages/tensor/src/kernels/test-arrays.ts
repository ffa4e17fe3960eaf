import type { DType, DTypeViews } from './heap/dtype.ts'
import { sizeOf, stepsOf } from './movement/layout.ts'

/** One dtype of every size, and the floats. For tests. */
export const dtypes: readonly ['f64', 'f32', 'i32', 'u16', 'u8'] = ['f64', 'f32', 'i32', 'u16', 'u8']

/** 1, 2, 3, …: distinct values where the type allows. For tests. */
export function counted(dtype: (typeof dtypes)[number], length: number): DTypeViews[DType] {
  const values = Array.from({ length }, (_, i) => i + 1)
  switch (dtype) {
    case 'f64':
      return Float64Array.from(values)
    case 'f32':
      return Float32Array.from(values)
    case 'i32':
      return Int32Array.from(values)
    case 'u16':
      return Uint16Array.from(values)
    case 'u8':
      return Uint8Array.from(values)
  }
}

/** All index tuples of a shape, in row-major order. For tests. */
export function* indices(shape: readonly number[]): Generator<number[]> {
  const n = sizeOf(shape)
  const steps = stepsOf(shape)
  for (let i = 0; i < n; i++) yield shape.map((size, axis) => Math.floor(i / steps[axis]) % size)
}

/** Where an index tuple stands. For tests. */
export function at(index: readonly number[], steps: readonly number[]): number {
  return index.reduce((sum, value, axis) => sum + value * steps[axis], 0)
}

/**
 * Where two arrays first differ (NaN is NaN, -0 is not 0), or -1: a failed `toEqual` of long arrays takes minutes to
 * print. For tests.
 */
export function firstDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  const shorter = Math.min(actual.length, expected.length)
  for (let i = 0; i < shorter; i++) if (!Object.is(actual[i], expected[i])) return i
  return actual.length === expected.length ? -1 : shorter
}
