import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import golden from '../../../fixtures/reduce.json' with { type: 'json' }
import { arena } from '../heap/arena.ts'
import { cumsum } from './cumsum.ts'
import { argmax, argmin, max, min } from './extremes.ts'
import { Heap } from '../heap/heap.ts'
import { mean, prod, sum, sumOfSquares } from './sum.ts'
import { firstDifference } from '../test-arrays.ts'
import { randomNumbers, sameBits, someSize, threadsReady } from '../test-heaps.ts'

beforeAll(threadsReady)

const heap = new Heap({ threads: 1 })

const dtypeOfNumpy = { float64: 'f64', float32: 'f32', int32: 'i32' } as const

describe('gives what NumPy gives', () => {
  test.each(golden.cases)('$dtype $shape', ({ dtype, shape: [outer, size, inner], ...expected }) => {
    const kind = dtypeOfNumpy[dtype as keyof typeof dtypeOfNumpy]
    using scratch = arena(heap)
    const x = scratch.alloc(kind, outer * size * inner)
    const divisor = kind === 'i32' ? 1 : 4
    x.view.set(Array.from({ length: x.length }, (_, i) => (((i * 7919) % 1009) - 504) / divisor))
    const axis = { outer, size, inner }
    const n = outer * inner
    for (const [fold, values] of [
      [sum, expected.sum],
      [mean, expected.mean],
      [sumOfSquares, expected.sumOfSquares],
    ] as const) {
      const out = scratch.alloc('f64', n)
      fold(x, out, axis)
      expect([...out.view]).toEqual(values)
    }
    for (const [extreme, values] of [
      [max, expected.max],
      [min, expected.min],
    ] as const) {
      const out = scratch.alloc(kind, n)
      extreme(x, out, axis)
      expect([...out.view]).toEqual(values)
    }
    for (const [where, values] of [
      [argmax, expected.argmax],
      [argmin, expected.argmin],
    ] as const) {
      const out = scratch.alloc('i32', n)
      where(x, out, axis)
      expect([...out.view]).toEqual(values)
    }
  })

  test.each(['f64', 'f32'] as const)('NaN, infinities and zeros of both signs: %s', (dtype) => {
    const { special } = golden
    const [rows, cols] = special.shape
    using scratch = arena(heap)
    const x = scratch.alloc(dtype, rows * cols)
    x.view.set(special.x.map(Number))
    for (const [axis, options] of [{ outer: 1, inner: cols }, { outer: rows }].entries()) {
      const n = axis === 0 ? cols : rows
      for (const [name, reduce] of Object.entries({ max, min, sum, prod })) {
        const out = scratch.alloc(dtype, n)
        reduce(x, out, options)
        expect([...out.view].map((value) => value + 0)).toEqual(
          special[`${name}${axis}` as 'max0'].map((value) => Number(value) + 0),
        )
      }
      for (const [name, where] of Object.entries({ argmax, argmin })) {
        const out = scratch.alloc('i32', n)
        where(x, out, options)
        expect([...out.view]).toEqual(special[`${name}${axis}` as 'max0'].map(Number))
      }
    }
  })
})

const shapes = fc.tuple(fc.integer({ min: 1, max: 4 }), someSize, someSize)

test.each(['f64', 'f32', 'i32'] as const)('every shape of %s, against plain loops', (dtype) => {
  fc.assert(
    fc.property(shapes, fc.integer(), ([outer, size, inner], seed) => {
      using scratch = arena(heap)
      const x = scratch.alloc(dtype, outer * size * inner)
      // Few different values make equals; small ones make every sum and product exact.
      x.view.set(randomNumbers(seed, x.length).map((value) => Math.floor(value * 5) - 2))
      const n = outer * inner
      const axis = { outer, size, inner }
      const results = { sum, mean, sumOfSquares, prod }
      for (const [name, fold] of Object.entries(results)) {
        const out = scratch.alloc('f64', n)
        fold(x, out, axis)
        const of = (values: number[]): number => {
          if (name === 'prod') return values.reduce((product, value) => product * value, 1) + 0
          const total = values.reduce((s, value) => s + (name === 'sumOfSquares' ? value * value : value), 0)
          return name === 'mean' ? total / size : total
        }
        expect([...out.view].map((value) => value + 0)).toEqual(columns([...x.view], axis).map(of))
      }
      if (size === 0) return
      const largest = scratch.alloc(dtype, n)
      max(x, largest, axis)
      expect([...largest.view]).toEqual(columns([...x.view], axis).map((values) => Math.max(...values)))
      const smallest = scratch.alloc(dtype, n)
      min(x, smallest, axis)
      expect([...smallest.view]).toEqual(columns([...x.view], axis).map((values) => Math.min(...values)))
      const place = scratch.alloc('i32', n)
      argmax(x, place, axis)
      expect([...place.view]).toEqual(columns([...x.view], axis).map((values) => values.indexOf(Math.max(...values))))
      argmin(x, place, axis)
      expect([...place.view]).toEqual(columns([...x.view], axis).map((values) => values.indexOf(Math.min(...values))))
    }),
  )
})

/** The values that each result is made of. */
function columns(x: number[], { outer, size, inner }: { outer: number; size: number; inner: number }): number[][] {
  return Array.from({ length: outer * inner }, (_, i) => {
    const start = Math.floor(i / inner) * size * inner + (i % inner)
    return Array.from({ length: size }, (_, r) => x[start + r * inner])
  })
}

describe('long axes', () => {
  const long = [
    { outer: 1, size: 100003, inner: 1 },
    { outer: 3, size: 40001, inner: 1 },
    { outer: 2, size: 5003, inner: 7 },
    { outer: 1, size: 300, inner: 1030 },
  ]

  test('the same bits at every thread count, on shared memory and not', () => {
    const results = sameBits.map(([, heap]) => {
      const bits: number[][] = []
      for (const axis of long) {
        for (const dtype of ['f64', 'f32'] as const) {
          using scratch = arena(heap)
          const x = scratch.alloc(dtype, axis.outer * axis.size * axis.inner)
          x.view.set(randomNumbers(4, x.length).map((value) => value + 0.5))
          const out = scratch.alloc('f64', axis.outer * axis.inner)
          for (const fold of [sum, mean, sumOfSquares, prod]) {
            fold(x, out, axis)
            bits.push([...out.view])
          }
          const place = scratch.alloc('i32', out.length)
          argmax(x, place, axis)
          bits.push([...place.view])
          const running = scratch.alloc(dtype, x.length)
          cumsum(x, running, axis)
          sum(running, out, axis)
          bits.push([...out.view])
        }
      }
      expect(heap.bytesInUse).toBe(0)
      return bits
    })
    for (const bits of results) bits.forEach((values, i) => expect(firstDifference(values, results[0][i])).toBe(-1))
  })

  test.each(sameBits)('extremes, and the first NaN, are found in every part: %s', (_, heap) => {
    for (const dtype of ['f64', 'f32'] as const) {
      using scratch = arena(heap)
      const n = 70001
      const x = scratch.alloc(dtype, n)
      const value = scratch.alloc(dtype, 1)
      const place = scratch.alloc('i32', 1)
      for (const at of [0, 1, 1023, 1024, 16383, 16384, 40000, 70000]) {
        x.view.fill(1)
        x.view[at] = 2
        max(x, value)
        argmax(x, place)
        expect([value.view[0], place.view[0]]).toEqual([2, at])
        x.view[at] = 0
        min(x, value)
        argmin(x, place)
        expect([value.view[0], place.view[0]]).toEqual([0, at])
        x.view[at] = NaN
        x.view[n - 1] = NaN
        for (const extreme of [max, min]) {
          extreme(x, value)
          expect(value.view[0]).toBeNaN()
        }
        for (const where of [argmax, argmin]) {
          where(x, place)
          expect(place.view[0]).toBe(at)
        }
      }
    }
  })

  test('the mean of a million f32 values around 100 is right to the last bit', () => {
    using scratch = arena(heap)
    const x = scratch.copy(Float32Array.from(randomNumbers(5, 1e6), (value) => 100 + value))
    const out = scratch.alloc('f32', 1)
    // Fixed-point: f32 values in [100, 101] are whole multiples of 2⁻¹⁷, and their sum is exact in f64.
    const exact = x.view.reduce((total, value) => total + value * 2 ** 17, 0)
    mean(x, out)
    expect(out.view[0]).toBe(Math.fround(exact / 2 ** 17 / 1e6))
    mean(x, out, { inner: 1, outer: 1, size: 1e6 })
    const columns = scratch.alloc('f32', 2)
    mean(x, columns, { inner: 2 })
    expect((columns.view[0] + columns.view[1]) / 2).toBeCloseTo(out.view[0], 4)
  })

  test('rounding of f64 sums stays within the bound of blocked summation', () => {
    const n = 1e6
    using scratch = arena(heap)
    const x = scratch.copy(randomNumbers(6, n).map((value) => value + 2 ** -40))
    // Multiples of 2⁻⁴⁰ below 2²¹ … summed as integers, without rounding.
    const exact = x.view.reduce((total, value) => total + BigInt(value * 2 ** 40), 0n)
    const out = scratch.alloc('f64', 1)
    sum(x, out)
    // Each value goes through at most 256 + 5 additions in its part, and 31 + 5 in the sum of the parts' results.
    const bound = 300 * 2 ** -53 * Number(exact)
    expect(Math.abs(Number(BigInt(Math.round(out.view[0] * 2 ** 40)) - exact))).toBeLessThan(bound)
  })
})

test('i32 sums are exact beyond 32 bits', () => {
  using scratch = arena(heap)
  const x = scratch.alloc('i32', 100000)
  x.view.fill(2 ** 31 - 1)
  const out = scratch.alloc('f64', 1)
  sum(x, out)
  expect(out.view[0]).toBe((2 ** 31 - 1) * 100000)
})

test('nothing to reduce, and bad sizes', () => {
  using scratch = arena(heap)
  const none = scratch.alloc('f64', 0)
  const out = scratch.alloc('f64', 2)
  sum(none, out, { outer: 2, size: 0 })
  expect([...out.view]).toEqual([0, 0])
  mean(none, out, { inner: 2, size: 0 })
  expect([...out.view]).toEqual([NaN, NaN])
  prod(none, out)
  expect([...out.view]).toEqual([1, NaN])
  max(none, out, { outer: 0 })
  expect(() => max(none, out)).toThrow('max: the axis holds no values, and there is no max of nothing.')
  expect(() => argmin(none, scratch.alloc('i32', 1))).toThrow('there is no argmin of nothing')
  const five = scratch.zeros('f64', 5)
  expect(() => sum(five, out, { outer: 2 })).toThrow('do not divide into 2 × 1 equal parts')
  expect(() => sum(five, out, { outer: 2, size: 3 })).toThrow('x holds 5 values, but the work needs 6')
  expect(() => mean(five, out, { inner: 5 })).toThrow('out holds 2 values, but the work needs 5')
  expect(() => sum(five, five)).toThrow('share memory')
})
