import type { Matrix, RandomState } from '@lab/tensor/random'
import { insist, insistBetween, insistCount } from './check.ts'
import { product, putColumns, takeColumns, takeRows } from './dense.ts'
import { hypercubeCorners } from './hypercube-corners.ts'
import { at, shuffledOrder, signedUniform, streamOf, type SeedOption } from './stream.ts'

/** How hard the problem is. */
export interface ClassificationOptions extends SeedOption {
  /** Rows. Default 100. */
  nSamples?: number
  /** Columns in all; those that no other option claims are noise. Default 20. */
  nFeatures?: number
  /** Columns that tell the classes apart. Default 2. */
  nInformative?: number
  /** Columns that are sums of informative ones. Default 2. */
  nRedundant?: number
  /** Columns that repeat others. Default 0. */
  nRepeated?: number
  /** Default 2. */
  nClasses?: number
  /** Separate clouds of points within a class. Default 2. */
  nClustersPerClass?: number
  /** Share of the rows of every class; the last one may be left out. Default: equal shares. */
  weights?: readonly number[] | null
  /** Share of the rows whose class is drawn anew: more makes it harder. Default 0.01. */
  flipY?: number
  /** Half the distance between cluster centers: more makes it easier. Default 1. */
  classSep?: number
  /** Put the centers on the corners of a cube; otherwise of a random box. Default true. */
  hypercube?: boolean
  /** Added to every feature (one number, one for each, or null to draw them). Default 0. */
  shift?: number | readonly number[] | null
  /** Multiplies every feature after the shift (one number, one for each, or null to draw them). Default 1. */
  scale?: number | readonly number[] | null
  /** Mix rows and columns. Default true. */
  shuffle?: boolean
}

/** What a column is. */
export type FeatureKind = 'informative' | 'redundant' | 'repeated' | 'random'

/** Rows, the class of each, and what every column is. */
export interface GeneratedClassification {
  readonly x: Matrix
  readonly y: Int32Array
  readonly featureKinds: readonly FeatureKind[]
}

type Settings = Required<Omit<ClassificationOptions, 'seed'>>

const defaults: Settings = {
  nSamples: 100,
  nFeatures: 20,
  nInformative: 2,
  nRedundant: 2,
  nRepeated: 0,
  nClasses: 2,
  nClustersPerClass: 2,
  weights: null,
  flipY: 0.01,
  classSep: 1,
  hypercube: true,
  shift: 0,
  scale: 1,
  shuffle: true,
}

/**
 * A classification problem made to measure: some columns tell the classes apart, others are sums, repetitions or noise.
 * The numbers are those of scikit-learn's `make_classification` for the same `random_state`.
 *
 * @example
 * ```ts
 * import { makeClassification } from '@lab/datasets'
 *
 * const { x, y, featureKinds } = makeClassification({ nFeatures: 4, seed: 42 })
 * x.rows // → 100
 * Array.from(y.subarray(0, 5)) // → [1, 0, 1, 0, 0]
 * featureKinds // → ["informative", "redundant", "redundant", "informative"]
 * ```
 */
export function makeClassification(options: ClassificationOptions = {}): GeneratedClassification {
  const settings = { ...defaults, ...options }
  check(settings)
  const { nSamples, nFeatures, nInformative, nRedundant, nRepeated, nClasses, flipY, shuffle } = settings
  const stream = streamOf(options.seed)
  const x: Matrix = { data: new Float64Array(nSamples * nFeatures), rows: nSamples, cols: nFeatures }
  const { informative, y } = drawClusters(stream, settings)
  putColumns(x, informative, 0)

  if (nRedundant > 0) {
    putColumns(x, product(informative, signedUniform(stream, nInformative, nRedundant)), nInformative)
  }
  const useful = nInformative + nRedundant
  if (nRepeated > 0) {
    const which = stream.random(nRepeated).map((value) => Math.trunc((useful - 1) * value + 0.5))
    putColumns(x, takeColumns(x, which), useful)
  }
  const noise = nFeatures - useful - nRepeated
  if (noise > 0) {
    const data = stream.standardNormal(nSamples * noise)
    putColumns(x, { data, rows: nSamples, cols: noise }, nFeatures - noise)
  }
  if (flipY >= 0) flipLabels(stream, y, flipY, nClasses)
  shiftAndScale(stream, x, settings)

  const kinds = Array.from({ length: nFeatures }, (_, j): FeatureKind => {
    if (j < nInformative) return 'informative'
    if (j < useful) return 'redundant'
    return j < useful + nRepeated ? 'repeated' : 'random'
  })
  if (!shuffle) return { x, y, featureKinds: kinds }
  const rowOrder = shuffledOrder(stream, nSamples)
  const columnOrder = shuffledOrder(stream, nFeatures)
  return {
    x: takeColumns(takeRows(x, rowOrder), columnOrder),
    y: Int32Array.from(rowOrder, (i) => at(y, i)),
    featureKinds: Array.from(columnOrder, (j) => kinds[j] ?? 'random'),
  }
}

function check(settings: Settings): void {
  const who = 'makeClassification'
  const { nFeatures, nInformative, nRedundant, nRepeated, nClasses, nClustersPerClass, weights, classSep } = settings
  for (const name of ['nSamples', 'nFeatures', 'nInformative', 'nClasses', 'nClustersPerClass'] as const) {
    insistCount(settings[name], 1, who, name)
  }
  insistCount(nRedundant, 0, who, 'nRedundant')
  insistCount(nRepeated, 0, who, 'nRepeated')
  const claimed = nInformative + nRedundant + nRepeated
  insist(
    claimed <= nFeatures,
    who,
    `nInformative + nRedundant + nRepeated is ${claimed} but nFeatures is ${nFeatures}. Ask for fewer, or more features.`,
  )
  const clusters = nClasses * nClustersPerClass
  insist(
    nInformative >= Math.log2(clusters),
    who,
    `${clusters} clusters need different corners, and ${nInformative} informative features have ${2 ** nInformative}. ` +
      'Raise nInformative.',
  )
  const listed = weights?.length ?? nClasses
  const isListed = listed === nClasses || listed === nClasses - 1
  insist(
    isListed,
    who,
    `weights lists ${listed} shares for ${nClasses} classes. They must match; the last may be left out.`,
  )
  insist(
    (weights ?? []).every((w) => w >= 0),
    who,
    'weights must not be negative.',
  )
  const total = (weights ?? []).reduce((sum, weight) => sum + weight, 0)
  // Shares such as 0.1 + 0.2 + 0.7 need not add up to 1 exactly.
  insist(total <= 1 + 1e-9, who, `weights add up to ${total}. They must not exceed 1.`)
  insistBetween(settings.flipY, [0, 1], who, 'flipY')
  insistBetween(classSep, [0, Infinity], who, 'classSep')
  for (const name of ['shift', 'scale'] as const) {
    const value = settings[name]
    const values = typeof value === 'number' ? [value] : (value ?? [])
    insist(values.every(Number.isFinite), who, `${name} must be finite.`)
    if (typeof value === 'object' && value !== null) {
      insist(
        value.length === nFeatures,
        who,
        `${name} lists ${value.length} values for ${nFeatures} features. They must match.`,
      )
    }
  }
}

/** Clouds around corners of a cube, every one bent by a matrix of its own. */
function drawClusters(stream: RandomState, settings: Settings): { informative: Matrix; y: Int32Array } {
  const { nSamples, nInformative: cols, nClasses, nClustersPerClass, classSep, hypercube } = settings
  const count = nClasses * nClustersPerClass
  const centers = hypercubeCorners(stream, count, cols).map((bit) => bit * (2 * classSep) - classSep)
  if (!hypercube) {
    const [stretchRow, stretchColumn] = [stream.random(count), stream.random(cols)]
    centers.forEach((value, i) => {
      centers[i] = value * at(stretchRow, Math.floor(i / cols)) * at(stretchColumn, i % cols)
    })
  }
  const round = { data: stream.standardNormal(nSamples * cols), rows: nSamples, cols }
  const informative = { data: new Float64Array(nSamples * cols), rows: nSamples, cols }
  const y = new Int32Array(nSamples)
  let row = 0
  clusterSizes(settings).forEach((size, k) => {
    const cloud = { data: round.data.subarray(row * cols, (row + size) * cols), rows: size, cols }
    const bent = product(cloud, signedUniform(stream, cols, cols))
    bent.data.forEach((value, i) => {
      informative.data[row * cols + i] = value + at(centers, k * cols + (i % cols))
    })
    y.fill(k % nClasses, row, row + size)
    row += size
  })
  return { informative, y }
}

function clusterSizes({ nSamples, nClasses, nClustersPerClass, weights }: Settings): number[] {
  const count = nClasses * nClustersPerClass
  const shares = weights === null ? Array.from({ length: nClasses }, () => 1 / nClasses) : [...weights]
  if (shares.length < nClasses) shares.push(1 - shares.reduce((sum, share) => sum + share, 0))
  const sizes = Array.from({ length: count }, (_, k) =>
    Math.trunc((nSamples * at(shares, k % nClasses)) / nClustersPerClass),
  )
  const left = nSamples - sizes.reduce((sum, size) => sum + size, 0)
  for (let i = 0; i < left; i++) sizes[i % count] = at(sizes, i % count) + 1
  return sizes
}

function flipLabels(stream: RandomState, y: Int32Array, share: number, classes: number): void {
  const rows = Array.from(stream.random(y.length).entries(), ([i, value]) => (value < share ? i : -1)).filter(
    (i) => i >= 0,
  )
  const labels = stream.integers(0, classes, rows.length)
  rows.forEach((row, i) => {
    y[row] = at(labels, i)
  })
}

function shiftAndScale(stream: RandomState, { data, cols }: Matrix, { shift, scale, classSep }: Settings): void {
  const each = (value: number | readonly number[] | null, draw: (value: number) => number): ArrayLike<number> => {
    if (value === null) return stream.random(cols).map(draw)
    return typeof value === 'number' ? new Float64Array(cols).fill(value) : value
  }
  const shifts = each(shift, (value) => (2 * value - 1) * classSep)
  const scales = each(scale, (value) => 1 + 100 * value)
  data.forEach((value, i) => {
    data[i] = (value + at(shifts, i % cols)) * at(scales, i % cols)
  })
}
