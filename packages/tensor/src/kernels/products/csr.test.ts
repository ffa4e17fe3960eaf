import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import golden from '../../../fixtures/sparse.json' with { type: 'json' }
import { arena } from '../heap/arena.ts'
import type { Arena } from '../heap/arena.ts'
import { csr, csrTimesMatrix, csrTimesVector, csrTransposedTimesVector } from './csr.ts'
import type { CsrMatrix } from './csr.ts'
import { Heap } from '../heap/heap.ts'
import { firstDifference } from '../test-arrays.ts'
import { randomNumbers, sameBits, threadsReady } from '../test-heaps.ts'

beforeAll(threadsReady)

const heap = new Heap({ threads: 1 })

interface Plain {
  readonly rows: number
  readonly cols: number
  readonly starts: readonly number[]
  readonly columns: readonly number[]
  readonly values: readonly number[]
}

function load(scratch: Arena, { rows, cols, starts, columns, values }: Plain): CsrMatrix {
  return csr({
    rows,
    cols,
    starts: scratch.copy(Int32Array.from(starts)),
    columns: scratch.copy(Int32Array.from(columns)),
    values: scratch.copy(Float64Array.from(values)),
  })
}

/** Rows of up to nine values, some without any; small whole numbers, so that every order of adding gives the same. */
function randomMatrix(rows: number, cols: number, seed: number): Plain {
  const noise = randomNumbers(seed, 20 * rows)
  const starts = [0]
  const columns: number[] = []
  const values: number[] = []
  for (let r = 0; r < rows; r++) {
    const many = cols === 0 ? 0 : Math.floor(noise[20 * r] * 10)
    for (let i = 1; i <= many; i++) {
      columns.push(Math.floor(noise[20 * r + i] * cols))
      values.push(Math.floor(noise[20 * r + 10 + i] * 19) - 9)
    }
    starts.push(columns.length)
  }
  return { rows, cols, starts, columns, values }
}

/** The definition. */
function product({ rows, starts, columns, values }: Plain, x: ArrayLike<number>, k: number): Float64Array {
  const y = new Float64Array(rows * k)
  for (let r = 0; r < rows; r++) {
    for (let p = starts[r]; p < starts[r + 1]; p++) {
      for (let j = 0; j < k; j++) y[r * k + j] += values[p] * x[columns[p] * k + j]
    }
  }
  return y
}

test('gives what SciPy gives', () => {
  const { rows, cols, k } = golden
  using scratch = arena(heap)
  const a = load(scratch, golden)
  const y = scratch.alloc('f64', rows)
  csrTimesVector(a, scratch.copy(Float64Array.from({ length: cols }, (_, i) => i - 5)), y)
  expect([...y.view]).toEqual(golden.vector)
  const z = scratch.alloc('f64', cols)
  csrTransposedTimesVector(a, scratch.copy(Float64Array.from({ length: rows }, (_, i) => i - 7)), z)
  expect([...z.view]).toEqual(golden.transposed)
  const m = scratch.alloc('f64', rows * k)
  csrTimesMatrix(a, scratch.copy(Float64Array.from({ length: cols * k }, (_, i) => (i % 13) - 6)), m, k)
  expect([...m.view]).toEqual(golden.matrix)
})

test('every size, against plain loops', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.nat(40), fc.nat(20), fc.integer(), (rows, cols, k, seed) => {
      using scratch = arena(heap)
      const plain = randomMatrix(rows, cols, seed)
      const a = load(scratch, plain)
      const x = scratch.copy(randomNumbers(seed, cols * k).map((value) => Math.floor(value * 9) - 4))
      const y = scratch.alloc('f64', rows * k)
      csrTimesMatrix(a, x, y, k)
      expect(
        firstDifference(
          y.view.map((value) => value + 0),
          product(plain, x.view, k).map((value) => value + 0),
        ),
      ).toBe(-1)
    }),
  )
})

describe.each(sameBits)('large: %s', (_, heap) => {
  test('all products', () => {
    const rows = 60000
    const plain = randomMatrix(rows, 500, 1)
    using scratch = arena(heap)
    const a = load(scratch, plain)
    const x = scratch.copy(randomNumbers(2, 500).map((value) => Math.floor(value * 9)))
    const y = scratch.alloc('f64', rows)
    csrTimesVector(a, x, y)
    expect(
      firstDifference(
        y.view,
        product(plain, x.view, 1).map((value) => value + 0),
      ),
    ).toBe(-1)
    const z = scratch.alloc('f64', 500)
    csrTransposedTimesVector(a, y, z)
    const expected = new Float64Array(500)
    for (let r = 0; r < rows; r++) {
      for (let p = plain.starts[r]; p < plain.starts[r + 1]; p++)
        expected[plain.columns[p]] += plain.values[p] * y.view[r]
    }
    expect(firstDifference(z.view, expected)).toBe(-1)
    scratch.free()
    expect(heap.bytesInUse).toBe(0)
  })
})

test('aᵀ·x has the same bits at every thread count where rounding shows', () => {
  const results = sameBits.map(([, heap]) => {
    using scratch = arena(heap)
    const a = load(scratch, randomMatrix(60000, 300, 4))
    const z = scratch.alloc('f64', 300)
    csrTransposedTimesVector(a, scratch.copy(randomNumbers(5, 60000)), z)
    return [...z.view]
  })
  for (const result of results) expect(firstDifference(result, results[0])).toBe(-1)
})

test('refuses parts that do not fit together', () => {
  using scratch = arena(heap)
  const good: Plain = { rows: 2, cols: 3, starts: [0, 1, 3], columns: [2, 0, 1], values: [1, 2, 3] }
  expect(load(scratch, good).rows).toBe(2)
  expect(() => load(scratch, { ...good, starts: [1, 1, 3] })).toThrow('csr: starts[0] is 1, but rows start at 0.')
  expect(() => load(scratch, { ...good, starts: [0, 3, 2] })).toThrow('csr: row 1 starts at 3 and ends at 2.')
  expect(() => load(scratch, { ...good, starts: [0, 1, 4] })).toThrow('columns holds 3 values, but the work needs 4')
  expect(() => load(scratch, { ...good, columns: [2, 0, 3] })).toThrow('csr: columns[2] is 3, but must be from 0 to 2.')
  expect(() => load(scratch, { ...good, columns: [2, -1, 0] })).toThrow('csr: columns[1] is -1')
  expect(() => csrTimesVector(load(scratch, good), scratch.zeros('f64', 2), scratch.zeros('f64', 2))).toThrow(
    'csrTimesVector: x holds 2 values, but the work needs 3.',
  )
})
