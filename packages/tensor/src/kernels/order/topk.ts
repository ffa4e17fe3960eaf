import { arena } from '../heap/arena.ts'
import type { Block } from '../heap/block.ts'
import { gather } from '../movement/gather.ts'
import { refuseOverlap } from '../heap/overlap.ts'
import { checkSizes, heapOf } from '../heap/operands.ts'
import { argsort } from './sort.ts'
import { sortBinary } from '../wasm/sort.generated.ts'

export interface TopkOptions {
  /** How many values of each row. */
  readonly k: number
  /** How many rows x has. Default 1. */
  readonly rows?: number
  /** The smallest values instead of the largest. Default false. */
  readonly smallest?: boolean
}

/** Values that are worth handing to another thread. */
const PIECE = 32768

/** The bits that kernels/sort.ts knows the options by: descending, and zeros of both signs equal. */
const DESCENDING = 1
const EQUAL_ZEROS = 2

/**
 * The k largest (or smallest) values of each row in sorted order, and where in the row they stand. Of equals the first
 * come first; NaN comes after every number.
 *
 * @example
 * ```ts
 * import { arena, topk } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const values = scratch.alloc('f32', 2)
 * const index = scratch.alloc('i32', 2)
 * topk(scratch.copy(new Float32Array([1, 5, 3, 5])), values, index, { k: 2 })
 * index.view // → [1,3]
 * ```
 */
export function topk<D extends 'f64' | 'f32' | 'i32'>(
  x: Block<D>,
  values: Block<NoInfer<D>>,
  index: Block<'i32'>,
  { k, rows = 1, smallest = false }: TopkOptions,
): void {
  checkSizes('topk', { k, rows })
  const n = rows === 0 ? 0 : x.length / rows
  if (!Number.isInteger(n)) throw new RangeError(`topk: x holds ${x.length} values, which is not ${rows} equal rows.`)
  if (k > n && rows > 0) throw new RangeError(`topk: k is ${k}, but a row has ${n} values. k must not be more.`)
  const heap = heapOf('topk', { x: [x, x.length], values: [values, rows * k], index: [index, rows * k] })
  if (rows * k === 0) return
  refuseOverlap('topk', x, values.at(0, rows * k))
  refuseOverlap('topk', x, index.at(0, rows * k))
  // The heap costs log k for each value that gets in, sorting the same for every value.
  if (k > 64 && k > n / 8) {
    using scratch = arena(heap)
    const order = scratch.alloc('i32', n)
    for (let row = 0; row < rows; row++) {
      argsort(x.at(row * n, n), order, { descending: !smallest })
      const first = index.at(row * k, k)
      first.view.set(order.view.subarray(0, k))
      gather(x.at(row * n, n), first, values.at(row * k, k), { size: n })
    }
    return
  }
  const flags = EQUAL_ZEROS | (smallest ? 0 : DESCENDING)
  const { ptr, stride } = heap.scratch(k * 16)
  const args = [x.ptr, values.ptr, index.ptr, n, k, flags, ptr, stride]
  const split = { count: rows, grain: Math.ceil(PIECE / n) }
  heap.parallel(heap.load(sortBinary), `top_${x.dtype}`, args, split)
}
