import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { arena } from '../heap/arena.ts'
import { gemm } from './gemm.ts'
import type { GemmOptions } from './gemm.ts'
import { Heap } from '../heap/heap.ts'
import type { FloatDType } from './stored-matrix.ts'
import { sameBits, threadsReady } from '../test-heaps.ts'
import { defined, random, whole } from './test-products.ts'

beforeAll(threadsReady)
afterAll(async () => {
  await Promise.all(sameBits.map(([, heap]) => heap.close()))
})

const heap = new Heap({ threads: 1 })
const dtypes: FloatDType[] = ['f32', 'f64']

/** One of each way to compute, as large as it takes to share it out. */
const shared: [string, Omit<GemmOptions<'f32'>, 'a' | 'b' | 'c'>][] = [
  ['blocks', { m: 123, n: 600, k: 300 }],
  ['blocks, both transposed', { m: 200, n: 190, k: 530, transA: true, transB: true }],
  ['items', { m: 33, n: 50, k: 31, batch: 40, transB: true }],
  ['a few rows', { m: 9, n: 2001, k: 301 }],
  ['a long sum', { m: 20, n: 30, k: 20000, transA: true }],
  ['a few columns', { m: 5003, n: 2, k: 150, transB: true }],
  ['one row', { m: 1, n: 1200, k: 1100 }],
  ['one column', { m: 1200, n: 1, k: 1100 }],
]

describe.each(dtypes)('the same bits at every thread count and on every memory, %s', (dtype) => {
  test.each(shared)('%s', (_, options) => {
    const { m, n, k, batch = 1 } = options
    const results = sameBits.map(([, heap]) => {
      using scratch = arena(heap)
      const c = scratch.alloc(dtype, batch * m * n)
      gemm({ ...options, a: random(scratch, dtype, batch * m * k, 1), b: random(scratch, dtype, batch * k * n, 2), c })
      return c.view.slice()
    })
    for (const result of results.slice(1)) expect(result).toEqual(results[0])
  })
})

describe.each(dtypes)('%s', (dtype) => {
  test.each([
    [false, false],
    [true, true],
  ])("a product of 1024×1024 matrices passes Freivalds' check, transposed: %s, %s", (transA, transB) => {
    const n = 1024
    using scratch = arena(heap)
    // Whole numbers: all sums are exact, so c · r = a · (b · r) must hold to the bit.
    const a = whole(scratch, dtype, n * n, 7)
    const b = whole(scratch, dtype, n * n, 5)
    const c = scratch.alloc(dtype, n * n)
    gemm({ a, b, c, m: n, n, k: n, transA, transB })
    const times = (x: ArrayLike<number>, r: number[], transposed: boolean): number[] =>
      r.map((_, i) => r.reduce((sum, value, j) => sum + value * x[transposed ? j * n + i : i * n + j]!, 0))
    const r = Array.from({ length: n }, (_, i) => ((i * i * 31) % 7) - 3)
    expect(times(c.view, r, false)).toEqual(times(a.view, times(b.view, r, transB), transA))
  })

  test.each([
    ['items', 6, 10, 9],
    ['blocks', 60, 100, 120],
    ['a long sum', 4, 5, 5000],
    ['a few columns', 300, 2, 140],
    ['a few rows', 7, 301, 11],
    ['a row', 1, 40, 30],
    ['a column', 40, 1, 30],
  ])('NaN and infinities spread as the definition says: %s', (_, m, n, k) => {
    using scratch = arena(heap)
    const a = whole(scratch, dtype, m * k, 7)
    const b = whole(scratch, dtype, k * n, 5)
    const c = scratch.alloc(dtype, m * n)
    a.view[k - 1] = NaN
    if (m > 1) a.view[2 * k - 2] = Infinity
    b.view[(k - 1) * n] = -Infinity
    b.view.fill(0, n, 2 * n)
    gemm({ a, b, c, m, n, k })
    const [x, y] = [a.view, b.view]
    const exact = Array.from({ length: m * n }, (_, at) => {
      const [i, j] = [Math.floor(at / n), at % n]
      return defined(
        { k, alpha: 1, beta: 0 },
        (p) => x[i * k + p]!,
        (p) => y[p * n + j]!,
        0,
      ).value
    })
    expect([...c.view]).toEqual(exact)
  })

  test.each([
    ['a few columns', 300, 2, 140],
    ['a few rows', 7, 301, 11],
  ])('alpha, beta and rows that lie apart: %s', (_, m, n, k) => {
    using scratch = arena(heap)
    const a = whole(scratch, dtype, m * (k + 1), 7)
    const b = whole(scratch, dtype, k * (n + 2), 5)
    const c = whole(scratch, dtype, m * (n + 3), 9)
    const before = c.view.slice()
    gemm({ a, b, c, m, n, k, alpha: 2, beta: 3, lda: k + 1, ldb: n + 2, ldc: n + 3 })
    const [x, y] = [a.view, b.view]
    const exact = Array.from(before, (old, at) => {
      const [i, j] = [Math.floor(at / (n + 3)), at % (n + 3)]
      if (j >= n) return old
      return defined(
        { k, alpha: 2, beta: 3 },
        (p) => x[i * (k + 1) + p]!,
        (p) => y[p * (n + 2) + j]!,
        old,
      ).value
    })
    expect([...c.view]).toEqual(exact)
  })

  test.each([
    [3, 5, 4],
    [1, 40, 30],
    [40, 1, 30],
    [300, 2, 140],
    [7, 301, 11],
    [60, 100, 120],
    [4, 5, 5000],
  ])('beta = 0 reads no c, alpha = 0 no a and b: %i×%i×%i', (m, n, k) => {
    using scratch = arena(heap)
    const c = scratch.alloc(dtype, m * n)
    c.view.fill(NaN)
    const [a, b] = [whole(scratch, dtype, m * k, 7), whole(scratch, dtype, k * n, 5)]
    gemm({ a, b, c, m, n, k })
    expect(c.view.every(Number.isInteger)).toBe(true)
    const kept = c.view.slice()
    a.view.fill(NaN)
    gemm({ a, b, c, m, n, k, alpha: 0, beta: 2 })
    expect(c.view).toEqual(kept.map((value) => 2 * value))
    gemm({ a, b, c, m, n, k, alpha: 0 })
    expect(c.view).toEqual(kept.fill(0))
  })

  test.each([
    [1, 30, 3],
    [30, 1, 3],
    [7, 9, 5],
    [60, 100, 120],
  ])('a bias is added to every row: %i×%i×%i', (m, n, k) => {
    using scratch = arena(heap)
    const operands = { a: whole(scratch, dtype, m * k, 7), b: whole(scratch, dtype, k * n, 5), m, n, k, alpha: 2 }
    const bias = whole(scratch, dtype, n, 3)
    const [plain, biased] = [scratch.alloc(dtype, m * n), scratch.alloc(dtype, m * n)]
    biased.view.fill(NaN)
    gemm({ ...operands, c: plain })
    gemm({ ...operands, c: biased, bias })
    expect(biased.view).toEqual(plain.view.map((value, i) => value + bias.view[i % n]!))
  })
})
