import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import golden from '../../../fixtures/gemm.json' with { type: 'json' }
import { arena } from '../heap/arena.ts'
import { Heap } from '../heap/heap.ts'
import type { FloatDType } from './stored-matrix.ts'
import { syrk } from './syrk.ts'
import { sameBits, threadsReady } from '../test-heaps.ts'
import { allowed, defined, random, sumsOf, whole } from './test-products.ts'

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
const triangles = ['full', 'lower', 'upper'] as const

const inside = (triangle: (typeof triangles)[number], i: number, j: number): boolean =>
  triangle === 'full' || (triangle === 'lower' ? j <= i : j >= i)

describe.each(builds)('the %s build', (_, heap) => {
  describe.each(dtypes)('%s', (dtype) => {
    test.each(golden.grams)("whole numbers give NumPy's values: n = $n, k = $k, $trans", (gram) => {
      using scratch = arena(heap)
      const { n, k, trans } = gram
      const c = scratch.alloc(dtype, n * n)
      c.view.fill(NaN)
      syrk({ a: whole(scratch, dtype, n * k, 7), c, n, k, trans })
      if (gram.c) expect([...c.view]).toEqual(gram.c)
      else expect(sumsOf(c.view, n, n)).toEqual({ rowSums: gram.rowSums, columnSums: gram.columnSums })
    })

    test('any shape, triangle, step and factors, to the last rounding', () => {
      const size = fc.nat(60)
      const shape = fc.oneof(
        fc.tuple(size, size),
        fc.tuple(fc.integer({ min: 250, max: 280 }), fc.integer({ min: 20, max: 40 })),
        fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 4090, max: 4200 })),
      )
      const gaps = fc.tuple(fc.nat(2), fc.nat(2))
      const factors = fc.tuple(fc.constantFrom(1, -0.75, 0), fc.constantFrom(0, 1, -0.5))
      const how = fc.record({ trans: fc.boolean(), triangle: fc.constantFrom(...triangles) })
      const rounds = fc.property(shape, gaps, factors, how, fc.nat(), ([n, k], gap, [alpha, beta], how, seed) => {
        using scratch = arena(heap)
        const { trans, triangle } = how
        const lda = (trans ? n : k) + gap[0]
        const ldc = n + gap[1]
        const a = random(scratch, dtype, (trans ? k : n) * lda, seed)
        const c = random(scratch, dtype, n * ldc, seed + 1)
        const before = c.view.slice()
        syrk({ a, c, n, k, ...how, alpha, beta, lda, ldc })
        const [x, result] = [a.view, c.view]
        const at = (i: number, p: number): number => x[trans ? p * lda + i : i * lda + p]!
        const expected = before.slice()
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            if (!inside(triangle, i, j)) continue
            const there = i * ldc + j
            // A full result is the lower triangle and its mirror image.
            const kept = before[triangle === 'full' && j > i ? j * ldc + i : there]!
            const { value, magnitude } = defined(
              { k, alpha, beta },
              (p) => at(i, p),
              (p) => at(j, p),
              kept,
            )
            expected[there] = value
            if (Math.abs(result[there]! - value) <= allowed(dtype, k, magnitude)) expected[there] = result[there]!
            if (triangle === 'full') expect(result[there]).toBe(result[j * ldc + i])
          }
        }
        // What is right to the last rounding was taken over, so any difference is an error, outside the triangle as well.
        expect(result).toEqual(expected)
      })
      fc.assert(rounds, { numRuns: 60 })
      expect(heap.bytesInUse).toBe(0)
    })
  })
})

describe.each(dtypes)('the same bits at every thread count and on every memory, %s', (dtype) => {
  test.each([
    [300, 200, false],
    [300, 300, true],
    [50, 20000, true],
  ])('n = %i, k = %i, transposed: %s', (n, k, trans) => {
    const results = sameBits.map(([, heap]) => {
      using scratch = arena(heap)
      const c = scratch.alloc(dtype, n * n)
      syrk({ a: random(scratch, dtype, n * k, 1), c, n, k, trans })
      return c.view.slice()
    })
    for (const result of results.slice(1)) expect(result).toEqual(results[0])
  })
})

test('a NaN reaches its own row and column only', () => {
  using scratch = arena(heap)
  const [n, k] = [20, 15]
  const a = whole(scratch, 'f64', n * k, 7)
  a.view[5 * k + 3] = NaN
  const c = scratch.alloc('f64', n * n)
  syrk({ a, c, n, k })
  c.view.forEach((value, at) => expect(Number.isNaN(value)).toBe(Math.floor(at / n) === 5 || at % n === 5))
})

test('refuses what does not fit together', () => {
  using scratch = arena(heap)
  const a = scratch.zeros('f64', 12)
  const c = scratch.zeros('f64', 9)
  expect(() => syrk({ a, c, n: 3, k: -1 })).toThrow('syrk: k must be a whole number, 0 or more, got -1.')
  expect(() => syrk({ a, c, n: 4, k: 3 })).toThrow('syrk: c holds 9 values, but the work needs 16.')
  expect(() => syrk({ a, c, n: 3, k: 5 })).toThrow('syrk: a holds 12 values, but the work needs 15.')
  expect(() => syrk({ a, c, n: 3, k: 4, ldc: 2 })).toThrow('syrk: ldc is 2, but a row of c holds 3 values.')
  expect(() => syrk({ a, c: a.at(3), n: 3, k: 4 })).toThrow('syrk: c lies over a.')
  // @ts-expect-error -- the types refuse it too
  expect(() => syrk({ a, c: scratch.zeros('f32', 9), n: 3, k: 4 })).toThrow('a holds f64 and c holds f32')
})
