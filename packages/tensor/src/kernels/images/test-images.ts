import fc from 'fast-check'
import { arena } from '../heap/arena.ts'
import type { Block } from '../heap/block.ts'
import type { Heap } from '../heap/heap.ts'
import { sizeOf } from '../movement/layout.ts'
import type { Conv2dGeometry, DepthwiseConv2dGeometry, Geometry2d, Window2dOptions } from './window2d.ts'

/** Whole numbers from −9 to 9 by a formula that fixtures/window2d.py has too. For tests. */
export function whole(shape: readonly number[], step: number): Float32Array {
  return Float32Array.from({ length: sizeOf(shape) }, (_, i) => ((i * step) % 19) - 9)
}

/** What fixtures/window2d.py says of a result. */
export interface Golden {
  readonly shape: readonly number[]
  readonly checksum: number
  readonly values?: readonly number[]
}

/** The checksum of fixtures/window2d.py. */
export function checksum(values: Float32Array): number {
  return values.reduce((sum, value, i) => sum + value * ((i % 7) + 1), 0)
}

/** A value that no result has. */
const UNTOUCHED = Math.fround(12345.678)

/**
 * Runs `work` with a block per input and one for the output, full of a value that no result has, and gives the output.
 * Output addresses are no more even than they must be, and the values beside the output must stay.
 */
export function compute(
  heap: Heap,
  inputs: readonly Float32Array[],
  length: number,
  work: (out: Block<'f32'>, ...inputs: Block<'f32'>[]) => void,
): Float32Array {
  using scratch = arena(heap)
  const around = scratch.alloc('f32', length + 2)
  around.view.fill(UNTOUCHED)
  const blocks = inputs.map((values) => scratch.copy(values))
  work(around.at(1, length), ...blocks)
  const result = Float32Array.from(around.view)
  if (result[0] !== UNTOUCHED || result[length + 1] !== UNTOUCHED) {
    throw new Error('The kernel wrote outside its output.')
  }
  return result.subarray(1, length + 1)
}

/** Calls `visit(out row, out column, window row, window column, in row, in column)` for every value that is read. */
export function visitWindows(
  { input, output, strides, dilations, pad }: Geometry2d,
  window: readonly number[],
  visit: (place: { out: number; tap: number; from: number }) => void,
): void {
  const [batch, height, width] = input
  const [, rows, columns] = output
  for (let n = 0; n < batch; n++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        for (let tap = 0; tap < window[0] * window[1]; tap++) {
          const row = i * strides[0] - pad[0][0] + Math.floor(tap / window[1]) * dilations[0]
          const column = j * strides[1] - pad[1][0] + (tap % window[1]) * dilations[1]
          if (row < 0 || row >= height || column < 0 || column >= width) continue
          visit({ out: (n * rows + i) * columns + j, tap, from: (n * height + row) * width + column })
        }
      }
    }
  }
}

export interface ConvolutionData {
  readonly x: Float32Array
  readonly filter: Float32Array
  readonly dy: Float32Array
}

/** A convolution and its gradients by the definition, in f64. `size` is the sum of the sizes of what was added up. */
export function referenceConvolution(
  g: Conv2dGeometry | DepthwiseConv2dGeometry,
  { x, filter, dy }: ConvolutionData,
): Record<'y' | 'dx' | 'dfilter', { sum: Float64Array; size: Float64Array; terms: Float64Array }> {
  const fresh = (length: number): { sum: Float64Array; size: Float64Array; terms: Float64Array } => ({
    ...{ sum: new Float64Array(length), size: new Float64Array(length), terms: new Float64Array(length) },
  })
  const result = { y: fresh(dy.length), dx: fresh(x.length), dfilter: fresh(filter.length) }
  const add = (name: 'y' | 'dx' | 'dfilter', at: number, value: number): void => {
    result[name].sum[at] += value
    result[name].size[at] += Math.abs(value)
    result[name].terms[at]++
  }
  const [, , channels, filters] = g.filter
  visitWindows(g, g.filter, ({ out, tap, from }) => {
    for (let c = 0; c < channels; c++) {
      for (let m = 0; m < filters; m++) {
        const xAt = from * channels + c
        const filterAt = (tap * channels + c) * filters + m
        const yAt = out * g.output[3] + (g.kind === 'depthwiseConv2d' ? c * filters + m : m)
        add('y', yAt, x[xAt] * filter[filterAt])
        add('dx', xAt, dy[yAt] * filter[filterAt])
        add('dfilter', filterAt, x[xAt] * dy[yAt])
      }
    }
  })
  return result
}

const side = fc.integer({ min: 1, max: 11 })
const pair = (max: number): fc.Arbitrary<[number, number]> =>
  fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }))

/** Sizes of images, windows and everything between; some don't fit. */
export const someWindow: fc.Arbitrary<
  Required<Window2dOptions> & { input: [number, number, number, number]; window: [number, number] }
> = fc.record({
  input: fc.tuple(fc.integer({ min: 0, max: 3 }), side, side, fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 9, 12, 16, 17, 19)),
  window: pair(4),
  strides: pair(3),
  dilations: pair(3),
  pad: fc.oneof(
    fc.constant('same' as const),
    fc.constant('valid' as const),
    fc.tuple(fc.tuple(fc.nat(3), fc.nat(3)), fc.tuple(fc.nat(3), fc.nat(3))),
  ),
})

/** The geometry that `make` gives, or nothing where the window does not fit. */
export function fitting<G>(make: () => G): G | undefined {
  try {
    return make()
  } catch (error) {
    if (error instanceof RangeError && error.message.includes('does not fit')) return undefined
    throw error
  }
}
