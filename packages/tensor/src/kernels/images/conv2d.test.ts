import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import golden from '../../../fixtures/window2d.json' with { type: 'json' }
import { arena } from '../heap/arena.ts'
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from './conv2d.ts'
import { Heap } from '../heap/heap.ts'
import { sizeOf } from '../movement/layout.ts'
import { randomNumbers, sameBits, threadsReady } from '../test-heaps.ts'
import { checksum, compute, fitting, referenceConvolution, someWindow, whole } from './test-images.ts'
import type { ConvolutionData, Golden } from './test-images.ts'
import { conv2dGeometry } from './window2d.ts'
import type { Conv2dGeometry, Conv2dShape } from './window2d.ts'

beforeAll(threadsReady)
const relaxed = new Heap({ threads: 1, relaxed: true })
const heaps = [...sameBits, ['relaxed SIMD', relaxed] as const]

function all(
  heap: Heap,
  g: Conv2dGeometry,
  { x, filter, dy }: ConvolutionData,
): Record<'y' | 'dx' | 'dfilter', Float32Array> {
  return {
    y: compute(heap, [x, filter], dy.length, (y, x, filter) => conv2d(g, { x, filter, y })),
    dx: compute(heap, [dy, filter], x.length, (dx, dy, filter) => conv2dInputGradient(g, { dy, filter, dx })),
    dfilter: compute(heap, [x, dy], filter.length, (dfilter, x, dy) => conv2dFilterGradient(g, { x, dy, dfilter })),
  }
}

function wholeData(g: Conv2dGeometry): ConvolutionData {
  return { x: whole(g.input, 7), filter: whole(g.filter, 11), dy: whole(g.output, 13) }
}

function realData(g: Conv2dGeometry): ConvolutionData {
  const real = (seed: number, shape: readonly number[]): Float32Array =>
    Float32Array.from(randomNumbers(seed, sizeOf(shape)), (value) => value - 0.5)
  return { x: real(1, g.input), filter: real(2, g.filter), dy: real(3, g.output) }
}

describe.each(heaps)('with %s', (_, heap) => {
  test.each(golden.conv2d)("NumPy's exact values: $input $filter $strides $dilations $pad", (shape) => {
    const g = conv2dGeometry(shape as unknown as Conv2dShape)
    const results = all(heap, g, wholeData(g))
    for (const name of ['y', 'dx', 'dfilter'] as const) {
      const expected: Golden = shape[name]
      expect(checksum(results[name])).toBe(expected.checksum)
      if (expected.values) expect([...results[name]]).toEqual(expected.values)
    }
  })

  test('whole numbers give the exact value of the definition at any size', () => {
    const filters = fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 9, 12, 16, 17, 23)
    fc.assert(
      fc.property(someWindow, filters, ({ window, ...shape }, out) => {
        const g = fitting(() => conv2dGeometry({ ...shape, filter: [...window, shape.input[3], out] }))
        if (!g) return
        const data = wholeData(g)
        const expected = referenceConvolution(g, data)
        const results = all(heap, g, data)
        for (const name of ['y', 'dx', 'dfilter'] as const) {
          // Adding 0 makes −0 of the kernels equal to the definition's 0.
          expect(results[name].map((value) => value + 0)).toEqual(Float32Array.from(expected[name].sum, (v) => v + 0))
        }
      }),
      { numRuns: 60 },
    )
    expect(heap.bytesInUse).toBe(0)
  })

  test('bias and activations', () => {
    const g = conv2dGeometry({ input: [2, 5, 7, 3], filter: [3, 3, 3, 11], pad: 'same' })
    const data = wholeData(g)
    const bias = whole([11], 5)
    const { y } = all(heap, g, data)
    for (const [activation, bound] of [
      ['none', (v: number) => v],
      ['relu', (v: number) => Math.max(0, v)],
      ['relu6', (v: number) => Math.min(6, Math.max(0, v))],
    ] as const) {
      const result = compute(heap, [data.x, data.filter, bias], y.length, (y, x, filter, bias) =>
        conv2d(g, { x, filter, bias, y, activation }),
      )
      expect([...result]).toEqual([...y].map((value, i) => bound(value + bias[i % 11]!)))
    }
  })

  test('no image, no channel', () => {
    const none = conv2dGeometry({ input: [0, 4, 4, 2], filter: [3, 3, 2, 3] })
    expect([...all(heap, none, wholeData(none)).dfilter]).toEqual(Array.from({ length: 54 }, () => 0))
    const empty = conv2dGeometry({ input: [1, 2, 2, 0], filter: [1, 1, 0, 3] })
    const y = compute(heap, [new Float32Array(0), new Float32Array(0), whole([3], 5)], 12, (y, x, filter, bias) =>
      conv2d(empty, { x, filter, bias, y }),
    )
    expect([...y]).toEqual([0, 1, 2, 3].flatMap(() => [...whole([3], 5)]))
    const closed = conv2dGeometry({ input: [1, 2, 2, 3], filter: [1, 1, 3, 0] })
    expect([...all(heap, closed, wholeData(closed)).dx]).toEqual(Array.from({ length: 12 }, () => 0))
  })
})

// Big enough for several blocks of depth, pixels, columns and segments at once.
const large: readonly Conv2dShape[] = [
  { input: [2, 17, 19, 40], filter: [3, 3, 40, 24], pad: 'same' },
  { input: [2, 40, 37, 3], filter: [5, 5, 3, 7], pad: 'same' },
  { input: [1, 4, 3, 70], filter: [2, 2, 70, 530] },
  {
    input: [2, 33, 34, 16],
    filter: [3, 3, 16, 8],
    dilations: 2,
    strides: [2, 3],
    pad: [
      [1, 2],
      [2, 1],
    ],
  },
]

test.each(large)('the same bits at every thread count and in unshared memory: $input $filter', (shape) => {
  const g = conv2dGeometry(shape)
  const [first, ...rest] = sameBits.map(([, heap]) => all(heap, g, realData(g)))
  for (const other of rest) expect(other).toEqual(first)
})

test.each(large)('close to the definition: $input $filter', (shape) => {
  const g = conv2dGeometry(shape)
  const data = realData(g)
  const expected = referenceConvolution(g, data)
  for (const heap of [sameBits[0]![1], relaxed]) {
    const results = all(heap, g, data)
    for (const name of ['y', 'dx', 'dfilter'] as const) {
      const { sum, size, terms } = expected[name]
      // A sum of n products in f32, in any order, is within γₙ of the exact one, times the sum of sizes; γₙ < n·2⁻²³.
      const worst = results[name].reduce(
        (most, value, i) => Math.max(most, Math.abs(value - sum[i]!) - terms[i]! * 2 ** -23 * size[i]!),
        -Infinity,
      )
      expect(worst).toBeLessThanOrEqual(0)
    }
  }
})

test('the gradients are the adjoints of the convolution', () => {
  const inner = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0)
  fc.assert(
    fc.property(someWindow, ({ window, ...shape }) => {
      const g = fitting(() => conv2dGeometry({ ...shape, filter: [...window, shape.input[3], 6] }))
      if (!g) return
      const data = wholeData(g)
      const { y, dx, dfilter } = all(sameBits[2]![1], g, data)
      const product = inner(y, data.dy)
      expect(inner(dx, data.x)).toBe(product)
      expect(inner(dfilter, data.filter)).toBe(product)
    }),
  )
})

test('NaN and infinities go where they are read, and padding gives none', () => {
  const heap = sameBits[0]![1]
  const g = conv2dGeometry({ input: [1, 1, 6, 1], filter: [1, 3, 1, 1], pad: 'same' })
  const run = (x: number[], filter: number[]): number[] => [
    ...compute(heap, [Float32Array.from(x), Float32Array.from(filter)], 6, (y, x, filter) =>
      conv2d(g, { x, filter, y, activation: 'relu' }),
    ),
  ]
  expect(run([1, 1, NaN, 1, 1, 1], [1, 1, 1])).toEqual([2, NaN, NaN, NaN, 3, 2])
  expect(run([1, 1, 1, 1, 1, Infinity], [1, 1, 1])).toEqual([2, 3, 3, 3, Infinity, Infinity])
})

describe('bad input', () => {
  const heap = sameBits[0]![1]
  const g = conv2dGeometry({ input: [1, 4, 4, 1], filter: [3, 3, 1, 2] })

  test('blocks that are too short', () => {
    using scratch = arena(heap)
    const x = scratch.zeros('f32', 16)
    const filter = scratch.zeros('f32', 18)
    const y = scratch.zeros('f32', 8)
    expect(() => conv2d(g, { x: x.at(1), filter, y })).toThrow('conv2d: x holds 15 values, but the work needs 16.')
    expect(() => conv2d(g, { x, filter, y: y.at(1) })).toThrow('conv2d: y holds 7 values, but the work needs 8.')
    expect(() => conv2d(g, { x, filter, y, bias: x.at(0, 1) })).toThrow('conv2d: bias holds 1 values')
    expect(() => conv2dInputGradient(g, { dy: y, filter, dx: x.at(1) })).toThrow('conv2dInputGradient: dx holds 15')
    expect(() => conv2dFilterGradient(g, { x, dy: y, dfilter: y })).toThrow('conv2dFilterGradient: dfilter holds 8')
  })

  test('an output over an input', () => {
    using scratch = arena(heap)
    const both = scratch.zeros('f32', 40)
    const [x, filter] = [both.at(0, 16), both.at(16, 18)]
    expect(() => conv2d(g, { x, filter, y: both.at(8, 8) })).toThrow('conv2d: y shares memory with x.')
    expect(() => conv2dInputGradient(g, { dy: x, filter, dx: both.at(20, 16) })).toThrow('dx shares memory with filter')
    expect(() => conv2dFilterGradient(g, { x, dy: x, dfilter: both.at(10, 18) })).toThrow('dfilter shares memory')
  })

  test('an unknown activation, a geometry that was made by hand', () => {
    using scratch = arena(heap)
    const block = (length: number) => scratch.zeros('f32', length)
    const operands = { x: block(16), filter: block(18), y: block(8) }
    // Not a type that TypeScript lets through.
    const activation = 'tanh' as 'relu'
    expect(() => conv2d(g, { ...operands, activation })).toThrow("conv2d: activation must be 'none', 'relu' or 'relu6'")
    // Sizes are worked out again unless they come from conv2dGeometry itself.
    operands.y.view.fill(1)
    conv2d({ ...structuredClone(g), output: [1, 200, 200, 2] } as Conv2dGeometry, operands)
    expect([...operands.y.view]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  })
})
