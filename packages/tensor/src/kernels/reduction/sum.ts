import { arena } from '../heap/arena.ts'
import type { Block } from '../heap/block.ts'
import type { Heap } from '../heap/heap.ts'
import { refuseOverlap } from '../heap/overlap.ts'
import { heapOf } from '../heap/operands.ts'
import { COLUMN_PART, ROW_PART, STRIP, axisOf, splitOf } from './reduction.ts'
import type { Axis, AxisOptions } from './reduction.ts'
import { reduceBinary } from '../wasm/reduce.generated.ts'

/** What a sum may be written to. Sums of every type are kept in f64 and rounded once, at the end. */
export type SumOf<D extends 'f64' | 'f32' | 'i32'> = D extends 'f32' ? 'f32' | 'f64' : 'f64'

/** The numbers that kernels/reduce.ts knows the operations by. */
const SUM = 0
const SQUARES = 1
const PRODUCT = 2

/**
 * Sums along an axis, or over everything. Rounding grows with the logarithm of the size, integers are exact up to 2⁵³,
 * and every thread count gives the same bits.
 *
 * @example
 * ```ts
 * import { arena, sum } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float32Array([1, 2, 3, 4, 5, 6]))
 * const out = scratch.alloc('f32', 3)
 * sum(x, out, { size: 2, inner: 3 }) // down the columns of [[1, 2, 3], [4, 5, 6]]
 * out.view // → [5,7,9]
 * ```
 */
export function sum<D extends 'f64' | 'f32' | 'i32'>(x: Block<D>, out: Block<SumOf<D>>, axis: AxisOptions = {}): void {
  fold('sum', x, out, { axis, op: SUM })
}

/**
 * Means along an axis, or over everything; as accurate as `sum`. The mean of nothing is NaN.
 *
 * @example
 * ```ts
 * import { arena, mean } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const out = scratch.alloc('f64', 2)
 * mean(scratch.copy(new Int32Array([1, 2, 3, 4])), out, { outer: 2 }) // of the rows [1, 2] and [3, 4]
 * out.view // → [1.5,3.5]
 * ```
 */
export function mean<D extends 'f64' | 'f32' | 'i32'>(x: Block<D>, out: Block<SumOf<D>>, axis: AxisOptions = {}): void {
  fold('mean', x, out, { axis, op: SUM, divide: true })
}

/**
 * Sums of squares along an axis, or over everything; as accurate as `sum`.
 *
 * @example
 * ```ts
 * import { arena, sumOfSquares } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const out = scratch.alloc('f64', 1)
 * sumOfSquares(scratch.copy(new Float64Array([1, 2, 3])), out)
 * out.view // → [14]
 * ```
 */
export function sumOfSquares<D extends 'f64' | 'f32' | 'i32'>(
  x: Block<D>,
  out: Block<SumOf<D>>,
  axis: AxisOptions = {},
): void {
  fold('sumOfSquares', x, out, { axis, op: SQUARES })
}

/**
 * Products along an axis, or over everything. The product of nothing is 1.
 *
 * @example
 * ```ts
 * import { arena, prod } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const out = scratch.alloc('f64', 1)
 * prod(scratch.copy(new Float64Array([2, 3, 4])), out)
 * out.view // → [24]
 * ```
 */
export function prod<D extends 'f64' | 'f32' | 'i32'>(x: Block<D>, out: Block<SumOf<D>>, axis: AxisOptions = {}): void {
  fold('prod', x, out, { axis, op: PRODUCT })
}

interface Fold {
  readonly axis: AxisOptions
  readonly op: number
  readonly divide?: boolean
}

function fold(
  who: string,
  x: Block<'f64' | 'f32' | 'i32'>,
  out: Block<'f64' | 'f32'>,
  { axis, op, divide }: Fold,
): void {
  const sizes = axisOf(who, x, axis)
  const { size, outer, inner } = sizes
  const heap = heapOf(who, { x: [x, outer * size * inner], out: [out, outer * inner] })
  if (outer * inner === 0) return
  if (size === 0) {
    out.at(0, outer * inner).view.fill(op === PRODUCT ? 1 : divide ? NaN : 0)
    return
  }
  refuseOverlap(who, x.at(0, outer * size * inner), out.at(0, outer * inner))
  const step = inner === 1 ? foldRows : foldColumns
  step(heap, op, x, { ...sizes, out, divisor: divide ? size : 1 })
}

interface Step extends Axis {
  readonly out: Block<'f64' | 'f32'>
  readonly divisor: number
}

/** Parts of a long axis first, then the parts' results: as often as it takes. */
function foldRows(
  heap: Heap,
  op: number,
  x: Block<'f64' | 'f32' | 'i32'>,
  { size, outer, inner, out, divisor }: Step,
): void {
  const parts = Math.ceil(size / ROW_PART)
  const split = splitOf(outer * parts, Math.min(size, ROW_PART))
  const family = heap.load(reduceBinary)
  const kernel = `fold_rows_${x.dtype}`
  if (parts === 1) {
    heap.parallel(family, kernel, [op, x.ptr, out.ptr, size, ROW_PART, divisor, wide(out)], split)
    return
  }
  using scratch = arena(heap)
  const partial = scratch.alloc('f64', outer * parts)
  heap.parallel(family, kernel, [op, x.ptr, partial.ptr, size, ROW_PART, 1, wide(partial)], split)
  foldRows(heap, joining(op), partial, { size: parts, outer, inner, out, divisor })
}

function foldColumns(
  heap: Heap,
  op: number,
  x: Block<'f64' | 'f32' | 'i32'>,
  { size, outer, inner, out, divisor }: Step,
): void {
  const parts = Math.ceil(size / COLUMN_PART)
  const split = splitOf(outer * parts * Math.ceil(inner / STRIP), Math.min(size, COLUMN_PART) * Math.min(inner, STRIP))
  const family = heap.load(reduceBinary)
  const kernel = `fold_columns_${x.dtype}`
  const { ptr, stride } = heap.scratch(STRIP * 8)
  if (parts === 1) {
    const args = [op, x.ptr, out.ptr, size, inner, COLUMN_PART, STRIP, divisor, wide(out), ptr, stride]
    heap.parallel(family, kernel, args, split)
    return
  }
  using scratch = arena(heap)
  const partial = scratch.alloc('f64', outer * parts * inner)
  const args = [op, x.ptr, partial.ptr, size, inner, COLUMN_PART, STRIP, 1, wide(partial), ptr, stride]
  heap.parallel(family, kernel, args, split)
  foldColumns(heap, joining(op), partial, { size: parts, outer, inner, out, divisor })
}

/** Sums of squares are joined by adding. */
function joining(op: number): number {
  return op === SQUARES ? SUM : op
}

function wide(out: Block<'f64' | 'f32'>): number {
  return out.dtype === 'f64' ? 1 : 0
}
