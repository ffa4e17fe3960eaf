import type { Block } from '../heap/block.ts'
import { bytesOf } from '../heap/dtype.ts'
import type { DType } from '../heap/dtype.ts'
import type { Heap } from '../heap/heap.ts'
import { heapOf } from '../heap/operands.ts'
import { movementBinary } from '../wasm/movement.generated.ts'
import { refuseOverlap } from '../heap/overlap.ts'
import { PIECE, checkShape, copyLayout, sizeOf } from './layout.ts'

export interface ConcatOptions {
  /** The sizes of the axes of each block, row-major; they may differ along `axis` only. */
  readonly shapes: readonly (readonly number[])[]
  /** The axis along which the blocks follow each other. */
  readonly axis: number
}

/**
 * Writes blocks one after another along an axis into `out`.
 *
 * @example
 * ```ts
 * import { arena, concat } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const a = scratch.copy(new Float32Array([1, 2]))
 * const b = scratch.copy(new Float32Array([3, 4, 5, 6]))
 * const out = scratch.alloc('f32', 6)
 * concat([a, b], out, { shapes: [[2, 1], [2, 2]], axis: 1 })
 * out.view // → [1,3,4,2,5,6]
 * ```
 */
export function concat<D extends DType>(
  blocks: readonly Block<D>[],
  out: Block<NoInfer<D>>,
  { shapes, axis }: ConcatOptions,
): void {
  checkShapes(blocks.length, shapes, axis)
  const operands = blocks.map((block, i) => [`blocks[${i}]`, [block, sizeOf(shapes[i])]] as const)
  const needed = shapes.reduce((sum, shape) => sum + sizeOf(shape), 0)
  const heap = heapOf('concat', { out: [out, needed], ...Object.fromEntries(operands) })
  for (const [i, block] of blocks.entries()) refuseOverlap('concat', block.at(0, sizeOf(shapes[i])), out.at(0, needed))
  const bytes = bytesOf[out.dtype]
  const outer = sizeOf(shapes[0].slice(0, axis))
  const wide = (needed / outer) * bytes
  if (blocks.length > 1 && outer > 1 && wide <= PIECE) {
    const runs = shapes.map((shape) => sizeOf(shape.slice(axis)) * bytes)
    concatRows(heap, { blocks, runs, to: out.ptr, rows: outer, wide })
    return
  }
  let to = out.ptr
  for (const [i, block] of blocks.entries()) {
    const run = sizeOf(shapes[i].slice(axis))
    const axes = [
      { size: outer, from: run * bytes, to: wide },
      { size: run, from: bytes, to: bytes },
    ]
    copyLayout(heap, { who: 'concat', from: block.ptr, to, bytes, axes })
    to += run * bytes
  }
}

interface Rows {
  readonly blocks: readonly Block[]
  /** Bytes that a row of each block has. */
  readonly runs: readonly number[]
  readonly to: number
  readonly rows: number
  /** Bytes of a row of the output. */
  readonly wide: number
}

/** Short rows: the output is written once from its start to its end. */
function concatRows(heap: Heap, { blocks, runs, to, rows, wide }: Rows): void {
  const { ptr } = heap.scratch(8 * blocks.length)
  const list = new Uint32Array(heap.memory.buffer, ptr, 2 * blocks.length)
  for (const [i, block] of blocks.entries()) list.set([block.ptr, runs[i]], 2 * i)
  const split = { count: rows, grain: Math.ceil(PIECE / Math.max(1, wide)) }
  heap.parallel(heap.load(movementBinary), 'concat_rows', [ptr, blocks.length, to, wide], split)
}

function checkShapes(blocks: number, shapes: readonly (readonly number[])[], axis: number): void {
  if (shapes.length !== blocks || blocks === 0) {
    throw new RangeError(
      `concat: got ${blocks} blocks and ${shapes.length} shapes. Give at least one, and a shape each.`,
    )
  }
  const [first] = shapes
  if (!Number.isInteger(axis) || axis < 0 || axis >= first.length) {
    throw new RangeError(`concat: axis must be a whole number from 0 to ${first.length - 1}, got ${axis}.`)
  }
  for (const shape of shapes) {
    checkShape('concat', shape)
    if (shape.length === first.length && shape.every((size, i) => i === axis || size === first[i])) continue
    throw new RangeError(
      `concat: cannot join [${first.join(', ')}] and [${shape.join(', ')}] along axis ${axis}. The other sizes must match.`,
    )
  }
}
