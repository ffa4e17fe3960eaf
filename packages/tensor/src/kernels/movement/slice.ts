import type { Block } from '../heap/block.ts'
import { bytesOf } from '../heap/dtype.ts'
import type { DType } from '../heap/dtype.ts'
import { refuseOverlap } from '../heap/overlap.ts'
import { checkShape, copyLayout, sizeOf, stepsOf } from './layout.ts'
import { heapOf } from '../heap/operands.ts'

export interface SliceOptions {
  /** The sizes of x's axes, row-major. */
  readonly shape: readonly number[]
  /** The index of the first value along each axis. */
  readonly begin: readonly number[]
  /** How many values to take along each axis. */
  readonly size: readonly number[]
  /** How far apart they are along each axis; negative to go backwards. Default: 1 everywhere. */
  readonly step?: readonly number[]
}

/**
 * Writes the values begin, begin + step, … of each axis of x into `out`.
 *
 * @example
 * ```ts
 * import { arena, slice } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([1, 2, 3, 4, 5, 6, 7, 8]))
 * const out = scratch.alloc('f64', 4)
 * slice(x, out, { shape: [2, 4], begin: [0, 3], size: [2, 2], step: [1, -2] })
 * out.view // → [4,2,8,6]
 * ```
 */
export function slice<D extends DType>(x: Block<D>, out: Block<NoInfer<D>>, options: SliceOptions): void {
  const { shape, begin, size } = options
  const step = options.step ?? shape.map(() => 1)
  checkSlice(shape, begin, size, step)
  const needed = sizeOf(size)
  const heap = heapOf('slice', { x: [x, sizeOf(shape)], out: [out, needed] })
  refuseOverlap('slice', x.at(0, sizeOf(shape)), out.at(0, needed))
  const bytes = bytesOf[x.dtype]
  const from = stepsOf(shape)
  const to = stepsOf(size)
  const start = begin.reduce((sum, first, axis) => sum + first * from[axis], 0)
  const axes = size.map((count, axis) => ({ size: count, from: step[axis] * from[axis] * bytes, to: to[axis] * bytes }))
  copyLayout(heap, { who: 'slice', from: x.ptr + start * bytes, to: out.ptr, bytes, axes })
}

function checkSlice(
  shape: readonly number[],
  begin: readonly number[],
  size: readonly number[],
  step: readonly number[],
): void {
  if (begin.length !== shape.length || size.length !== shape.length || step.length !== shape.length) {
    throw new RangeError(
      `slice: shape has ${shape.length} axes, but begin, size and step have ` +
        `${begin.length}, ${size.length} and ${step.length}. They must match.`,
    )
  }
  checkShape('slice', shape)
  for (const [axis, count] of size.entries()) {
    const last = begin[axis] + (count - 1) * step[axis]
    const whole = Number.isInteger(begin[axis]) && Number.isInteger(count) && Number.isInteger(step[axis])
    const inside = (index: number): boolean => index >= 0 && index < shape[axis]
    if (whole && (count === 0 || (count > 0 && inside(begin[axis]) && inside(last)))) continue
    throw new RangeError(
      `slice: ${count} values from ${begin[axis]} in steps of ${step[axis]} do not lie within axis ${axis}, ` +
        `which has ${shape[axis]}.`,
    )
  }
}
