import type { Block } from '../heap/block.ts'
import type { Heap } from '../heap/heap.ts'
import { sizeOf } from '../movement/layout.ts'
import { heapOf } from '../heap/operands.ts'
import type { Operands } from '../heap/operands.ts'
import { shareBytes } from '../heap/overlap.ts'
import type { Conv2dGeometry, DepthwiseConv2dGeometry, Geometry2d } from './window2d.ts'

/** What a convolution does to its sums at the end: nothing, max(x, 0), or min(max(x, 0), 6). */
export type Activation = 'none' | 'relu' | 'relu6'

const bounds: Readonly<Record<Activation, readonly [least: number, most: number]>> = {
  none: [-Infinity, Infinity],
  relu: [0, Infinity],
  relu6: [0, 6],
}

/** What `conv2d` and `depthwiseConv2d` read and write. */
export interface ConvolutionOperands {
  /** The images, [batch, height, width, channels]. */
  x: Block<'f32'>
  /** The filter, of the shape that the geometry names. */
  filter: Block<'f32'>
  /** Added to every pixel: one value per output channel. Default: none. */
  bias?: Block<'f32'>
  /** Where the result goes, [batch, height, width, output channels]. */
  y: Block<'f32'>
  /** Default `'none'`. */
  activation?: Activation
}

/** Refuses operands that don't fit the sizes; gives their heap. */
export function checkOperands(
  who: string,
  g: Conv2dGeometry | DepthwiseConv2dGeometry,
  { x, filter, bias, y }: ConvolutionOperands,
): Heap {
  const operands: Operands = {
    ...{ x: [x, sizeOf(g.input)], filter: [filter, sizeOf(g.filter)], y: [y, sizeOf(g.output)] },
    ...(bias && { bias: [bias, g.output[3]] }),
  }
  const heap = heapOf(who, operands)
  refuseShared(who, 'y', operands)
  return heap
}

/** The bounds that an activation clamps to. */
export function boundsOf(who: string, activation: Activation = 'none'): readonly [least: number, most: number] {
  if (!Object.hasOwn(bounds, activation)) {
    throw new RangeError(`${who}: activation must be 'none', 'relu' or 'relu6', got ${JSON.stringify(activation)}.`)
  }
  return bounds[activation]
}

/** Multiply-adds that one call of a kernel should do at least: some 20 µs. */
const WORK = 100_000

/** How many pieces of `work` multiply-adds one call of a kernel should take. */
export function grainOf(work: number): number {
  return Math.max(1, Math.ceil(WORK / Math.max(1, work)))
}

/** Bytes of `Geometry` in kernels/parts/window.ts, in whole cache lines. */
const GEOMETRY = 64

/** Bytes of one tap in a kernel's list of taps. */
const TAP = 16

/**
 * Writes the sizes to the front of the heap's scratch space, where every thread reads them, and gives its address with
 * what a kernel gets as its own scratch: room for two lists of taps and `bytes` more.
 */
export function placeGeometry(
  heap: Heap,
  g: Geometry2d,
  bytes = 0,
): { geometry: number; scratch: number; stride: number } {
  const [height, width] = g.kind === 'pool2d' ? g.window : g.filter
  const { ptr, stride } = heap.scratch(GEOMETRY + 2 * TAP * height * width + bytes)
  const sizes = [
    ...g.input,
    ...g.output.slice(1),
    height,
    width,
    ...g.strides,
    ...g.dilations,
    g.pad[0][0],
    g.pad[1][0],
  ]
  new Int32Array(heap.memory.buffer, ptr, sizes.length).set(sizes)
  return { geometry: ptr, scratch: ptr + GEOMETRY, stride }
}

/** Refuses an output that shares memory with an input: kernels read inputs again after they have begun to write. */
export function refuseShared(who: string, out: string, operands: Operands): void {
  const [block, needed] = operands[out]
  const written = block.at(0, needed)
  for (const name in operands) {
    const [other, length] = operands[name]
    if (name === out || needed === 0 || length === 0) continue
    if (shareBytes(written, other.at(0, length))) {
      throw new Error(`${who}: ${out} shares memory with ${name}. Take another block for ${out}.`)
    }
  }
}
