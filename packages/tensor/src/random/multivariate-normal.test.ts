import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import generatorGolden from '../../fixtures/numpy-generator.json' with { type: 'json' }
import stateGolden from '../../fixtures/numpy-random-state.json' with { type: 'json' }
import { generator, randomState } from './index.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

/** Sums of a few products: some units in the last place of numbers around 30. */
const ROUNDING = 1e-13

type Method = 'svd' | 'eigh' | 'cholesky'
const cases = [
  ...generatorGolden.multivariate.map((entry) => ({ make: generator, stream: 'generator', ...entry })),
  ...stateGolden.multivariate.map((entry) => ({ make: randomState, stream: 'randomState', ...entry })),
]

function flatMatrix(rows: readonly (readonly number[])[]): { data: Float64Array; rows: number; cols: number } {
  return { data: Float64Array.from(rows.flat()), rows: rows.length, cols: rows.length }
}

describe("gives NumPy's vectors", () => {
  test.each(cases.filter(({ method }) => method === 'cholesky'))('$stream $method', (entry) => {
    const rng = entry.make(entry.seed)
    const { data } = rng.multivariateNormal(entry.mean, entry.covariance, 6, { method: 'cholesky' })
    data.forEach((value, i) => expect(Math.abs(value - entry.values[i]!)).toBeLessThan(ROUNDING))
    expect(rng.random()).toBe(entry.next)
  })

  test.each(cases.filter(({ method }) => method !== 'cholesky'))(
    '$stream $method, up to the sign of an axis',
    (entry) => {
      const rng = entry.make(entry.seed)
      const n = entry.mean.length
      const { data } = rng.multivariateNormal(entry.mean, entry.covariance, 6, { method: entry.method as Method })
      const { vectors } = symmetricEigen(flatMatrix(entry.covariance))
      for (let axis = 0; axis < n; axis++) {
        const along = (values: ArrayLike<number>, row: number): number =>
          entry.mean.reduce((sum, mean, i) => sum + (values[row * n + i]! - mean) * vectors.data[i * n + axis]!, 0)
        const sign = Math.sign(along(data, 0) * along(entry.values, 0))
        for (let row = 0; row < 6; row++) {
          expect(Math.abs(along(data, row) - sign * along(entry.values, row))).toBeLessThan(ROUNDING)
        }
      }
      expect(rng.random()).toBe(entry.next)
    },
  )
})

test('one vector is the first row of many', () => {
  const covariance = flatMatrix([
    [2, 1],
    [1, 2],
  ])
  const one = generator(1).multivariateNormal([1, 2], covariance)
  expect(one).toEqual(generator(1).multivariateNormal([1, 2], covariance, 3).data.slice(0, 2))
})

test('a covariance of rank one keeps every vector on its line', () => {
  const { data } = generator(1).multivariateNormal(
    [0, 0],
    [
      [1, 2],
      [2, 4],
    ],
    50,
  )
  for (let row = 0; row < 50; row++) expect(data[2 * row + 1]).toBeCloseTo(2 * data[2 * row]!, 12)
})

test('eigenvectors rebuild the matrix, with values in ascending order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 1000 }), (n, seed) => {
      const a = generator(seed).normal(0, 1, n * n)
      const data = Float64Array.from(a, (_, k) => a[k]! + a[(k % n) * n + Math.floor(k / n)]!)
      const { values, vectors } = symmetricEigen({ data, rows: n, cols: n })
      expect(values).toEqual(values.toSorted())
      for (let k = 0; k < n; k++) {
        const column = Array.from({ length: n }, (_, i) => vectors.data[i * n + k]!)
        expect(Math.max(...column)).toBeGreaterThanOrEqual(-Math.min(...column))
      }
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          let sum = 0
          for (let k = 0; k < n; k++) sum += vectors.data[i * n + k]! * values[k]! * vectors.data[j * n + k]!
          expect(Math.abs(sum - data[i * n + j]!)).toBeLessThan(1e-12)
        }
      }
    }),
  )
})
