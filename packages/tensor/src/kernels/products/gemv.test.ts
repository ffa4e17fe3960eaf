import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import golden from '../../../fixtures/gemm.json' with { type: 'json' }
import { arena } from '../heap/arena.ts'
import { gemv } from './gemv.ts'
import { Heap } from '../heap/heap.ts'
import type { FloatDType } from './stored-matrix.ts'
import { sameBits, threadsReady } from '../test-heaps.ts'
import { allowed, defined, random, whole } from './test-products.ts'

beforeAll(threadsReady)
afterAll(async () => {
  await Promise.all(sameBits.map(([, heap]) => heap.close()))
})

const heap = new Heap({ threads: 1 })
const builds: [string, Heap][] = [
  ['deterministic', heap],
  ['relaxed', new Heap({ threads: 1, relaxed: true })],
]
const dtypes: FloatDType[] = ['f32', 'f64']

describe.each(builds)('the %s build', (_, heap) => {
  describe.each(dtypes)('%s', (dtype) => {
    test.each(golden.vectors)("whole numbers give NumPy's values: $m×$n, $trans", ({ m, n, trans, y: expected }) => {
      using scratch = arena(heap)
      const y = scratch.alloc(dtype, expected.length)
      y.view.fill(NaN)
      gemv({ a: whole(scratch, dtype, m * n, 7), x: whole(scratch, dtype, trans ? m : n, 5), y, m, n, trans })
      expect([...y.view]).toEqual(expected)
    })

    test('any shape, step and factors, to the last rounding', () => {
      const size = fc.oneof(fc.nat(12), fc.nat(70), fc.constantFrom(511, 513, 1025, 1100))
      const shape = fc.tuple(size, size, fc.nat(2))
      const factors = fc.tuple(fc.constantFrom(1, -0.75, 0), fc.constantFrom(0, 1, -0.5))
      const rounds = fc.property(shape, fc.boolean(), factors, fc.nat(), ([m, n, gap], trans, [alpha, beta], seed) => {
        using scratch = arena(heap)
        const lda = n + gap
        const a = random(scratch, dtype, m * lda, seed)
        const [from, to] = trans ? [m, n] : [n, m]
        const x = random(scratch, dtype, from, seed + 1)
        const y = random(scratch, dtype, to, seed + 2)
        const before = y.view.slice()
        gemv({ a, x, y, m, n, trans, alpha, beta, lda })
        const [matrix, vector] = [a.view, x.view]
        for (let i = 0; i < to; i++) {
          const { value, magnitude } = defined(
            { k: from, alpha, beta },
            (p) => matrix[trans ? p * lda + i : i * lda + p]!,
            (p) => vector[p]!,
            before[i]!,
          )
          expect(Math.abs(y.view[i]! - value)).toBeLessThanOrEqual(allowed(dtype, from, magnitude))
        }
      })
      fc.assert(rounds, { numRuns: 60 })
      expect(heap.bytesInUse).toBe(0)
    })
  })
})

describe.each(dtypes)('%s', (dtype) => {
  test.each([
    [1201, 1100, false],
    [1100, 1201, true],
    [20000, 50, true],
    [7, 30001, true],
  ])('the same bits at every thread count and on every memory: %i×%i, %s', (m, n, trans) => {
    const results = sameBits.map(([, heap]) => {
      using scratch = arena(heap)
      const y = scratch.alloc(dtype, trans ? n : m)
      const x = random(scratch, dtype, trans ? m : n, 2)
      gemv({ a: random(scratch, dtype, m * n, 1), x, y, m, n, trans })
      return y.view.slice()
    })
    for (const result of results.slice(1)) expect(result).toEqual(results[0])
  })

  test.each([false, true])('NaN and infinities spread as the definition says, transposed: %s', (trans) => {
    using scratch = arena(heap)
    const [m, n] = [6, 6]
    const a = whole(scratch, dtype, m * n, 7)
    const x = whole(scratch, dtype, n, 5)
    a.view[1] = NaN
    a.view[15] = Infinity
    x.view[3] = 0
    x.view[5] = -Infinity
    const y = scratch.alloc(dtype, m)
    gemv({ a, x, y, m, n, trans })
    const at = (i: number, p: number): number => a.view[trans ? p * n + i : i * n + p]!
    const exact = Array.from({ length: m }, (_, i) =>
      Array.from({ length: n }, (_, p) => at(i, p) * x.view[p]!).reduce((sum, product) => sum + product, 0),
    )
    expect([...y.view]).toEqual(exact)
  })
})

test('refuses what does not fit together', () => {
  using scratch = arena(heap)
  const a = scratch.zeros('f64', 12)
  const x = scratch.zeros('f64', 4)
  const y = scratch.zeros('f64', 3)
  expect(() => gemv({ a, x, y, m: 3, n: 1.5 })).toThrow('gemv: n must be a whole number, 0 or more, got 1.5.')
  expect(() => gemv({ a, x, y, m: 4, n: 3 })).toThrow('gemv: y holds 3 values, but the work needs 4.')
  expect(() => gemv({ a, x, y, m: 3, n: 4, lda: 3 })).toThrow('gemv: lda is 3, but a row of a holds 4 values.')
  expect(() => gemv({ a, x, y: a.at(9), m: 3, n: 4 })).toThrow('gemv: y lies over a.')
  expect(() => gemv({ a, x: y, y, m: 3, n: 3 })).toThrow('gemv: y lies over x.')
  // @ts-expect-error -- the types refuse it too
  expect(() => gemv({ a, x: scratch.zeros('f32', 4), y, m: 3, n: 4 })).toThrow('a holds f64 and x holds f32')
})
