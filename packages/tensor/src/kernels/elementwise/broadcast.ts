/** The shapes of two operands that are stretched to a common one, by NumPy's rule. Default: both are flat. */
export interface BroadcastShapes {
  readonly x: readonly number[]
  readonly y: readonly number[]
}

/** How kernels walk two broadcast operands: rows of `inner` values, and the outer dimensions, innermost first. */
export interface BroadcastPlan {
  /** How many values the result has. */
  readonly count: number
  readonly inner: number
  /** 1 where the operand runs along the row, 0 where it repeats one value. */
  readonly xRuns: number
  readonly yRuns: number
  /** Size and strides of x and y. */
  readonly outer: readonly (readonly [size: number, x: number, y: number])[]
}

/** The kernels' limit on outer dimensions, after neighbours were merged. */
const MOST_OUTER = 6

/** Merges neighbouring dimensions that both operands walk evenly, so that rows are as long as they can be. */
export function planBroadcast(who: string, { x, y }: BroadcastShapes): BroadcastPlan {
  const merged: [size: number, x: number, y: number][] = []
  let count = 1
  let xStride = 1
  let yStride = 1
  for (let d = 1; d <= Math.max(x.length, y.length); d++) {
    const xSize = x.at(-d) ?? 1
    const ySize = y.at(-d) ?? 1
    if (xSize !== ySize && xSize !== 1 && ySize !== 1) {
      throw new RangeError(
        `${who}: cannot broadcast [${x}] with [${y}]. Counted from the right, sizes must match or be 1 (${xSize} ≠ ${ySize}).`,
      )
    }
    const size = xSize === 1 ? ySize : xSize
    const xs = xSize === 1 ? 0 : xStride
    const ys = ySize === 1 ? 0 : yStride
    xStride *= xSize
    yStride *= ySize
    count *= size
    if (size === 1) continue
    const last = merged.at(-1)
    if (last && xs === last[1] * last[0] && ys === last[2] * last[0]) last[0] *= size
    else merged.push([size, xs, ys])
  }
  if (merged.length > MOST_OUTER + 1) {
    throw new RangeError(
      `${who}: [${x}] with [${y}] needs more than ${MOST_OUTER + 1} loops. Reshape them to fewer sizes.`,
    )
  }
  const [[inner, xRuns, yRuns] = [1, 1, 1], ...outer] = merged
  return { count, inner, xRuns, yRuns, outer }
}

/** The plan as the numbers that kernels read. */
export function writeLayout({ inner, xRuns, yRuns, outer }: BroadcastPlan, target: Uint32Array<ArrayBufferLike>): void {
  target.set([inner, xRuns, yRuns, outer.length, ...outer.flat()])
}
