import type { Block } from '../heap/block.ts'
import { bytesOf, viewOf } from '../heap/dtype.ts'
import { heapOf } from '../heap/operands.ts'
import { overlapInPart } from '../heap/overlap.ts'
import type { FloatDType } from '../products/stored-matrix.ts'
import { binaryBinary } from '../wasm/binary.generated.ts'

/** Values below which waking a second thread costs more than it saves. */
const GRAIN = 32768

/**
 * out ← x where the condition is not 0, else y. Either of x and y may be a number; `out` may be x or y itself.
 *
 * @example
 * ```ts
 * import { arena, less, select } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([-2, 3]))
 * const below = scratch.alloc('u8', 2)
 * less(x, 0, below)
 * select(below, 0, x, x)
 * x.view // → [0,3]
 * ```
 */
export function select<D extends FloatDType>(
  condition: Block<'u8'>,
  x: Block<NoInfer<D>> | number,
  y: Block<NoInfer<D>> | number,
  out: Block<D>,
): void {
  const n = condition.length
  const operands: Record<string, readonly [Block, number]> = { condition: [condition, n], out: [out, n] }
  if (typeof x !== 'number') operands.x = [x, n]
  if (typeof y !== 'number') operands.y = [y, n]
  const heap = heapOf('select', operands)
  for (const name of ['out', 'x', 'y']) {
    const block = operands[name]?.[0]
    if (block === undefined) continue
    if (block.length !== n || block.dtype !== out.dtype) {
      throw new RangeError(
        `select: the condition has ${n} values, but ${name} is ${block.length} of ${block.dtype}. They must match.`,
      )
    }
    if (overlapInPart(block, out)) {
      throw new RangeError(`select: out overlaps ${name} in part. Use one and the same block, or separate ones.`)
    }
  }
  if (overlapInPart(condition, out)) {
    throw new RangeError('select: out shares memory with the condition. Give out a block of its own.')
  }
  const { ptr } = heap.scratch(32)
  const place = (operand: Block | number, at: number): [ptr: number, step: number] => {
    if (typeof operand !== 'number') return [operand.ptr, 16]
    const lanes = viewOf(out.dtype, heap.memory.buffer, at, 16 / bytesOf[out.dtype])
    for (let i = 0; i < lanes.length; i++) lanes[i] = operand
    return [at, 0]
  }
  const args = [condition.ptr, ...place(x, ptr), ...place(y, ptr + 16), out.ptr]
  heap.parallel(heap.load(binaryBinary), `select_${out.dtype}`, args, { count: n, grain: GRAIN })
}
