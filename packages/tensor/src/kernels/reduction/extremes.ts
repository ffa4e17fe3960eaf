import { arena } from '../heap/arena.ts'
import type { Block } from '../heap/block.ts'
import type { Heap } from '../heap/heap.ts'
import { refuseOverlap } from '../heap/overlap.ts'
import { heapOf } from '../heap/operands.ts'
import { COLUMN_PART, STRIP, axisOf, splitOf } from './reduction.ts'
import type { Axis, AxisOptions } from './reduction.ts'
import { reduceBinary } from '../wasm/reduce.generated.ts'

/** Values that one part of a long row has. */
const PART = 16384

type Ordered = 'f64' | 'f32' | 'i32'

/**
 * The largest values along an axis, or of everything; NaN where there is one.
 *
 * @example
 * ```ts
 * import { arena, max } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const out = scratch.alloc('f32', 2)
 * max(scratch.copy(new Float32Array([1, 5, 4, 2, 3, NaN])), out, { outer: 2 })
 * out.view // → [5,NaN]
 * ```
 */
export function max<D extends Ordered>(x: Block<D>, out: Block<NoInfer<D>>, axis: AxisOptions = {}): void {
  extreme('max', x, out, axis)
}

/**
 * The smallest values along an axis, or of everything; NaN where there is one.
 *
 * @example
 * ```ts
 * import { arena, min } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const out = scratch.alloc('i32', 3)
 * min(scratch.copy(new Int32Array([1, 5, 4, 2, 3, 6])), out, { inner: 3 })
 * out.view // → [1,3,4]
 * ```
 */
export function min<D extends Ordered>(x: Block<D>, out: Block<NoInfer<D>>, axis: AxisOptions = {}): void {
  extreme('min', x, out, axis)
}

/**
 * Where along an axis the largest value stands: the first NaN if there is one, the first of equals.
 *
 * @example
 * ```ts
 * import { arena, argmax } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const out = scratch.alloc('i32', 1)
 * argmax(scratch.copy(new Float64Array([1, 3, 2, 3])), out)
 * out.view // → [1]
 * ```
 */
export function argmax(x: Block<Ordered>, out: Block<'i32'>, axis: AxisOptions = {}): void {
  where('argmax', x, out, axis)
}

/**
 * Where along an axis the smallest value stands: the first NaN if there is one, the first of equals.
 *
 * @example
 * ```ts
 * import { arena, argmin } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const out = scratch.alloc('i32', 2)
 * argmin(scratch.copy(new Float64Array([1, 3, NaN, 0])), out, { outer: 2 })
 * out.view // → [0,0]
 * ```
 */
export function argmin(x: Block<Ordered>, out: Block<'i32'>, axis: AxisOptions = {}): void {
  where('argmin', x, out, axis)
}

/** Checks what all four share; nothing is left to do where the result is undefined. */
function prepare(who: string, x: Block<Ordered>, out: Block<Ordered>, axis: AxisOptions): [Heap, Axis] | undefined {
  const sizes = axisOf(who, x, axis)
  const { size, outer, inner } = sizes
  const heap = heapOf(who, { x: [x, outer * size * inner], out: [out, outer * inner] })
  if (outer * inner === 0) return undefined
  if (size === 0) throw new RangeError(`${who}: the axis holds no values, and there is no ${who} of nothing.`)
  refuseOverlap(who, x.at(0, outer * size * inner), out.at(0, outer * inner))
  return [heap, sizes]
}

function extreme(who: 'max' | 'min', x: Block<Ordered>, out: Block<Ordered>, axis: AxisOptions): void {
  const prepared = prepare(who, x, out, axis)
  if (prepared) extremeStep(prepared[0], who === 'max' ? 1 : 0, x, { ...prepared[1], out })
}

/** Parts of a long axis first, then the parts' results: as often as it takes. */
function extremeStep(heap: Heap, most: number, x: Block<Ordered>, step: Axis & { out: Block<Ordered> }): void {
  const { size, outer, inner, out } = step
  const rows = inner === 1
  const part = rows ? PART : COLUMN_PART
  const parts = Math.ceil(size / part)
  const strip = Math.min(inner, STRIP)
  const split = splitOf(outer * parts * Math.ceil(inner / strip), Math.min(size, part) * strip)
  const kernel = `extreme_${rows ? 'rows' : 'columns'}_${x.dtype}`
  const layout = rows ? [size, part] : [size, inner, part, strip]
  const family = heap.load(reduceBinary)
  if (parts === 1) {
    heap.parallel(family, kernel, [most, x.ptr, out.ptr, ...layout], split)
    return
  }
  using scratch = arena(heap)
  const partial = scratch.alloc(x.dtype, outer * parts * inner)
  heap.parallel(family, kernel, [most, x.ptr, partial.ptr, ...layout], split)
  extremeStep(heap, most, partial, { size: parts, outer, inner, out })
}

function where(who: 'argmax' | 'argmin', x: Block<Ordered>, out: Block<'i32'>, axis: AxisOptions): void {
  const prepared = prepare(who, x, out, axis)
  if (!prepared) return
  const [heap, { size, outer, inner }] = prepared
  const family = heap.load(reduceBinary)
  const most = who === 'argmax' ? 1 : 0
  if (inner > 1) {
    const strip = Math.min(inner, STRIP)
    const { ptr, stride } = heap.scratch(STRIP * 16)
    const args = [most, x.ptr, out.ptr, size, inner, strip, ptr, stride]
    heap.parallel(family, `where_columns_${x.dtype}`, args, splitOf(outer * Math.ceil(inner / strip), size * strip))
    return
  }
  const parts = Math.ceil(size / PART)
  using scratch = arena(heap)
  const found = parts === 1 ? out : scratch.alloc('i32', outer * parts)
  const split = splitOf(outer * parts, Math.min(size, PART))
  heap.parallel(family, `where_rows_${x.dtype}`, [most, x.ptr, found.ptr, size, PART], split)
  if (parts === 1) return
  heap.parallel(family, `pick_rows_${x.dtype}`, [most, x.ptr, found.ptr, out.ptr, size, parts], splitOf(outer, parts))
}
