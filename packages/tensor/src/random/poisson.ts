import type { BitSource } from './bit-source.ts'
import { exp } from './exp.ts'
import { log } from './log.ts'
import { logGamma } from './log-gamma.ts'

/** The sampler of Poisson counts with mean `lam`. */
export function poissonSampler(source: BitSource, lam: number): () => number {
  if (lam === 0) return () => 0
  return lam < 10 ? products(source, lam) : transformedRejection(source, lam)
}

/** Uniform numbers are multiplied until the product falls below e^-lam (Knuth). */
function products(source: BitSource, lam: number): () => number {
  const limit = exp(-lam)
  return () => {
    let count = 0
    let product = source.double()
    while (product > limit) {
      count++
      product *= source.double()
    }
    return count
  }
}

/** Hörmann's PTRS, 1993. */
function transformedRejection(source: BitSource, lam: number): () => number {
  const logLam = log(lam)
  const b = 0.931 + 2.53 * Math.sqrt(lam)
  const a = -0.059 + 0.02483 * b
  const logInverseAlpha = log(1.1239 + 1.1328 / (b - 3.4))
  const vr = 0.9277 - 3.6224 / (b - 2)
  return () => {
    for (;;) {
      const u = source.double() - 0.5
      const v = source.double()
      const us = 0.5 - Math.abs(u)
      const k = Math.floor(((2 * a) / us + b) * u + lam + 0.43)
      if (us >= 0.07 && v <= vr) return k
      if (k < 0 || (us < 0.013 && v > us)) continue
      const accepted = log(v) + logInverseAlpha - log(a / (us * us) + b) <= -lam + k * logLam - logGamma(k + 1)
      if (accepted) return k
    }
  }
}
