import type { Heap } from '../heap/heap.ts'
import { checkSizes } from '../heap/operands.ts'
import { movementBinary } from '../wasm/movement.generated.ts'

/** One axis of a copy: how many values, and how many bytes lie between two of them in the input and in the output. */
export interface CopyAxis {
  readonly size: number
  readonly from: number
  readonly to: number
}

/** The most axes that a copy may have, counted after axes of one value are dropped and neighbours are joined. */
export const MOST_AXES = 6

/** Bytes that one piece of a copy should move at least, so that handing it to a thread pays. */
export const PIECE = 65536

/** Rows in a band of the transposing kernel; the same number stands in kernels/movement.ts. */
const BAND = 16

/** The number of values of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

/** Refuses a shape that holds anything but whole numbers from 0 on. */
export function checkShape(who: string, shape: readonly number[]): void {
  for (const [axis, size] of shape.entries()) checkSizes(who, { [`the size of axis ${axis}`]: size })
}

/** How many values lie between neighbours along each axis of a row-major array. */
export function stepsOf(shape: readonly number[]): number[] {
  const steps = Array.from(shape, () => 1)
  for (let axis = shape.length - 2; axis >= 0; axis--) steps[axis] = steps[axis + 1] * shape[axis + 1]
  return steps
}

/** Drops axes of one value, and joins neighbours that both sides step through as if they were one axis. */
function simplify(axes: readonly CopyAxis[]): CopyAxis[] {
  const simple: CopyAxis[] = []
  for (const axis of axes) {
    if (axis.size === 1) continue
    const outer = simple.at(-1)
    if (outer && outer.from === axis.from * axis.size && outer.to === axis.to * axis.size) {
      simple[simple.length - 1] = { size: outer.size * axis.size, from: axis.from, to: axis.to }
    } else simple.push(axis)
  }
  return simple
}

/** A copy between two layouts: `axes` from the outermost on, addresses in bytes, values of `bytes` bytes. */
export interface Copy {
  readonly who: string
  readonly from: number
  readonly to: number
  readonly bytes: number
  readonly axes: readonly CopyAxis[]
}

/** Copies by the kernel that suits the layout: whole runs, a transposition, or value by value. */
export function copyLayout(heap: Heap, { who, from, to, bytes, axes }: Copy): void {
  if (axes.some(({ size }) => size === 0)) return
  const rest = simplify(axes)
  if (rest.length > MOST_AXES) {
    throw new RangeError(`${who}: ${rest.length} axes that cannot be joined, but at most ${MOST_AXES} are supported.`)
  }
  const last = rest.at(-1)
  if (last === undefined || (last.from === bytes && last.to === bytes)) {
    rest.pop()
    copyRuns(heap, [from, to], rest, (last?.size ?? 1) * bytes)
    return
  }
  const inRow = rest.findIndex((axis) => axis.from === bytes)
  const outRow = rest.findIndex((axis) => axis.to === bytes)
  if ((bytes === 4 || bytes === 8) && inRow >= 0 && outRow >= 0) {
    const rows = rest[outRow]
    const cols = rest[inRow]
    const outer = rest.filter((axis) => axis !== rows && axis !== cols)
    const args = [from, to, ...outerArguments(outer), rows.size, cols.size, rows.from, cols.to]
    const grain = Math.ceil(PIECE / (BAND * cols.size * bytes))
    const count = countOf(outer) * Math.ceil(rows.size / BAND)
    heap.parallel(heap.load(movementBinary), bytes === 4 ? 'turn_4' : 'turn_8', args, { count, grain })
    return
  }
  // The longest axis goes innermost: the work for a piece's start is then shared by the most values.
  const inner = rest.reduce((longest, axis) => (axis.size > longest.size ? axis : longest))
  const outer = rest.filter((axis) => axis !== inner)
  copyParts(heap, 'copy_values', [from, to], outer, { inner, unit: Math.log2(bytes), bytes })
}

function copyRuns(heap: Heap, addresses: readonly number[], axes: CopyAxis[], run: number): void {
  const inner = axes.pop()
  if (inner) {
    copyParts(heap, 'copy_runs', addresses, axes, { inner, unit: run, bytes: run })
    return
  }
  const split = { count: Math.ceil(run / PIECE), grain: 1 }
  heap.parallel(heap.load(movementBinary), 'copy_bytes', [...addresses, run, PIECE], split)
}

function copyParts(
  heap: Heap,
  kernel: 'copy_runs' | 'copy_values',
  addresses: readonly number[],
  outer: readonly CopyAxis[],
  { inner, unit, bytes }: { inner: CopyAxis; unit: number; bytes: number },
): void {
  const part = Math.min(inner.size, Math.ceil(PIECE / bytes))
  const args = [...addresses, ...outerArguments(outer), inner.size, inner.from, inner.to, unit, part]
  const count = countOf(outer) * Math.ceil(inner.size / part)
  heap.parallel(heap.load(movementBinary), kernel, args, { count, grain: Math.ceil(PIECE / (part * bytes)) })
}

function countOf(axes: readonly CopyAxis[]): number {
  return axes.reduce((product, axis) => product * axis.size, 1)
}

const NO_AXIS: CopyAxis = { size: 1, from: 0, to: 0 }

/** Five outer axes as the kernels take them: sizes but the first, steps in the input, steps in the output. */
function outerArguments(axes: readonly CopyAxis[]): number[] {
  const all = [...Array.from({ length: MOST_AXES - 1 - axes.length }, () => NO_AXIS), ...axes]
  return [...all.slice(1).map(({ size }) => size), ...all.map(({ from }) => from), ...all.map(({ to }) => to)]
}
