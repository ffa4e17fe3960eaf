import { log } from './log.ts'

/** Stirling's series: B₂ₖ / (2k (2k - 1)) for k = 1 … 10, to the digits that NumPy has. */
const COEFFICIENTS = [
  8.333333333333333e-2, -2.777777777777778e-3, 7.936507936507937e-4, -5.952380952380952e-4, 8.417508417508418e-4,
  -1.917526917526918e-3, 6.41025641025641e-3, -2.955065359477124e-2, 1.796443723688307e-1, -1.3924322169059,
]

/** The logarithm of the gamma function as NumPy's samplers use it, for whole x of at least one. */
export function logGamma(x: number): number {
  if (x === 1 || x === 2) return 0
  const steps = x < 7 ? Math.trunc(7 - x) : 0
  let shifted = x + steps
  const square = (1 / shifted) * (1 / shifted)
  const series = COEFFICIENTS.reduceRight((sum, coefficient) => sum * square + coefficient)
  let result = series / shifted + 0.5 * 1.8378770664093453 + (shifted - 0.5) * log(shifted) - shifted
  for (let k = 0; k < steps; k++) {
    shifted -= 1
    result -= log(shifted)
  }
  return result
}
