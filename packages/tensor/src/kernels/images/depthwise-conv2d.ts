import { arena } from '../heap/arena.ts'
import type { Block } from '../heap/block.ts'
import type { Heap } from '../heap/heap.ts'
import { sizeOf } from '../movement/layout.ts'
import { heapOf } from '../heap/operands.ts'
import { depthwiseBinary } from '../wasm/depthwise.generated.ts'
import { boundsOf, checkOperands, grainOf, placeGeometry, refuseShared } from './window2d-call.ts'
import type { ConvolutionOperands } from './window2d-call.ts'
import { depthwiseConv2dGeometry } from './window2d.ts'
import type { DepthwiseConv2dGeometry, DepthwiseConv2dShape } from './window2d.ts'

/** The filter's gradient is summed in this many parts at most, which threads work on at the same time. */
const MOST_PARTS = 32

/** Values below which waking a second thread costs more than it saves. */
const GRAIN = 32768

/**
 * Convolution in which every channel has filters of its own: y[…, c·multiplier + m] = x[…, c] ∗ filter[…, c, m].
 * A multiplier above 1 takes scratch memory for the input with its channels repeated.
 *
 * @example
 * ```ts
 * import { arena, depthwiseConv2d } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float32Array([1, 10, 2, 20, 3, 30])) // one image, 1 × 3, two channels
 * const filter = scratch.copy(new Float32Array([1, 1, -1, 1])) // 1 × 2: left − right, left + right
 * const y = scratch.alloc('f32', 4)
 * depthwiseConv2d({ input: [1, 1, 3, 2], filter: [1, 2, 2, 1] }, { x, filter, y })
 * y.view // → [-1,30,-1,50]
 * ```
 */
export function depthwiseConv2d(shape: DepthwiseConv2dShape, operands: ConvolutionOperands): void {
  const { x, filter, bias, y, activation } = operands
  const g = depthwiseConv2dGeometry(shape)
  const heap = checkOperands('depthwiseConv2d', g, operands)
  const limits = boundsOf('depthwiseConv2d', activation)
  if (sizeOf(g.output) === 0) return
  using scratch = arena(heap)
  const { ptr } = repeated(heap, x, g, () => scratch.alloc('f32', sizeOf(g.input) * g.filter[3]))
  const place = placeGeometry(heap, perChannel(g))
  const args = [place.geometry, ptr, filter.ptr, bias?.ptr ?? 0, y.ptr, ...limits, place.scratch, place.stride]
  heap.parallel(heap.load(depthwiseBinary), 'depthwise_forward', args, {
    count: g.output[0] * g.output[1],
    grain: grainOf((g.output[2] * sizeOf(g.filter)) / 4),
  })
}

/**
 * The gradient of `depthwiseConv2d` with respect to its input: dx from dy.
 *
 * @example
 * ```ts
 * import { arena, depthwiseConv2dInputGradient } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const dy = scratch.copy(new Float32Array([1, 1]))
 * const filter = scratch.copy(new Float32Array([1, 2]))
 * const dx = scratch.alloc('f32', 3)
 * depthwiseConv2dInputGradient({ input: [1, 1, 3, 1], filter: [1, 2, 1, 1] }, { dy, filter, dx })
 * dx.view // → [1,3,2]
 * ```
 */
export function depthwiseConv2dInputGradient(
  shape: DepthwiseConv2dShape,
  { dy, filter, dx }: { dy: Block<'f32'>; filter: Block<'f32'>; dx: Block<'f32'> },
): void {
  const who = 'depthwiseConv2dInputGradient'
  const g = depthwiseConv2dGeometry(shape)
  const size = sizeOf(g.input)
  const operands = { dy: [dy, sizeOf(g.output)], filter: [filter, sizeOf(g.filter)], dx: [dx, size] } as const
  const heap = heapOf(who, operands)
  refuseShared(who, 'dx', operands)
  if (size === 0) return
  const family = heap.load(depthwiseBinary)
  const times = g.filter[3]
  using scratch = arena(heap)
  const to = times === 1 ? dx : scratch.alloc('f32', size * times)
  const place = placeGeometry(heap, perChannel(g))
  const args = [place.geometry, dy.ptr, filter.ptr, to.ptr, place.scratch, place.stride]
  heap.parallel(family, 'depthwise_input', args, {
    count: g.input[0] * g.input[1],
    grain: grainOf((g.input[2] * sizeOf(g.filter)) / 4),
  })
  if (times !== 1) heap.parallel(family, 'sum_groups', [times, to.ptr, dx.ptr], { count: size, grain: GRAIN })
}

/**
 * The gradient of `depthwiseConv2d` with respect to its filter: dfilter from x and dy.
 *
 * @example
 * ```ts
 * import { arena, depthwiseConv2dFilterGradient } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float32Array([1, 2, 3]))
 * const dy = scratch.copy(new Float32Array([1, 10]))
 * const dfilter = scratch.alloc('f32', 2)
 * depthwiseConv2dFilterGradient({ input: [1, 1, 3, 1], filter: [1, 2, 1, 1] }, { x, dy, dfilter })
 * dfilter.view // → [21,32]
 * ```
 */
export function depthwiseConv2dFilterGradient(
  shape: DepthwiseConv2dShape,
  { x, dy, dfilter }: { x: Block<'f32'>; dy: Block<'f32'>; dfilter: Block<'f32'> },
): void {
  const who = 'depthwiseConv2dFilterGradient'
  const g = depthwiseConv2dGeometry(shape)
  const size = sizeOf(g.filter)
  const operands = { x: [x, sizeOf(g.input)], dy: [dy, sizeOf(g.output)], dfilter: [dfilter, size] } as const
  const heap = heapOf(who, operands)
  refuseShared(who, 'dfilter', operands)
  if (size === 0) return
  const family = heap.load(depthwiseBinary)
  const allRows = g.output[0] * g.output[1]
  const rows = Math.max(1, Math.ceil(allRows / MOST_PARTS))
  // One part even where there is no row to sum: it is zero.
  const count = Math.max(1, Math.ceil(allRows / rows))
  using scratch = arena(heap)
  const { ptr } = repeated(heap, x, g, () => scratch.alloc('f32', sizeOf(g.input) * g.filter[3]))
  const parts = scratch.alloc('f32', count * size)
  const { geometry } = placeGeometry(heap, perChannel(g))
  heap.parallel(family, 'depthwise_filter', [geometry, rows, ptr, dy.ptr, parts.ptr], {
    count,
    grain: grainOf(rows * g.output[2] * (size / 4)),
  })
  heap.parallel(family, 'depthwise_filter_sum', [parts.ptr, count, size, dfilter.ptr], {
    count: size,
    grain: Math.ceil(GRAIN / count),
  })
}

/** The same work with one filter per channel: each channel repeated as often as it has filters. */
function perChannel(g: DepthwiseConv2dGeometry): DepthwiseConv2dGeometry {
  const [batch, height, width] = g.input
  return { ...g, input: [batch, height, width, g.output[3]] }
}

/** x with every channel repeated as often as it has filters; x itself where that is once. */
function repeated(heap: Heap, x: Block<'f32'>, g: DepthwiseConv2dGeometry, room: () => Block<'f32'>): Block<'f32'> {
  const times = g.filter[3]
  if (times === 1) return x
  const y = room()
  heap.parallel(heap.load(depthwiseBinary), 'repeat_values', [times, x.ptr, y.ptr], {
    count: sizeOf(g.input),
    grain: GRAIN,
  })
  return y
}
