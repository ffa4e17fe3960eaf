import type { BitSource } from './bit-source.ts'
import { refuse } from './check.ts'

/** NumPy's tolerance for the sum of the probabilities: the square root of the machine epsilon. */
const TOLERANCE = 1.4901161193847656e-8

/** Checks the probabilities of `choice`. */
export function checkProbabilities(p: ArrayLike<number>, population: number): void {
  if (p.length !== population) {
    refuse('choice', `p has ${p.length} probabilities for ${population} things. They must match.`)
  }
  for (let i = 0; i < p.length; i++) {
    if (!(p[i]! >= 0)) refuse('choice', `p[${i}] must be 0 or more, got ${p[i]}.`)
  }
  const sum = compensatedSum(p)
  if (!(Math.abs(sum - 1) <= TOLERANCE)) {
    refuse('choice', `the probabilities p sum to ${sum}, not to 1. Divide each by their sum.`)
  }
}

/** Kahan's summation, which is what NumPy checks with. */
export function compensatedSum(values: ArrayLike<number>, count: number = values.length): number {
  let sum = 0
  let lost = 0
  for (let i = 0; i < count; i++) {
    const added = values[i]! - lost
    const next = sum + added
    lost = next - sum - added
    sum = next
  }
  return sum
}

/** Running sums, the last of them one. */
function cumulative(p: ArrayLike<number>): Float64Array {
  const sums = Float64Array.from(p)
  for (let i = 1; i < sums.length; i++) sums[i] = sums[i - 1]! + sums[i]!
  const total = sums[sums.length - 1]!
  return sums.map((sum) => sum / total)
}

/** The first position whose running sum is above `x`. */
function locate(sums: Float64Array, x: number): number {
  let from = 0
  let to = sums.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if (sums[middle]! <= x) from = middle + 1
    else to = middle
  }
  return from
}

/** Positions drawn with probabilities `p`, independently. */
export function weightedWithReplacement(source: BitSource, p: ArrayLike<number>, count: number): Int32Array {
  const sums = cumulative(p)
  const out = new Int32Array(count)
  for (let i = 0; i < count; i++) out[i] = locate(sums, source.double())
  return out
}

/**
 * Positions drawn with probabilities `p`, no position twice: as many as are missing are drawn, repeats among them are
 * dropped, what was found gets probability zero, and so on.
 */
export function weightedWithoutReplacement(source: BitSource, p: ArrayLike<number>, count: number): Int32Array {
  const weights = Float64Array.from(p)
  const found = new Set<number>()
  while (found.size < count) {
    const draws = new Float64Array(count - found.size)
    source.fillDoubles(draws)
    for (const position of found) weights[position] = 0
    const sums = cumulative(weights)
    for (const draw of draws) found.add(locate(sums, draw))
  }
  return Int32Array.from(found)
}
