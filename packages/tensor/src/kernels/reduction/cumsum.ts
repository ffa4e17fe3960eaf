import type { Block } from '../heap/block.ts'
import { heapOf } from '../heap/operands.ts'
import { STRIP, axisOf, splitOf } from './reduction.ts'
import type { AxisOptions } from './reduction.ts'
import { reduceBinary } from '../wasm/reduce.generated.ts'

export interface CumsumOptions extends AxisOptions {
  /** Leaves each value out of its own sum, so that the first result is 0. Default false. */
  readonly exclusive?: boolean
  /** Sums from the end. Default false. */
  readonly reverse?: boolean
}

/**
 * Running sums along an axis, added in f64 and rounded as they are written. `out` may be x itself.
 *
 * @example
 * ```ts
 * import { arena, cumsum } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([1, 2, 3, 4]))
 * cumsum(x, x)
 * x.view // → [1,3,6,10]
 * ```
 */
export function cumsum<D extends 'f64' | 'f32'>(
  x: Block<D>,
  out: Block<NoInfer<D>>,
  options: CumsumOptions = {},
): void {
  const { size, outer, inner } = axisOf('cumsum', x, options)
  const n = outer * size * inner
  const heap = heapOf('cumsum', { x: [x, n], out: [out, n] })
  if (n === 0) return
  const strip = Math.min(inner, STRIP)
  const { ptr, stride } = heap.scratch(STRIP * 8)
  const flags = [options.exclusive ? 1 : 0, options.reverse ? 1 : 0]
  const args = [x.ptr, out.ptr, size, inner, ...flags, strip, ptr, stride]
  const split = splitOf(outer * Math.ceil(inner / strip), size * strip)
  heap.parallel(heap.load(reduceBinary), `running_sum_${x.dtype}`, args, split)
}
