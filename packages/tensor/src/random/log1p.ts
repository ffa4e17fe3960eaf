import { log } from './log.ts'

/** log(1 + x) without the cancellation for small x; good to an ulp or two, for sums and comparisons. */
export function log1p(x: number): number {
  const shifted = 1 + x
  if (shifted === 1) return x
  // The rounding of 1 + x is exactly known; its first-order effect on the logarithm is taken back.
  return log(shifted) - (shifted - 1 - x) / shifted
}
