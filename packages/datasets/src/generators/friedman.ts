import type { Matrix } from '@lab/tensor/random'
import { insistBetween, insistCount } from './check.ts'
import { streamOf, type SeedOption } from './stream.ts'

/** How many rows, columns, and how much noise. */
export interface Friedman1Options extends SeedOption {
  /** Rows. Default 100. */
  nSamples?: number
  /** Columns, 5 at least; those after the fifth don't matter. Default 10. */
  nFeatures?: number
  /** Standard deviation of what is added to the answers. Default 0. */
  noise?: number
}

/**
 * Friedman's first regression problem: sines, a square and two straight lines of five columns, the rest noise. The
 * numbers are those of scikit-learn's `make_friedman1` for the same `random_state`.
 *
 * @example
 * ```ts
 * import { makeFriedman1 } from '@lab/datasets'
 *
 * const { x, y } = makeFriedman1({ nSamples: 50, seed: 0 })
 * x.cols // → 10
 * y.length // → 50
 * ```
 */
export function makeFriedman1(options: Friedman1Options = {}): { x: Matrix; y: Float64Array } {
  const { nSamples = 100, nFeatures = 10, noise = 0, seed } = options
  insistCount(nSamples, 1, 'makeFriedman1', 'nSamples')
  insistCount(nFeatures, 5, 'makeFriedman1', 'nFeatures')
  insistBetween(noise, [0, Infinity], 'makeFriedman1', 'noise')
  const stream = streamOf(seed)
  const x = { data: stream.random(nSamples * nFeatures), rows: nSamples, cols: nFeatures }
  const y = stream.standardNormal(nSamples).map((error, i) => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = x.data.subarray(i * nFeatures, i * nFeatures + 5)
    return 10 * Math.sin(Math.PI * a * b) + 20 * (c - 0.5) ** 2 + 10 * d + 5 * e + noise * error
  })
  return { x, y }
}
