import type { Matrix, RandomState } from '@lab/tensor/random'
import { insist, insistBetween, insistCount } from './check.ts'
import { product, takeColumns, takeRows } from './dense.ts'
import { drawLowRank } from './low-rank-matrix.ts'
import { addNoise, shuffledOrder, streamOf, type SeedOption } from './stream.ts'

/** How the answer depends on the features. */
export interface RegressionOptions<Targets extends number = number> extends SeedOption {
  /** Rows. Default 100. */
  nSamples?: number
  /** Columns. Default 100. */
  nFeatures?: number
  /** Columns that the answer depends on. Default 10. */
  nInformative?: number
  /** Answers for each row. Default 1. */
  nTargets?: Targets
  /** Added to every answer. Default 0. */
  bias?: number
  /** About how many independent directions the features have; null makes them all independent. Default null. */
  effectiveRank?: number | null
  /** With `effectiveRank`: how much the other directions hold, from 0 to 1. Default 0.5. */
  tailStrength?: number
  /** Standard deviation of what is added to the answers. Default 0. */
  noise?: number
  /** Mix rows and columns. Default true. */
  shuffle?: boolean
}

/** One target comes as a list, several as a matrix with a column for each. */
export type PerTarget<Targets extends number> = Targets extends 1
  ? Float64Array
  : number extends Targets
    ? Float64Array | Matrix
    : Matrix

/** Rows, answers, and the coefficients that made them. */
export interface GeneratedRegression<Targets extends number> {
  readonly x: Matrix
  /** The answer of every row. */
  readonly y: PerTarget<Targets>
  /** What every feature counts. */
  readonly coefficients: PerTarget<Targets>
}

/**
 * A regression problem whose answer is a weighted sum of some of the features, and noise. The numbers are those of
 * scikit-learn's `make_regression` for the same `random_state`.
 *
 * @example
 * ```ts
 * import { makeRegression } from '@lab/datasets'
 *
 * const { x, y } = makeRegression({ nSamples: 5, nFeatures: 2, noise: 1, seed: 42 })
 * x.cols // → 2
 * y[0] // → 6.73763609117…
 * ```
 */
export function makeRegression<Targets extends number = 1>(
  options: RegressionOptions<Targets> = {},
): GeneratedRegression<Targets> {
  const { nSamples = 100, nFeatures = 100, bias = 0, noise = 0, shuffle = true } = options
  const nTargets: number = options.nTargets ?? 1
  check(options)
  const informative = Math.min(nFeatures, options.nInformative ?? 10)
  const stream = streamOf(options.seed)
  const x = drawFeatures(stream, options)

  const coefficients = { data: new Float64Array(nFeatures * nTargets), rows: nFeatures, cols: nTargets }
  coefficients.data.set(stream.random(informative * nTargets).map((value) => 100 * value))
  const y = product(x, coefficients)
  y.data.forEach((value, i) => {
    y.data[i] = value + bias
  })
  if (noise > 0) addNoise(y, stream, noise)
  if (!shuffle) return { x, y: perTarget(y), coefficients: perTarget(coefficients) }

  const rowOrder = shuffledOrder(stream, nSamples)
  const columnOrder = shuffledOrder(stream, nFeatures)
  return {
    x: takeColumns(takeRows(x, rowOrder), columnOrder),
    y: perTarget(takeRows(y, rowOrder)),
    coefficients: perTarget(takeRows(coefficients, columnOrder)),
  }
}

function drawFeatures(stream: RandomState, options: RegressionOptions): Matrix {
  const { nSamples = 100, nFeatures = 100, effectiveRank = null, tailStrength = 0.5 } = options
  if (effectiveRank === null) {
    return { data: stream.standardNormal(nSamples * nFeatures), rows: nSamples, cols: nFeatures }
  }
  return drawLowRank(stream, { nSamples, nFeatures, effectiveRank, tailStrength }, 'makeRegression')
}

function check({ nSamples = 100, nFeatures = 100, nInformative = 10, nTargets = 1, ...rest }: RegressionOptions): void {
  const who = 'makeRegression'
  insistCount(nSamples, 1, who, 'nSamples')
  insistCount(nFeatures, 1, who, 'nFeatures')
  insistCount(nInformative, 0, who, 'nInformative')
  insistCount(nTargets, 1, who, 'nTargets')
  insistBetween(rest.noise ?? 0, [0, Infinity], who, 'noise')
  insist(Number.isFinite(rest.bias ?? 0), who, `bias must be a finite number, got ${rest.bias}.`)
}

function perTarget<Targets extends number>(matrix: Matrix): PerTarget<Targets> {
  // TypeScript cannot see that the number of columns is the type's own number.
  return (matrix.cols === 1 ? matrix.data : matrix) as PerTarget<Targets>
}
