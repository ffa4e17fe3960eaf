import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import golden from '../../../fixtures/vector.json' with { type: 'json' }
import { arena } from '../heap/arena.ts'
import { Heap } from '../heap/heap.ts'
import { ownMemory } from '../heap/memory.ts'
import { axpy, dot, nrm2, scal } from './vector.ts'

const threaded = new Heap({ threads: 3 })
await threaded.ready()
afterAll(() => threaded.close())
const unshared = new Heap({ source: ownMemory({ shared: false }) })
const relaxed = new Heap({ threads: 1, relaxed: true })
const heaps: [string, Heap][] = [
  ['three threads', threaded],
  ['unshared memory', unshared],
  ['relaxed SIMD', relaxed],
]

/** Whole numbers by a formula that the golden script has too; sums of products stay exact in f64. */
const whole = (n: number, step: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => ((i * step) % 201) - 100)

describe.each(heaps)('with %s', (_, heap) => {
  test.each(golden.whole)("whole numbers give NumPy's exact values, n = $n", ({ n, dot: expected, axpy: sums }) => {
    using scratch = arena(heap)
    const x = scratch.copy(whole(n, 7))
    const y = scratch.copy(whole(n, 13))
    expect(dot(x, y)).toBe(expected)
    axpy(3, x, y)
    expect(y.view.reduce((sum, value, i) => sum + value * ((i % 5) + 1), 0)).toBe(sums)
  })

  test.each(golden.norms)("the norm of $name is NumPy's", ({ values, norm }) => {
    using scratch = arena(heap)
    const exact = nrm2(scratch.copy(Float64Array.from(values, Number)))
    // Two roundings of the root and the scale, and half a digit for each of the few sums.
    expect(Math.abs(exact - Number(norm))).toBeLessThanOrEqual(4 * Number.EPSILON * Number(norm))
  })

  test('axpy and scal do to each value what JavaScript does', () => {
    // Multiples of 1/8 make products and sums exact, so that a fused multiply-add gives the same bits.
    const eighths = fc.array(
      fc.integer({ min: -8000, max: 8000 }).map((value) => value / 8),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(eighths, fc.integer({ min: -99, max: 99 }), (values, alpha) => {
        using scratch = arena(heap)
        const x = scratch.copy(Float64Array.from(values))
        const y = scratch.copy(Float64Array.from(values, (value) => value * value))
        axpy(alpha, x, y)
        scal(alpha, x)
        expect([...y.view]).toEqual(values.map((value) => alpha * value + value * value))
        expect([...x.view]).toEqual(values.map((value) => alpha * value))
      }),
    )
    expect(heap.bytesInUse).toBe(0)
  })
})

test('the dot product has the same bits at every thread count and in unshared memory', () => {
  const x = Float64Array.from({ length: 300_007 }, (_, i) => 1 / (i + 1))
  const results = [1, 2, 3].map((threads) => {
    threaded.threads = threads
    using scratch = arena(threaded)
    return dot(scratch.copy(x), scratch.copy(x))
  })
  using scratch = arena(unshared)
  results.push(dot(scratch.copy(x), scratch.copy(x)))
  expect(new Set(results).size).toBe(1)
})

test('the dot product stays within its error bound', () => {
  const anyDouble = fc.double({ min: -1e100, max: 1e100, noNaN: true })
  fc.assert(
    fc.property(fc.array(fc.tuple(anyDouble, anyDouble), { maxLength: 200 }), (pairs) => {
      using scratch = arena(threaded)
      const x = scratch.copy(Float64Array.from(pairs, ([a]) => a))
      const y = scratch.copy(Float64Array.from(pairs, ([, b]) => b))
      const naive = pairs.reduce((sum, [a, b]) => sum + a * b, 0)
      const size = pairs.reduce((sum, [a, b]) => sum + Math.abs(a * b), 0)
      // Both this and the naive sum are within n·ε/2 of the exact value, times the sum of sizes.
      expect(Math.abs(dot(x, y) - naive)).toBeLessThanOrEqual(pairs.length * Number.EPSILON * size)
    }),
  )
})

test('NaN and infinities come through', () => {
  using scratch = arena(threaded)
  const x = scratch.copy(Float64Array.of(1, NaN, 3))
  const y = scratch.copy(Float64Array.of(1, 2, Infinity))
  expect(dot(x, y)).toBeNaN()
  expect(nrm2(x)).toBeNaN()
  expect(nrm2(y)).toBe(Infinity)
  expect(dot(y, y)).toBe(Infinity)
})

describe('bad input', () => {
  test('lengths that differ', () => {
    using scratch = arena(threaded)
    const x = scratch.zeros('f64', 3)
    const y = scratch.zeros('f64', 2)
    expect(() => dot(x, y)).toThrow('dot: x has 3 values and y has 2. They must have the same length.')
    expect(() => axpy(1, x, y)).toThrow('axpy: x has 3 values and y has 2')
  })

  test('an operand whose arena was freed', () => {
    using scratch = arena(threaded)
    const x = scratch.zeros('f64', 3)
    const gone = arena(threaded)
    const y = gone.zeros('f64', 3)
    gone.free()
    expect(() => dot(x, y)).toThrow('dot: the arena of y was freed')
  })

  test('operands in different memories', () => {
    using here = arena(threaded)
    using there = arena(unshared)
    expect(() => dot(here.zeros('f64', 3), there.zeros('f64', 3))).toThrow('dot: x and y are in different heaps')
  })
})
