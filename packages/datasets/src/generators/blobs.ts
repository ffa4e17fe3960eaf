import type { Matrix } from '@lab/tensor/random'
import { insist, insistBetween, insistCount } from './check.ts'
import { takeRows } from './dense.ts'
import { at, shuffledOrder, streamOf, type SeedOption } from './stream.ts'

/** How the blobs look. */
export interface BlobsOptions extends SeedOption {
  /** Points in all, shared out evenly, or the number of points of every blob. Default 100. */
  nSamples?: number | readonly number[]
  /** Coordinates of a point, where `centers` doesn't fix it. Default 2. */
  nFeatures?: number
  /** How many blobs, or where they lie, a row each. Default 3, or as many as `nSamples` lists. */
  centers?: number | readonly (readonly number[])[]
  /** Standard deviation of every blob, or one for each. Default 1. */
  clusterStd?: number | readonly number[]
  /** Bounds for centers that are drawn. Default [-10, 10]. */
  centerBox?: readonly [low: number, high: number]
  /** Mix the blobs; otherwise one follows the other. Default true. */
  shuffle?: boolean
}

/** Points, the blob of each, and the centers. */
export interface Blobs {
  readonly x: Matrix
  readonly y: Int32Array
  readonly centers: Matrix
}

/**
 * Round clouds of points around centers: for clustering and easy classification. The numbers are those of
 * scikit-learn's `make_blobs` for the same `random_state`.
 *
 * @example
 * ```ts
 * import { makeBlobs } from '@lab/datasets'
 *
 * const { x, y } = makeBlobs({ nSamples: 6, centers: 2, seed: 0 })
 * x.rows // → 6
 * Array.from(y) // → [1, 1, 0, 0, 1, 0]
 * ```
 */
export function makeBlobs(options: BlobsOptions = {}): Blobs {
  const { nSamples = 100, clusterStd = 1, shuffle = true, seed } = options
  check(options)
  const stream = streamOf(seed)
  const centers = placeCenters(options, (low, high, size) => stream.uniform(low, high, size))
  const { rows: k, cols } = centers
  const sizes = typeof nSamples === 'number' ? shareOut(nSamples, k) : nSamples
  const spreads = typeof clusterStd === 'number' ? Array.from({ length: k }, () => clusterStd) : clusterStd

  const total = sizes.reduce((sum, size) => sum + size, 0)
  const x = { data: new Float64Array(total * cols), rows: total, cols }
  const y = new Int32Array(total)
  let row = 0
  sizes.forEach((size, i) => {
    const spread = at(spreads, i)
    stream.standardNormal(size * cols).forEach((value, j) => {
      x.data[row * cols + j] = at(centers.data, i * cols + (j % cols)) + spread * value
    })
    y.fill(i, row, row + size)
    row += size
  })
  if (!shuffle) return { x, y, centers }
  const order = shuffledOrder(stream, total)
  return { x: takeRows(x, order), y: Int32Array.from(order, (i) => at(y, i)), centers }
}

function check({ nSamples = 100, nFeatures = 2, centers, clusterStd = 1, centerBox = [-10, 10] }: BlobsOptions): void {
  const who = 'makeBlobs'
  if (typeof nSamples === 'number') insistCount(nSamples, 1, who, 'nSamples')
  else nSamples.forEach((size, i) => insistCount(size, 0, who, `nSamples[${i}]`))
  insistCount(nFeatures, 1, who, 'nFeatures')
  if (typeof centers === 'number') insistCount(centers, 1, who, 'centers')
  const asked = typeof centers === 'number' ? centers : centers?.length
  const k = typeof nSamples === 'number' ? (asked ?? 3) : nSamples.length
  insist(k > 0, who, 'there are no blobs. Give one center or size at least.')
  insist(
    asked === undefined || asked === k,
    who,
    `nSamples lists ${k} blobs but there are ${asked} centers. They must match.`,
  )
  if (typeof centers === 'object') {
    const width = centers[0]?.length
    const isEven = centers.every((center) => center.length === width && center.every(Number.isFinite))
    insist(isEven, who, 'centers must be rows of equally many finite numbers.')
  }
  if (typeof clusterStd === 'number') insistBetween(clusterStd, [0, Infinity], who, 'clusterStd')
  else {
    insist(
      clusterStd.length === k,
      who,
      `clusterStd lists ${clusterStd.length} values for ${k} blobs. They must match.`,
    )
    clusterStd.forEach((std, i) => insistBetween(std, [0, Infinity], who, `clusterStd[${i}]`))
  }
  insist(centerBox.every(Number.isFinite) && centerBox[0] <= centerBox[1], who, 'centerBox must be [low, high].')
}

function placeCenters(
  { nSamples = 100, nFeatures = 2, centers, centerBox: [low, high] = [-10, 10] }: BlobsOptions,
  uniform: (low: number, high: number, size: number) => Float64Array,
): Matrix {
  if (typeof centers === 'object') {
    const cols = centers[0]?.length ?? 0
    return { data: Float64Array.from(centers.flat()), rows: centers.length, cols }
  }
  const rows = centers ?? (typeof nSamples === 'number' ? 3 : nSamples.length)
  return { data: uniform(low, high, rows * nFeatures), rows, cols: nFeatures }
}

/** As even as can be; the first get one more. */
function shareOut(total: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, i) => Math.floor(total / parts) + (i < total % parts ? 1 : 0))
}
