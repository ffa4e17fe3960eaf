import { btpeSampler } from './btpe.ts'
import type { BitSource } from './bit-source.ts'
import { exp } from './exp.ts'
import { log } from './log.ts'
import { log1p } from './log1p.ts'

/** The sampler of successes in `n` trials with probability `p`. `legacy` keeps to what `RandomState` froze. */
export function binomialSampler(source: BitSource, n: number, p: number, legacy: boolean): () => number {
  // RandomState uses up a number even where the answer is certain.
  if (!legacy && (n === 0 || p === 0)) return () => 0
  if (p <= 0.5) return rare(source, n, p, legacy)
  const failures = rare(source, n, 1 - p, legacy)
  return () => n - failures()
}

function rare(source: BitSource, n: number, p: number, legacy: boolean): () => number {
  return p * n <= 30 ? inversion(source, n, p, legacy) : btpeSampler(source, n, p)
}

/** The distribution function is walked up from zero until it passes a uniform number. */
function inversion(source: BitSource, n: number, p: number, legacy: boolean): () => number {
  const q = 1 - p
  const none = exp(n * (legacy ? log(q) : log1p(-p)))
  const mean = n * p
  const bound = Math.trunc(Math.min(n, mean + 10 * Math.sqrt(mean * q + 1)))
  return () => {
    let x = 0
    let px = none
    let u = source.double()
    while (u > px) {
      x++
      if (x > bound) {
        x = 0
        px = none
        u = source.double()
      } else {
        u -= px
        px = ((n - x + 1) * p * px) / (x * q)
      }
    }
    return x
  }
}
