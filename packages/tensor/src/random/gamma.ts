import type { Kit } from './kit.ts'
import { log } from './log.ts'
import { pow } from './pow.ts'

/** The sampler of gamma numbers with scale one, for one shape. */
export function gammaSampler(kit: Kit, shape: number): () => number {
  if (shape === 1) return () => kit.exponential()
  if (shape === 0) return () => 0
  return shape < 1 ? smallShape(kit, shape) : largeShape(kit, shape)
}

/** Ahrens and Dieter's rejection, 1974. */
function smallShape({ source, exponential }: Kit, shape: number): () => number {
  const power = 1 / shape
  return () => {
    for (;;) {
      const u = source.double()
      const v = exponential()
      if (u <= 1 - shape) {
        const x = pow(u, power)
        if (x <= v) return x
      } else {
        const y = -log((1 - u) / shape)
        const x = pow(1 - shape + shape * y, power)
        if (x <= v + y) return x
      }
    }
  }
}

/** Marsaglia and Tsang's squeeze, 2000. */
function largeShape({ source, normal }: Kit, shape: number): () => number {
  const b = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * b)
  return () => {
    for (;;) {
      let x: number
      let v: number
      do {
        x = normal()
        v = 1 + c * x
      } while (v <= 0)
      v = v * v * v
      const u = source.double()
      if (u < 1 - 0.0331 * (x * x) * (x * x)) return b * v
      if (log(u) < 0.5 * x * x + b * (1 - v + log(v))) return b * v
    }
  }
}
