import type { Matrix, RandomState } from '@lab/tensor/random'
import { insistBetween, insistCount } from './check.ts'
import { product } from './dense.ts'
import { orthonormal } from './orthonormal.ts'
import { at, streamOf, type SeedOption } from './stream.ts'

/** The shape of the singular values. */
export interface LowRankOptions extends SeedOption {
  /** Rows. Default 100. */
  nSamples?: number
  /** Columns. Default 100. */
  nFeatures?: number
  /** About how many singular values are large. Default 10. */
  effectiveRank?: number
  /** How much the small ones hold, from 0 to 1. Default 0.5. */
  tailStrength?: number
}

/**
 * A matrix with bell-shaped singular values: mostly of low rank, with a noisy tail. The numbers are those of
 * scikit-learn's `make_low_rank_matrix` for the same `random_state`, as far as rounding goes.
 *
 * @example
 * ```ts
 * import { makeLowRankMatrix } from '@lab/datasets'
 *
 * const { rows, cols } = makeLowRankMatrix({ nSamples: 30, nFeatures: 5, seed: 0 })
 * rows * cols // → 150
 * ```
 */
export function makeLowRankMatrix(options: LowRankOptions = {}): Matrix {
  return drawLowRank(streamOf(options.seed), options, 'makeLowRankMatrix')
}

/** The same from a stream that is under way. */
export function drawLowRank(stream: RandomState, options: LowRankOptions, who: string): Matrix {
  const { nSamples = 100, nFeatures = 100, effectiveRank = 10, tailStrength = 0.5 } = options
  insistCount(nSamples, 1, who, 'nSamples')
  insistCount(nFeatures, 1, who, 'nFeatures')
  insistCount(effectiveRank, 1, who, 'effectiveRank')
  insistBetween(tailStrength, [0, 1], who, 'tailStrength')
  const n = Math.min(nSamples, nFeatures)
  const u = orthonormal({ data: stream.standardNormal(nSamples * n), rows: nSamples, cols: n })
  const v = orthonormal({ data: stream.standardNormal(nFeatures * n), rows: nFeatures, cols: n })
  const singular = Float64Array.from({ length: n }, (_, i) => {
    const near = i / effectiveRank
    return (1 - tailStrength) * Math.exp(-(near * near)) + tailStrength * Math.exp((-0.1 * i) / effectiveRank)
  })
  const scaled = { ...u, data: u.data.map((value, i) => value * at(singular, i % n)) }
  return product(scaled, transpose(v))
}

function transpose({ data, rows, cols }: Matrix): Matrix {
  const turned = new Float64Array(data.length)
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) turned[j * rows + i] = at(data, i * cols + j)
  return { data: turned, rows: cols, cols: rows }
}
