import type { Block } from '../heap/block.ts'
import { bytesOf } from '../heap/dtype.ts'
import type { DType } from '../heap/dtype.ts'
import { refuseOverlap } from '../heap/overlap.ts'
import { checkShape, copyLayout, sizeOf, stepsOf } from './layout.ts'
import { heapOf } from '../heap/operands.ts'

export interface TransposeOptions {
  /** The sizes of x's axes, row-major. */
  readonly shape: readonly number[]
  /** Which axis of x becomes the first, the second, … of the output. Default: all in reverse. */
  readonly axes?: readonly number[]
}

/**
 * Writes x with its axes in another order into `out`.
 *
 * @example
 * ```ts
 * import { arena, transpose } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float32Array([1, 2, 3, 4, 5, 6]))
 * const out = scratch.alloc('f32', 6)
 * transpose(x, out, { shape: [2, 3] })
 * out.view // → [1,4,2,5,3,6]
 * ```
 */
export function transpose<D extends DType>(x: Block<D>, out: Block<NoInfer<D>>, options: TransposeOptions): void {
  const { shape } = options
  checkShape('transpose', shape)
  const axes = options.axes ?? shape.map((_, axis) => shape.length - 1 - axis)
  if (axes.length !== shape.length || axes.toSorted((a, b) => a - b).some((axis, i) => axis !== i)) {
    throw new RangeError(`transpose: axes must name each of the ${shape.length} axes once, got [${axes.join(', ')}].`)
  }
  const n = sizeOf(shape)
  const heap = heapOf('transpose', { x: [x, n], out: [out, n] })
  refuseOverlap('transpose', x.at(0, n), out.at(0, n))
  const bytes = bytesOf[x.dtype]
  const sizes = axes.map((axis) => shape[axis])
  const from = stepsOf(shape)
  const to = stepsOf(sizes)
  const layout = axes.map((axis, i) => ({ size: sizes[i], from: from[axis] * bytes, to: to[i] * bytes }))
  copyLayout(heap, { who: 'transpose', from: x.ptr, to: out.ptr, bytes, axes: layout })
}
