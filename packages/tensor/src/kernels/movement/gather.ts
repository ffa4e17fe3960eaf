import type { Block } from '../heap/block.ts'
import { bytesOf } from '../heap/dtype.ts'
import type { DType } from '../heap/dtype.ts'
import type { Heap } from '../heap/heap.ts'
import { refuseOverlap } from '../heap/overlap.ts'
import { checkSizes, heapOf } from '../heap/operands.ts'
import { movementBinary } from '../wasm/movement.generated.ts'

/** Bytes that one piece should move at least, so that handing it to a thread pays. */
const PIECE = 65536

/** Indices that one call of a checking or adding kernel goes through: some tens of microseconds. */
const CHUNK = 65536

/** Columns that one thread adds up at a time: whole cache lines, so that threads stay out of each other's. */
const STRIP = 32

export interface GatherOptions {
  /** How many values along the axis that is indexed. */
  readonly size: number
  /** The product of the sizes before that axis. Default 1. */
  readonly outer?: number
  /** The product of the sizes after it: the length of the runs that are copied. Default 1. */
  readonly inner?: number
}

/**
 * out[o, i, ·] = x[o, index[i], ·]: picks rows by number, for all `outer` parts alike.
 *
 * @example
 * ```ts
 * import { arena, gather } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float32Array([1, 2, 3, 4, 5, 6]))
 * const out = scratch.alloc('f32', 4)
 * gather(x, scratch.copy(new Int32Array([2, 0])), out, { size: 3, inner: 2 })
 * out.view // → [5,6,1,2]
 * ```
 */
export function gather<D extends DType>(
  x: Block<D>,
  index: Block<'i32'>,
  out: Block<NoInfer<D>>,
  { size, outer = 1, inner = 1 }: GatherOptions,
): void {
  checkSizes('gather', { size, outer, inner })
  const rows = outer * index.length
  const operands = { x: [x, outer * size * inner], index: [index, index.length], out: [out, rows * inner] } as const
  const heap = heapOf('gather', operands)
  if (rows * inner === 0) return
  refuseOverlap('gather', x.at(0, outer * size * inner), out.at(0, rows * inner))
  refuseOverlap('gather', index, out.at(0, rows * inner))
  checkIndex('gather', heap, index, size)
  const run = inner * bytesOf[x.dtype]
  const args = [x.ptr, index.ptr, out.ptr, size, index.length, run]
  heap.parallel(heap.load(movementBinary), 'gather', args, { count: rows, grain: Math.ceil(PIECE / Math.max(16, run)) })
}

/**
 * out[index[i], ·] += rows[i, ·], in the order of i: the gradient of `gather`. The same bits at every thread count.
 *
 * @example
 * ```ts
 * import { arena, scatterAdd } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const out = scratch.zeros('f64', 3)
 * scatterAdd(scratch.copy(new Float64Array([1, 2, 4])), scratch.copy(new Int32Array([2, 0, 2])), out)
 * out.view // → [2,0,5]
 * ```
 */
export function scatterAdd<D extends 'f32' | 'f64'>(
  rows: Block<D>,
  index: Block<'i32'>,
  out: Block<NoInfer<D>>,
  { inner = 1 }: { readonly inner?: number } = {},
): void {
  checkSizes('scatterAdd', { inner })
  if (inner > 0 && out.length % inner !== 0) {
    throw new RangeError(`scatterAdd: out holds ${out.length} values, which is not a whole number of rows of ${inner}.`)
  }
  const n = index.length
  const heap = heapOf('scatterAdd', { rows: [rows, n * inner], index: [index, n], out: [out, out.length] })
  if (n * inner === 0) return
  refuseOverlap('scatterAdd', rows.at(0, n * inner), out)
  refuseOverlap('scatterAdd', index, out)
  checkIndex('scatterAdd', heap, index, out.length / inner)
  const family = heap.load(movementBinary)
  const kernel = rows.dtype === 'f32' ? 'scatter_add_f32' : 'scatter_add_f64'
  const chunk = Math.max(1, Math.floor(CHUNK / Math.min(inner, STRIP)))
  // Every thread goes through the chunk's rows in order, for columns of its own.
  const split = { count: Math.ceil(inner / STRIP), grain: 1 }
  for (let first = 0; first < n; first += chunk) {
    const args = [rows.ptr, index.ptr, out.ptr, first, Math.min(n, first + chunk), inner, STRIP]
    heap.parallel(family, kernel, args, split)
  }
}

/** Refuses an index that is not in 0 … limit - 1, and says which and where. */
export function checkIndex(who: string, heap: Heap, index: Block<'i32'>, limit: number): void {
  const { find_outside: find } = heap.load(movementBinary).kernels
  for (let begin = 0; begin < index.length; begin += CHUNK) {
    const at = Number(find(index.ptr, limit, begin, Math.min(index.length, begin + CHUNK)))
    if (at < 0) continue
    throw new RangeError(
      `${who}: index[${at}] is ${index.view[at]}, but must be from 0 to ${limit - 1}. Nothing was written.`,
    )
  }
}
