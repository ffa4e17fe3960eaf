import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import golden from '../../../fixtures/window2d.json' with { type: 'json' }
import { arena } from '../heap/arena.ts'
import { depthwiseConv2d, depthwiseConv2dFilterGradient, depthwiseConv2dInputGradient } from './depthwise-conv2d.ts'
import { Heap } from '../heap/heap.ts'
import { sizeOf } from '../movement/layout.ts'
import { randomNumbers, sameBits, threadsReady } from '../test-heaps.ts'
import { checksum, compute, fitting, referenceConvolution, someWindow, whole } from './test-images.ts'
import type { ConvolutionData, Golden } from './test-images.ts'
import { depthwiseConv2dGeometry } from './window2d.ts'
import type { DepthwiseConv2dGeometry, DepthwiseConv2dShape } from './window2d.ts'

beforeAll(threadsReady)
const relaxed = new Heap({ threads: 1, relaxed: true })
const heaps = [...sameBits, ['relaxed SIMD', relaxed] as const]
const names = ['y', 'dx', 'dfilter'] as const

function all(
  heap: Heap,
  g: DepthwiseConv2dGeometry,
  { x, filter, dy }: ConvolutionData,
): Record<'y' | 'dx' | 'dfilter', Float32Array> {
  return {
    y: compute(heap, [x, filter], dy.length, (y, x, filter) => depthwiseConv2d(g, { x, filter, y })),
    dx: compute(heap, [dy, filter], x.length, (dx, dy, filter) => depthwiseConv2dInputGradient(g, { dy, filter, dx })),
    dfilter: compute(heap, [x, dy], filter.length, (dfilter, x, dy) =>
      depthwiseConv2dFilterGradient(g, { x, dy, dfilter }),
    ),
  }
}

function wholeData(g: DepthwiseConv2dGeometry): ConvolutionData {
  return { x: whole(g.input, 7), filter: whole(g.filter, 11), dy: whole(g.output, 13) }
}

describe.each(heaps)('with %s', (_, heap) => {
  test.each(golden.depthwiseConv2d)("NumPy's exact values: $input $filter $strides $dilations $pad", (shape) => {
    const g = depthwiseConv2dGeometry(shape as unknown as DepthwiseConv2dShape)
    const results = all(heap, g, wholeData(g))
    for (const name of names) {
      const expected: Golden = shape[name]
      expect(checksum(results[name])).toBe(expected.checksum)
      if (expected.values) expect([...results[name]]).toEqual(expected.values)
    }
  })

  test('whole numbers give the exact value of the definition at any size', () => {
    fc.assert(
      fc.property(someWindow, fc.constantFrom(1, 1, 2, 3, 4), ({ window, ...shape }, multiplier) => {
        const filter = [...window, shape.input[3], multiplier] as const
        const g = fitting(() => depthwiseConv2dGeometry({ ...shape, filter }))
        if (!g) return
        const data = wholeData(g)
        const expected = referenceConvolution(g, data)
        const results = all(heap, g, data)
        for (const name of names) {
          // Adding 0 makes −0 of the kernels equal to the definition's 0.
          expect(results[name].map((value) => value + 0)).toEqual(Float32Array.from(expected[name].sum, (v) => v + 0))
        }
      }),
      { numRuns: 80 },
    )
    expect(heap.bytesInUse).toBe(0)
  })

  test.each([2, 4, 7, 13])('bias and activations, %i channels', (channels) => {
    const g = depthwiseConv2dGeometry({ input: [2, 9, 8, channels], filter: [3, 3, channels, 1], pad: 'same' })
    const data = wholeData(g)
    const bias = whole([channels], 5)
    const { y } = all(heap, g, data)
    const bounds = { none: [-Infinity, Infinity], relu: [0, Infinity], relu6: [0, 6] } as const
    for (const activation of ['none', 'relu', 'relu6'] as const) {
      const [least, most] = bounds[activation]
      const result = compute(heap, [data.x, data.filter, bias], y.length, (y, x, filter, bias) =>
        depthwiseConv2d(g, { x, filter, bias, y, activation }),
      )
      expect([...result]).toEqual([...y].map((v, i) => Math.min(most, Math.max(least, v + bias[i % channels]))))
    }
  })

  test('no image', () => {
    const g = depthwiseConv2dGeometry({ input: [0, 4, 4, 2], filter: [3, 3, 2, 3] })
    const { y, dx, dfilter } = all(heap, g, wholeData(g))
    expect([y.length, dx.length]).toEqual([0, 0])
    expect([...dfilter]).toEqual(Array.from({ length: 54 }, () => 0))
  })
})

const large: readonly DepthwiseConv2dShape[] = [
  { input: [3, 40, 41, 37], filter: [3, 3, 37, 1], pad: 'same' },
  { input: [2, 61, 58, 24], filter: [5, 4, 24, 1], strides: [2, 3], pad: 'same' },
  { input: [2, 33, 34, 6], filter: [3, 3, 6, 3], dilations: 2 },
]

function realData(g: DepthwiseConv2dGeometry): ConvolutionData {
  const real = (seed: number, shape: readonly number[]): Float32Array =>
    Float32Array.from(randomNumbers(seed, sizeOf(shape)), (value) => value - 0.5)
  return { x: real(1, g.input), filter: real(2, g.filter), dy: real(3, g.output) }
}

test.each(large)('the same bits at every thread count and in unshared memory: $input $filter', (shape) => {
  const g = depthwiseConv2dGeometry(shape)
  const [first, ...rest] = sameBits.map(([, heap]) => all(heap, g, realData(g)))
  for (const other of rest) expect(other).toEqual(first)
})

test.each(large)('close to the definition: $input $filter', (shape) => {
  const g = depthwiseConv2dGeometry(shape)
  const data = realData(g)
  const expected = referenceConvolution(g, data)
  for (const heap of [sameBits[0][1], relaxed]) {
    const results = all(heap, g, data)
    for (const name of names) {
      const { sum, size, terms } = expected[name]
      // A sum of n products in f32, in any order, is within γₙ of the exact one, times the sum of sizes; γₙ < n·2⁻²³.
      const over = (value: number, i: number): number => Math.abs(value - sum[i]) - terms[i] * 2 ** -23 * size[i]
      expect(results[name].reduce((most, value, i) => Math.max(most, over(value, i)), -Infinity)).toBeLessThanOrEqual(0)
    }
  }
})

test('NaN stays in its channel and goes no further than the window', () => {
  const g = depthwiseConv2dGeometry({ input: [1, 1, 9, 8], filter: [1, 3, 8, 1], pad: 'same' })
  const x = new Float32Array(72).fill(1)
  x[4 * 8 + 5] = NaN
  const y = compute(sameBits[0][1], [x, new Float32Array(24).fill(1)], 72, (y, x, filter) =>
    depthwiseConv2d(g, { x, filter, y, activation: 'relu6' }),
  )
  const places = [...y.keys()].filter((i) => Number.isNaN(y[i]))
  expect(places).toEqual([3 * 8 + 5, 4 * 8 + 5, 5 * 8 + 5])
})

test('blocks that are too short, and an output over an input, are refused', () => {
  const g = depthwiseConv2dGeometry({ input: [1, 4, 4, 1], filter: [3, 3, 1, 2] })
  using scratch = arena(sameBits[0][1])
  const x = scratch.zeros('f32', 16)
  const filter = scratch.zeros('f32', 18)
  const y = scratch.zeros('f32', 8)
  expect(() => depthwiseConv2d(g, { x, filter, y: y.at(1) })).toThrow('depthwiseConv2d: y holds 7 values')
  expect(() => depthwiseConv2d(g, { x, filter, y: x })).toThrow('depthwiseConv2d: y shares memory with x')
  expect(() => depthwiseConv2dInputGradient(g, { dy: y, filter, dx: filter })).toThrow('dx shares memory with filter')
  expect(() => depthwiseConv2dFilterGradient(g, { x, dy: x, dfilter: y })).toThrow('dfilter holds 8 values')
})
