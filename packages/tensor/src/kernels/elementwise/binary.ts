import type { Block } from '../heap/block.ts'
import { planBroadcast, writeLayout } from './broadcast.ts'
import type { BroadcastPlan, BroadcastShapes } from './broadcast.ts'
import { viewOf } from '../heap/dtype.ts'
import type { Heap } from '../heap/heap.ts'
import { checkSizes, heapOf } from '../heap/operands.ts'
import { overlapInPart } from '../heap/overlap.ts'
import type { FloatDType } from '../products/stored-matrix.ts'
import { binaryBinary } from '../wasm/binary.generated.ts'

/**
 * out ← f(x, y), value by value. Either of x and y may be a number; blocks have the same length unless `shapes` says how
 * they are broadcast. `out` may be x or y itself when that has the length of the result.
 */
export interface Binary<S extends FloatDType = FloatDType> {
  <D extends S>(
    x: Block<NoInfer<D>> | number,
    y: Block<NoInfer<D>> | number,
    out: Block<D>,
    shapes?: BroadcastShapes,
  ): void
}

/** out ← 1 where the comparison of x with y holds, else 0; a comparison with NaN does not hold, except notEqual's. */
export interface Comparison {
  <D extends FloatDType>(
    x: Block<D> | number,
    y: Block<NoInfer<D>> | number,
    out: Block<'u8'>,
    shapes?: BroadcastShapes,
  ): void
}

/** Values below which waking a second thread costs more than it saves. */
const GRAIN = 32768

/** The first thread's scratch memory: constants of the kernel, then the layout, then operands that are numbers. */
const SCRATCH = 4096
const LAYOUT = 2048
const LAYOUT_WORDS = 22
const NUMBERS = 3072

interface Call {
  readonly name: string
  readonly x: Block | number
  readonly y: Block | number
  readonly out: Block
  readonly dtype: FloatDType
  readonly shapes: BroadcastShapes | undefined
}

/** A function of two values from the kernels `<name>_f32` and `<name>_f64`. */
export function defineBinary<S extends FloatDType>(name: string): Binary<S> {
  return (x, y, out, shapes) => run({ name, x, y, out, dtype: out.dtype, shapes }, name)
}

/** A comparison; `swapped` names the kernel that compares y with x. */
export function defineComparison(name: string, swapped?: string): Comparison {
  return (x, y, out, shapes) => {
    const dtype = typeof x !== 'number' ? x.dtype : typeof y !== 'number' ? y.dtype : undefined
    if (dtype === undefined) throw new TypeError(`${name}: x and y are both numbers. Give at least one block.`)
    if (out.dtype !== 'u8') throw new TypeError(`${name}: out has ${out.dtype} values. Answers need a block of u8.`)
    if (swapped === undefined) run({ name, x, y, out, dtype, shapes }, name)
    else run({ name, x: y, y: x, out, dtype, shapes: shapes && { x: shapes.y, y: shapes.x } }, swapped)
  }
}

function run(call: Call, kernel: string): void {
  const { name, x, y, out, dtype } = call
  for (const operand of [x, y]) {
    if (typeof operand !== 'number' && operand.dtype !== dtype) {
      throw new TypeError(`${name}: got blocks of ${dtype} and ${operand.dtype}. Convert one of them first.`)
    }
  }
  const plan = call.shapes ? planShapes(call, call.shapes) : planFlat(call)
  const heap = checkBlocks(call, plan)
  const { ptr, stride } = heap.scratch(SCRATCH)
  const plain = plan.outer.length === 0 && plan.xRuns === 1 && plan.yRuns === 1
  const layout = plain ? 0 : ptr + LAYOUT
  if (!plain) writeLayout(plan, viewOf('u32', heap.memory.buffer, layout, LAYOUT_WORDS))
  const args = [place(x, 0, call, heap, ptr), place(y, 1, call, heap, ptr), out.ptr, layout, ptr, stride]
  const rows = plan.outer.length > 0
  heap.parallel(heap.load(binaryBinary), `${kernel}_${dtype}`, args, {
    count: rows ? plan.count / plan.inner : plan.count,
    grain: rows ? Math.max(1, Math.ceil(GRAIN / plan.inner)) : GRAIN,
  })
}

/** The address of an operand; a number is written to scratch memory. */
function place(operand: Block | number, index: number, { dtype }: Call, heap: Heap, scratch: number): number {
  if (typeof operand !== 'number') return operand.ptr
  const at = scratch + NUMBERS + 8 * index
  viewOf(dtype, heap.memory.buffer, at, 1)[0] = operand
  return at
}

function planFlat({ name, x, y, out }: Call): BroadcastPlan {
  for (const operand of [x, y]) {
    if (typeof operand !== 'number' && operand.length !== out.length) {
      const lengths = [x, y].map((one) => (typeof one === 'number' ? 'a number' : `${one.length} values`))
      throw new RangeError(
        `${name}: x is ${lengths[0]}, y ${lengths[1]} and out ${out.length} values. ` +
          'Blocks must have the same length; give `shapes` to broadcast one of them.',
      )
    }
  }
  const xRuns = typeof x === 'number' ? 0 : 1
  const yRuns = typeof y === 'number' ? 0 : 1
  return { count: out.length, inner: out.length, xRuns, yRuns, outer: [] }
}

function planShapes({ name, x, y, out }: Call, shapes: BroadcastShapes): BroadcastPlan {
  for (const side of ['x', 'y'] as const) {
    const operand = side === 'x' ? x : y
    checkSizes(name, Object.fromEntries(shapes[side].map((size, d) => [`shapes.${side}[${d}]`, size])))
    const length = typeof operand === 'number' ? 1 : operand.length
    const size = shapes[side].reduce((product, one) => product * one, 1)
    if (size !== length) {
      throw new RangeError(`${name}: ${side} has ${length} values, but its shape [${shapes[side]}] has ${size}.`)
    }
  }
  const plan = planBroadcast(name, shapes)
  if (plan.count !== out.length) {
    throw new RangeError(`${name}: the result has ${plan.count} values, but out ${out.length}. They must match.`)
  }
  return plan
}

/** Refuses freed blocks, different heaps, and an `out` over values that are still to be read. */
function checkBlocks({ name, x, y, out }: Call, { count }: BroadcastPlan): Heap {
  const operands: Record<string, readonly [Block, number]> = { out: [out, count] }
  if (typeof x !== 'number') operands.x = [x, x.length]
  if (typeof y !== 'number') operands.y = [y, y.length]
  const heap = heapOf(name, operands)
  for (const side of ['x', 'y']) {
    if (!(side in operands)) continue
    if (overlapInPart(operands[side][0], out)) {
      throw new RangeError(`${name}: out overlaps ${side} in part. Use one and the same block, or separate ones.`)
    }
  }
  return heap
}
