import { arena } from '../heap/arena.ts'
import type { Arena } from '../heap/arena.ts'
import type { Block } from '../heap/block.ts'
import { sizeOf } from '../movement/layout.ts'
import { heapOf } from '../heap/operands.ts'
import { convBinary } from '../wasm/conv.generated.ts'
import { boundsOf, checkOperands, grainOf, placeGeometry, refuseShared } from './window2d-call.ts'
import type { ConvolutionOperands } from './window2d-call.ts'
import { conv2dGeometry } from './window2d.ts'
import type { Conv2dGeometry, Conv2dShape } from './window2d.ts'

/** Pixels, or rows of the filter, of one piece of work; the same number stands in kernels/conv.ts. */
const BLOCK = 60

/** Columns of a packed strip. */
const STRIP = 8

/** Products that one sum runs over at most, before it is added to memory. */
const DEPTH = 256

/** Columns that are worked through together in kernels/conv.ts. */
const PANEL = 512

/** Bytes of scratch memory that kernels/conv.ts lays out for itself: spill, phase, pixels, zeros, a strip. */
const WORK = 64 + 128 + 16 * DEPTH + 4 * DEPTH + 6 * 16 * DEPTH

/** Values below which waking a second thread costs more than it saves. */
const GRAIN = 32768

/**
 * Convolution of images with a filter, as neural networks have it (the filter is not flipped), with an optional bias
 * and activation on the way out.
 *
 * @example
 * ```ts
 * import { arena, conv2d, conv2dGeometry } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const geometry = conv2dGeometry({ input: [1, 1, 4, 1], filter: [1, 2, 1, 1] })
 * const x = scratch.copy(new Float32Array([1, 2, 4, 8]))
 * const filter = scratch.copy(new Float32Array([-1, 1]))
 * const y = scratch.alloc('f32', 3)
 * conv2d(geometry, { x, filter, y })
 * y.view // → [1,2,4]
 * ```
 */
export function conv2d(shape: Conv2dShape, operands: ConvolutionOperands): void {
  const { x, filter, bias, y, activation } = operands
  const g = conv2dGeometry(shape)
  const heap = checkOperands('conv2d', g, operands)
  const limits = boundsOf('conv2d', activation)
  if (sizeOf(g.output) === 0) return
  const family = heap.load(convBinary)
  const depth = g.filter[0] * g.filter[1] * g.filter[2]
  const channels = g.filter[3]
  using scratch = arena(heap)
  const packed = scratch.alloc('f32', roundUp(channels, STRIP) * depth)
  heap.parallel(family, 'conv_pack', [depth, channels, filter.ptr, packed.ptr], {
    count: Math.ceil(channels / STRIP),
    grain: Math.ceil(GRAIN / Math.max(1, STRIP * depth)),
  })
  const from = padded(scratch, x, g)
  const place = placeGeometry(heap, from.geometry, WORK)
  const args = [place.geometry, from.x.ptr, packed.ptr, bias?.ptr ?? 0, y.ptr, ...limits, place.scratch, place.stride]
  heap.parallel(family, 'conv_forward', args, {
    count: Math.ceil(sizeOf(g.output.slice(0, 3)) / BLOCK),
    grain: grainOf((BLOCK * sizeOf(g.filter)) / 4),
  })
}

/**
 * The gradient of `conv2d` with respect to its input: dx from dy.
 *
 * @example
 * ```ts
 * import { arena, conv2dInputGradient } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const dy = scratch.copy(new Float32Array([1, 0, 10]))
 * const filter = scratch.copy(new Float32Array([-1, 1]))
 * const dx = scratch.alloc('f32', 4)
 * conv2dInputGradient({ input: [1, 1, 4, 1], filter: [1, 2, 1, 1] }, { dy, filter, dx })
 * dx.view // → [-1,1,-10,10]
 * ```
 */
export function conv2dInputGradient(
  shape: Conv2dShape,
  { dy, filter, dx }: { dy: Block<'f32'>; filter: Block<'f32'>; dx: Block<'f32'> },
): void {
  const who = 'conv2dInputGradient'
  const g = conv2dGeometry(shape)
  const operands = {
    dy: [dy, sizeOf(g.output)],
    filter: [filter, sizeOf(g.filter)],
    dx: [dx, sizeOf(g.input)],
  } as const
  const heap = heapOf(who, operands)
  refuseShared(who, 'dx', operands)
  if (sizeOf(g.input) === 0) return
  const family = heap.load(convBinary)
  const [height, width, inChannels, outChannels] = g.filter
  const strips = Math.ceil(inChannels / STRIP)
  const [down, across] = g.strides
  using scratch = arena(heap)
  const packed = scratch.alloc('f32', strips * STRIP * height * width * outChannels)
  const { geometry, scratch: work, stride } = placeGeometry(heap, g, WORK + 4 * BLOCK * inChannels)
  heap.parallel(family, 'conv_pack_input', [geometry, filter.ptr, packed.ptr, work, stride], {
    count: strips * down * across,
    grain: Math.ceil(GRAIN / Math.max(1, sizeOf(g.filter) / (strips * down * across))),
  })
  // Each phase of the strides has at most as many pixels as the first.
  const pixels = g.input[0] * Math.ceil(g.input[1] / down) * Math.ceil(g.input[2] / across)
  const blocks = Math.ceil(pixels / BLOCK)
  heap.parallel(family, 'conv_input', [geometry, blocks, dy.ptr, packed.ptr, dx.ptr, work, stride], {
    count: blocks * down * across,
    grain: grainOf((BLOCK * sizeOf(g.filter)) / (4 * down * across)),
  })
}

/**
 * The gradient of `conv2d` with respect to its filter: dfilter from x and dy.
 *
 * @example
 * ```ts
 * import { arena, conv2dFilterGradient } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float32Array([1, 2, 4, 8]))
 * const dy = scratch.copy(new Float32Array([1, 0, 10]))
 * const dfilter = scratch.alloc('f32', 2)
 * conv2dFilterGradient({ input: [1, 1, 4, 1], filter: [1, 2, 1, 1] }, { x, dy, dfilter })
 * dfilter.view // → [41,82]
 * ```
 */
export function conv2dFilterGradient(
  shape: Conv2dShape,
  { x, dy, dfilter }: { x: Block<'f32'>; dy: Block<'f32'>; dfilter: Block<'f32'> },
): void {
  const who = 'conv2dFilterGradient'
  const g = conv2dGeometry(shape)
  const size = sizeOf(g.filter)
  const operands = { x: [x, sizeOf(g.input)], dy: [dy, sizeOf(g.output)], dfilter: [dfilter, size] } as const
  const heap = heapOf(who, operands)
  refuseShared(who, 'dfilter', operands)
  const { bands, segment, count } = filterPieces(g)
  if (size === 0 || count === 0) {
    dfilter.view.fill(0, 0, size)
    return
  }
  const family = heap.load(convBinary)
  using scratch = arena(heap)
  const parts = count === 1 ? dfilter : scratch.alloc('f32', count * size)
  const from = padded(scratch, x, g)
  const place = placeGeometry(heap, from.geometry, WORK + 4 * DEPTH * roundUp(Math.min(PANEL, g.filter[3]), STRIP))
  const args = [place.geometry, bands, segment, from.x.ptr, dy.ptr, parts.ptr, place.scratch, place.stride]
  heap.parallel(family, 'conv_filter', args, {
    count: bands * count,
    grain: grainOf((segment * size) / bands / 4),
  })
  if (count === 1) return
  heap.parallel(family, 'conv_filter_sum', [parts.ptr, count, size, dfilter.ptr], {
    count: size,
    grain: Math.ceil(GRAIN / count),
  })
}

/** Up to this many channels it is faster to copy an image with zeros around it than to look for its borders. */
const FEW = 16

/** The same convolution without padding, on a copy that has it; where there are many channels, on x as it is. */
function padded(scratch: Arena, x: Block<'f32'>, g: Conv2dGeometry): { x: Block<'f32'>; geometry: Conv2dGeometry } {
  const [batch, height, width, channels] = g.input
  const [[top, bottom], [left, right]] = g.pad
  if (channels > FEW || top + bottom + left + right === 0) return { x, geometry: g }
  const { heap } = scratch
  const input = [batch, top + height + bottom, left + width + right, channels] as const
  const copy = scratch.alloc('f32', sizeOf(input))
  const { geometry } = placeGeometry(heap, g)
  heap.parallel(heap.load(convBinary), 'conv_pad', [geometry, bottom, right, x.ptr, copy.ptr], {
    count: input[0] * input[1],
    grain: Math.ceil(GRAIN / (input[2] * channels)),
  })
  return { x: copy, geometry: { ...g, input, pad: NO_PAD } }
}

const NO_PAD = [
  [0, 0],
  [0, 0],
] as const

/** Pieces that there should be at least, so that threads get equal shares. */
const PIECES = 16

/** Multiply-adds of a piece: some milliseconds, since engines don't replace running code by faster code. */
const MOST_WORK = 40e6

/** Output pixels below which a segment of its own costs more than it saves. */
const LEAST_SEGMENT = 2 * DEPTH

/** Segments that there may be at most: each takes memory for a filter. */
const MOST_SEGMENTS = 32

/**
 * The filter's gradient is cut into bands of rows, and the output pixels that it is summed over into segments, by its
 * sizes alone: the same sums at every number of threads.
 */
function filterPieces(g: Conv2dGeometry): { bands: number; segment: number; count: number } {
  const pixels = sizeOf(g.output.slice(0, 3))
  const bands = Math.ceil((g.filter[0] * g.filter[1] * g.filter[2]) / BLOCK)
  const wanted = Math.max(PIECES / bands, (BLOCK * g.filter[3] * pixels) / MOST_WORK)
  const segments = Math.max(1, Math.min(Math.ceil(wanted), MOST_SEGMENTS, Math.floor(pixels / LEAST_SEGMENT)))
  const segment = Math.ceil(pixels / segments)
  return { bands, segment, count: segment === 0 ? 0 : Math.ceil(pixels / segment) }
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step
}
