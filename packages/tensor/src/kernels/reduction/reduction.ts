import type { Block } from '../heap/block.ts'
import type { Split } from '../heap/heap.ts'
import { checkSizes } from '../heap/operands.ts'

/** Which axis of a row-major array is reduced: x is seen as [outer, size, inner]. */
export interface AxisOptions {
  /** How many values along the axis. Default: all of x that `outer` and `inner` leave. */
  readonly size?: number
  /** The product of the sizes before the axis. Default 1. */
  readonly outer?: number
  /** The product of the sizes after it. Default 1. */
  readonly inner?: number
}

/** The three sizes, with the defaults filled in and checked. */
export interface Axis {
  readonly size: number
  readonly outer: number
  readonly inner: number
}

/** Values that one part of a long row has. Also bounds the rounding of sums: each of 8 or 16 lanes adds 128 or 256. */
export const ROW_PART = 2048

/** Values that one part of a long column has. */
export const COLUMN_PART = 1024

/** Columns that are reduced together: their results and some rows of them fit the first-level cache. */
export const STRIP = 512

/** Values that are worth handing to another thread. */
const PIECE = 32768

export function axisOf(who: string, x: Block, { size, outer = 1, inner = 1 }: AxisOptions): Axis {
  checkSizes(who, { outer, inner })
  const axis = size ?? (outer * inner === 0 ? 0 : x.length / (outer * inner))
  if (size === undefined && !Number.isInteger(axis)) {
    throw new RangeError(
      `${who}: x holds ${x.length} values, which do not divide into ${outer} × ${inner} equal parts. Give size too.`,
    )
  }
  checkSizes(who, { size: axis })
  return { size: axis, outer, inner }
}

/** `count` pieces of `values` values each, in calls that are worth their while. */
export function splitOf(count: number, values: number): Split {
  return { count, grain: Math.ceil(PIECE / Math.max(1, values)) }
}
