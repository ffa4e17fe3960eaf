import { exp } from './exp.ts'
import { gammaSampler } from './gamma.ts'
import type { Kit } from './kit.ts'
import { log } from './log.ts'
import { log1p } from './log1p.ts'
import { pow } from './pow.ts'

/** The sampler of beta numbers for one pair of shapes. */
export function betaSampler(kit: Kit, a: number, b: number): () => number {
  if (a <= 1 && b <= 1) return johnk(kit, a, b)
  const gammaA = gammaSampler(kit, a)
  const gammaB = gammaSampler(kit, b)
  return () => {
    const x = gammaA()
    return x / (x + gammaB())
  }
}

/** Jöhnk's algorithm for two shapes of at most one. */
function johnk({ source, legacy }: Kit, a: number, b: number): () => number {
  // Below this no double strictly between 0 and 1 would ever be seen: NumPy then tosses one biased coin.
  if (!legacy && a < 3e-103 && b < 3e-103) return () => ((a + b) * source.double() < a ? 1 : 0)
  return () => {
    for (;;) {
      const u = source.double()
      const v = source.double()
      const x = pow(u, 1 / a)
      const y = pow(v, 1 / b)
      if (x + y > 1) continue
      if (legacy ? x + y > 0 : x > 0 && y > 0) return x / (x + y)
      if (legacy) return legacyQuotient(log(u) / a, log(v) / b)
      if (u + v > 0) return quotient(log(u) / a - log(v) / b)
    }
  }
}

/** x / (x + y) where a power underflowed, from log x - log y. */
function quotient(difference: number): number {
  return difference > 0 ? exp(-log1p(exp(-difference))) : exp(difference - log1p(exp(difference)))
}

function legacyQuotient(logX: number, logY: number): number {
  const larger = Math.max(logX, logY)
  return exp(logX - larger - log(exp(logX - larger) + exp(logY - larger)))
}
