import { binomialSampler } from './binomial.ts'
import type { BitSource } from './bit-source.ts'

/** Writes how `n` trials fall on the outcomes: a binomial count for each, of what is left. */
export function multinomialInto(source: BitSource, n: number, p: ArrayLike<number>, out: Float64Array): void {
  const last = p.length - 1
  let left = n
  let remaining = 1
  out.fill(0)
  for (let i = 0; i < last && left > 0; i++) {
    // Both generators use the newer binomial here, as in NumPy.
    out[i] = binomialSampler(source, left, p[i]! / remaining, false)()
    left -= out[i]!
    remaining -= p[i]!
  }
  if (left > 0) out[last] = left
}
