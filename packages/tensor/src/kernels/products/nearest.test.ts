import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import golden from '../../../fixtures/nearest.json' with { type: 'json' }
import { arena } from '../heap/arena.ts'
import { Heap } from '../heap/heap.ts'
import { nearest, squaredDistances } from './nearest.ts'
import { firstDifference } from '../test-arrays.ts'
import { randomNumbers, sameBits, threadsReady } from '../test-heaps.ts'

beforeAll(threadsReady)

const heap = new Heap({ threads: 1 })
const dtypes = ['f64', 'f32'] as const

describe.each(dtypes)('gives what SciPy gives: %s', (dtype) => {
  test.each(golden.cases)('$n × $k × $d', ({ n, k, d, square, labels: expected }) => {
    using scratch = arena(heap)
    const x = scratch.alloc(dtype, n * d)
    x.view.set(Array.from({ length: n * d }, (_, i) => (((i * 7919) % 31) - 15) / 4))
    const c = scratch.alloc(dtype, k * d)
    c.view.set(Array.from({ length: k * d }, (_, i) => (((i * 104729) % 29) - 14) / 4))
    const out = scratch.alloc(dtype, n * k)
    squaredDistances(x, c, out, { n, k, d })
    expect([...out.view]).toEqual(square)
    const labels = scratch.alloc('i32', n)
    const distances = scratch.alloc(dtype, n)
    nearest(x, c, { labels, distances }, { n, k, d })
    // Centring rounds, so of equally far centres either may win; what was won must be the least.
    expect([...distances.view]).toEqual(expected.map((label, row) => square[row * k + label]))
    expect([...labels.view].map((label, row) => square[row * k + label])).toEqual([...distances.view])
  })
})

const sizes = fc.record({ n: fc.nat(30), k: fc.integer({ min: 1, max: 40 }), d: fc.nat(30) })

test.each(dtypes)('every size, against plain loops: %s', (dtype) => {
  fc.assert(
    fc.property(sizes, fc.integer(), ({ n, k, d }, seed) => {
      using scratch = arena(heap)
      const x = scratch.alloc(dtype, n * d)
      x.view.set(randomNumbers(seed, n * d))
      const c = scratch.alloc(dtype, k * d)
      c.view.set(randomNumbers(seed + 1, k * d))
      const out = scratch.alloc(dtype, n * k)
      squaredDistances(x, c, out, { n, k, d })
      const labels = scratch.alloc('i32', n)
      const distances = scratch.alloc(dtype, n)
      nearest(x, c, { labels, distances }, { n, k, d })
      const eps = dtype === 'f64' ? 2 ** -53 : 2 ** -24
      for (let i = 0; i < n; i++) {
        const exact = Array.from({ length: k }, (_, j) => {
          let sum = 0
          for (let t = 0; t < d; t++) sum += (x.view[i * d + t] - c.view[j * d + t]) ** 2
          return sum
        })
        // d squares of rounded differences: three roundings each and d additions.
        for (let j = 0; j < k; j++)
          expect(Math.abs(out.view[i * k + j] - exact[j])).toBeLessThanOrEqual((d + 3) * 2 * eps * exact[j])
        // Scores are sums of d products below 1 in size, so they are off by less than d(d + 3) eps.
        expect(exact[labels.view[i]]).toBeLessThanOrEqual(Math.min(...exact) + 4 * (d + 3) * (d + 1) * eps)
        expect(Math.abs(distances.view[i] - exact[labels.view[i]])).toBeLessThanOrEqual(
          (d + 3) * 2 * eps * exact[labels.view[i]],
        )
      }
    }),
  )
})

test.each(dtypes)('of equal centres the first wins: %s', (dtype) => {
  using scratch = arena(heap)
  for (const k of [2, 5, 9, 21]) {
    const d = 3
    const c = scratch.alloc(dtype, k * d)
    c.view.fill(5)
    // The last three are equal, and nearest.
    c.view.fill(1.25, Math.max(0, k - 3) * d)
    const x = scratch.zeros(dtype, 6 * d)
    const labels = scratch.alloc('i32', 6)
    nearest(x, c, { labels, distances: scratch.alloc(dtype, 6) }, { n: 6, k, d })
    expect([...labels.view]).toEqual(Array.from({ length: 6 }, () => Math.max(0, k - 3)))
  }
})

test('near points far from the origin lose nothing', () => {
  using scratch = arena(heap)
  const c = scratch.copy(new Float64Array([1e8, 1e8 + 2 ** -10, 1e8 - 2 ** -10]))
  const x = scratch.copy(new Float64Array([1e8 + 2 ** -12, 1e8 + 2 ** -10, 1e8 - 2 ** -11 - 2 ** -13]))
  const labels = scratch.alloc('i32', 3)
  const distances = scratch.alloc('f64', 3)
  nearest(x, c, { labels, distances }, { n: 3, k: 3, d: 1 })
  expect([...labels.view]).toEqual([0, 1, 2])
  expect([...distances.view]).toEqual([2 ** -24, 0, (x.view[2] - c.view[2]) ** 2])
})

test('the same bits at every thread count, and close ones with fused multiply-add', () => {
  const [n, k, d] = [5001, 37, 19]
  const run = (heap: Heap): [Int32Array, Float64Array, Float64Array] => {
    using scratch = arena(heap)
    const x = scratch.copy(randomNumbers(1, n * d))
    const c = scratch.copy(randomNumbers(2, k * d))
    const labels = scratch.alloc('i32', n)
    const distances = scratch.alloc('f64', n)
    nearest(x, c, { labels, distances }, { n, k, d })
    const out = scratch.alloc('f64', n * k)
    squaredDistances(x, c, out, { n, k, d })
    return [labels.view.slice(), distances.view.slice(), out.view.slice()]
  }
  const results = sameBits.map(([, heap]) => run(heap))
  for (const result of results) {
    result.forEach((values, i) => expect(firstDifference(values, results[0][i])).toBe(-1))
  }
  const [, relaxed] = run(new Heap({ threads: 1, relaxed: true }))
  // As above: d + 3 roundings on either side.
  relaxed.forEach((value, i) =>
    expect(Math.abs(value - results[0][1][i])).toBeLessThanOrEqual((d + 3) * 2 ** -51 * value),
  )
  for (const [, heap] of sameBits) expect(heap.bytesInUse).toBe(0)
})

test('NaN, nothing, and what does not fit', () => {
  using scratch = arena(heap)
  const labels = scratch.alloc('i32', 2)
  const distances = scratch.alloc('f64', 2)
  const x = scratch.copy(new Float64Array([NaN, 1]))
  const c = scratch.copy(new Float64Array([3, 2]))
  nearest(x, c, { labels, distances }, { n: 2, k: 2, d: 1 })
  expect([...labels.view]).toEqual([0, 1])
  expect([...distances.view]).toEqual([NaN, 1])
  expect(() => nearest(x, c, { labels, distances }, { n: 2, k: 0, d: 1 })).toThrow('there are no centres')
  expect(() => nearest(x, c, { labels, distances }, { n: 2, k: 3, d: 1 })).toThrow('centres holds 2 values')
  expect(() => squaredDistances(x, c, x, { n: 1, k: 2, d: 1 })).toThrow('share memory')
})
