import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import golden from '../../../fixtures/window2d.json' with { type: 'json' }
import { arena } from '../heap/arena.ts'
import { Heap } from '../heap/heap.ts'
import { sizeOf } from '../movement/layout.ts'
import { averagePool2d, averagePool2dGradient, maxPool2d, maxPool2dGradient } from './pool2d.ts'
import { randomNumbers, sameBits, threadsReady } from '../test-heaps.ts'
import { checksum, compute, fitting, someWindow, visitWindows, whole } from './test-images.ts'
import type { Golden } from './test-images.ts'
import { pool2dGeometry } from './window2d.ts'
import type { Pool2dGeometry, Pool2dShape } from './window2d.ts'

beforeAll(threadsReady)
const relaxed = new Heap({ threads: 1, relaxed: true })
const heaps = [...sameBits, ['relaxed SIMD', relaxed] as const]

type Name = 'max' | 'dmax' | 'mean' | 'meanWithPadding' | 'dmean' | 'dmeanWithPadding'

function all(heap: Heap, g: Pool2dGeometry, x: Float32Array, dy: Float32Array): Record<Name, Float32Array> {
  const mean = (countPadding: boolean): Float32Array =>
    compute(heap, [x], dy.length, (y, x) => averagePool2d(g, { x, y, countPadding }))
  const dmean = (countPadding: boolean): Float32Array =>
    compute(heap, [dy], x.length, (dx, dy) => averagePool2dGradient(g, { dy, dx, countPadding }))
  return {
    max: compute(heap, [x], dy.length, (y, x) => maxPool2d(g, { x, y })),
    dmax: compute(heap, [x, dy], x.length, (dx, x, dy) => maxPool2dGradient(g, { x, dy, dx })),
    mean: mean(false),
    meanWithPadding: mean(true),
    dmean: dmean(false),
    dmeanWithPadding: dmean(true),
  }
}

/** Pools by the definition, in f64; `shares` is how many windows read a value of the input. */
function reference(
  g: Pool2dGeometry,
  x: Float32Array,
  dy: Float32Array,
): Record<Name | 'shares' | 'size', Float64Array> {
  const channels = g.input[3]
  const [all, { length: n }] = [g.window[0] * g.window[1], dy]
  const winner = new Int32Array(n).fill(-1)
  const [sum, count, max] = [new Float64Array(n), new Float64Array(n), new Float64Array(n).fill(-Infinity)]
  const place = (work: (out: number, from: number) => void): void =>
    visitWindows(g, g.window, ({ out, from }) => {
      for (let c = 0; c < channels; c++) work(out * channels + c, from * channels + c)
    })
  place((out, from) => {
    sum[out] += x[from]
    count[out]++
    if (winner[out] < 0 || (!Number.isNaN(max[out]) && !(x[from] <= max[out]))) {
      max[out] = x[from]
      winner[out] = from
    }
  })
  const [dmax, dmean, dmeanWithPadding, shares, size] = Array.from({ length: 5 }, () => new Float64Array(x.length))
  place((out, from) => {
    if (winner[out] === from) dmax[from] += dy[out]
    dmean[from] += dy[out] / count[out]
    dmeanWithPadding[from] += dy[out] / all
    shares[from]++
    size[from] += Math.abs(dy[out])
  })
  const mean = sum.map((value, i) => value / Math.max(1, count[i]))
  return { max, dmax, mean, meanWithPadding: sum.map((v) => v / all), dmean, dmeanWithPadding, shares, size }
}

/** Each of n shares is rounded once and each of their additions once: within 2n·2⁻²⁴ of the sum of sizes. */
function expectShares(
  actual: Float32Array,
  expected: Float64Array,
  { shares, size }: Record<'shares' | 'size', Float64Array>,
): void {
  actual.forEach((value, i) =>
    expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(shares[i] * 2 ** -23 * size[i]),
  )
}

describe.each(heaps)('with %s', (_, heap) => {
  test.each(golden.pool2d)("NumPy's values: $input $window $strides $dilations $pad", (shape) => {
    const g = pool2dGeometry(shape as unknown as Pool2dShape)
    const x = whole(g.input, 7)
    const dy = whole(g.output, 13)
    const results = all(heap, g, x, dy)
    for (const name of ['max', 'dmax', 'mean', 'meanWithPadding'] as const) {
      const expected: Golden = shape[name]
      expect(checksum(results[name])).toBe(expected.checksum)
      if (expected.values) expect([...results[name]]).toEqual(expected.values)
    }
    const { values }: Golden = shape.dmean
    if (values) expectShares(results.dmean, Float64Array.from(values), reference(g, x, dy))
  })

  test('any size gives what the definition gives', () => {
    fc.assert(
      fc.property(someWindow, fc.integer({ min: 1, max: 18 }), (shape, step) => {
        const g = fitting(() => pool2dGeometry(shape))
        if (!g) return
        const x = whole(g.input, step)
        const dy = whole(g.output, 13)
        const results = all(heap, g, x, dy)
        const expected = reference(g, x, dy)
        for (const name of ['max', 'dmax', 'mean', 'meanWithPadding'] as const) {
          // Adding 0 makes −0 of the kernels equal to the definition's 0.
          expect(results[name].map((value) => value + 0)).toEqual(Float32Array.from(expected[name], (v) => v + 0))
        }
        expectShares(results.dmean, expected.dmean, expected)
        expectShares(results.dmeanWithPadding, expected.dmeanWithPadding, expected)
      }),
      { numRuns: 80 },
    )
    expect(heap.bytesInUse).toBe(0)
  })

  test('NaN, infinities and both zeros, anywhere in any number of channels', () => {
    const odd = fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 1, -1, -1e-40, 3e38, -3e38)
    const channels = fc.constantFrom(1, 3, 4, 6, 16, 18)
    fc.assert(
      fc.property(channels, fc.array(odd, { minLength: 7, maxLength: 60 }), (channels, values) => {
        const g = pool2dGeometry({ input: [1, 5, 6, channels], window: [3, 2], strides: [2, 1], pad: 'same' })
        const x = Float32Array.from({ length: sizeOf(g.input) }, (_, i) => values[i % values.length])
        const dy = whole(g.output, 13)
        const { max, dmax } = all(heap, g, x, dy)
        const expected = reference(g, x, dy)
        expect(max.map((value) => value + 0)).toEqual(Float32Array.from(expected.max, (value) => value + 0))
        expect(dmax).toEqual(Float32Array.from(expected.dmax))
      }),
    )
  })

  test('no image', () => {
    const g = pool2dGeometry({ input: [0, 4, 4, 2], window: 2 })
    expect(Object.values(all(heap, g, whole(g.input, 1), whole(g.output, 1))).every(({ length }) => length === 0)).toBe(
      true,
    )
  })
})

const large: readonly Pool2dShape[] = [
  { input: [2, 57, 61, 37], window: 3, strides: 2, pad: 'same' },
  { input: [3, 80, 40, 5], window: [5, 2], strides: [1, 2], pad: 'same' },
  { input: [1, 200, 9, 64], window: 2, strides: 2 },
]

test.each(large)('the same bits at every thread count and in unshared memory: $input $window', (shape) => {
  const g = pool2dGeometry(shape)
  const real = (seed: number, sizes: readonly number[]): Float32Array =>
    Float32Array.from(randomNumbers(seed, sizeOf(sizes)), (value) => value - 0.5)
  const [first, ...rest] = sameBits.map(([, heap]) => all(heap, g, real(1, g.input), real(2, g.output)))
  for (const other of rest) expect(other).toEqual(first)
  const expected = reference(g, real(1, g.input), real(2, g.output))
  expect(first.max).toEqual(Float32Array.from(expected.max))
})

test('an image of negative values never loses to the padding', () => {
  const g = pool2dGeometry({
    input: [1, 3, 3, 1],
    window: 3,
    pad: [
      [2, 2],
      [2, 2],
    ],
  })
  const x = Float32Array.of(-9, -8, -7, -6, -5, -4, -3, -2, -1)
  const y = compute(sameBits[0][1], [x], 25, (y, x) => maxPool2d(g, { x, y }))
  expect(Math.max(...y)).toBe(-1)
  expect(y[0]).toBe(-9)
})

test('a window in the padding alone: nothing is largest, the mean is 0, and no gradient goes anywhere', () => {
  const g = pool2dGeometry({ input: [1, 1, 1, 4], window: 2, dilations: 2, pad: 'same' })
  const { max, dmax, mean, dmean } = all(sameBits[0][1], g, whole(g.input, 1), whole(g.output, 3))
  expect([...max]).toEqual([-Infinity, -Infinity, -Infinity, -Infinity])
  for (const zeros of [dmax, mean, dmean]) expect([...zeros]).toEqual([0, 0, 0, 0])
})

test('blocks that are too short, and an output over an input, are refused', () => {
  const g = pool2dGeometry({ input: [1, 4, 4, 1], window: 2 })
  using scratch = arena(sameBits[0][1])
  const x = scratch.zeros('f32', 16)
  const y = scratch.zeros('f32', 9)
  expect(() => maxPool2d(g, { x, y: y.at(1) })).toThrow('maxPool2d: y holds 8 values, but the work needs 9.')
  expect(() => averagePool2d(g, { x, y: x })).toThrow('averagePool2d: y shares memory with x.')
  expect(() => maxPool2dGradient(g, { x, dy: y, dx: x })).toThrow('maxPool2dGradient: dx shares memory with x.')
  expect(() => averagePool2dGradient(g, { dy: x, dx: x })).toThrow('averagePool2dGradient: dx shares memory with dy.')
})
