import type { Block } from '../heap/block.ts'
import { heapOf } from '../heap/operands.ts'
import { overlapInPart } from '../heap/overlap.ts'
import type { FloatDType } from '../products/stored-matrix.ts'
import { unaryBinary } from '../wasm/unary.generated.ts'

/** y ← f(x), value by value. x and y have the same length and type, and may be the same block. */
export interface Unary<S extends FloatDType = FloatDType> {
  <D extends S>(x: Block<D>, y: Block<NoInfer<D>>): void
}

/** Room for the constants of the kernel with the most of them. */
const CONSTANTS = 1024

/** Values below which waking a second thread costs more than it saves. */
const GRAIN = 32768

/** Runs the kernel of x's type. `parameters` come before the blocks. */
export function mapValues<D extends FloatDType>(
  name: string,
  parameters: readonly number[],
  x: Block<D>,
  y: Block<D>,
): void {
  if (x.length !== y.length || x.dtype !== y.dtype) {
    throw new RangeError(
      `${name}: x has ${x.length} values of ${x.dtype} and y has ${y.length} of ${y.dtype}. They must match.`,
    )
  }
  const heap = heapOf(name, { x: [x, x.length], y: [y, x.length] })
  if (overlapInPart(x, y)) {
    throw new RangeError(`${name}: x and y overlap in part. Use the same block for both, or separate ones.`)
  }
  const { ptr, stride } = heap.scratch(CONSTANTS)
  const args = [...parameters, x.ptr, y.ptr, ptr, stride]
  heap.parallel(heap.load(unaryBinary), `${name}_${x.dtype}`, args, { count: x.length, grain: GRAIN })
}

/** A function without parameters, from the kernels `<name>_f32` and `<name>_f64`. */
export function defineUnary<S extends FloatDType>(name: string): Unary<S> {
  return (x, y) => mapValues(name, [], x, y)
}
