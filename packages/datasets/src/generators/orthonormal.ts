import type { Matrix } from '@lab/tensor/random'
import { at } from './stream.ts'

/**
 * Q of the QR decomposition of a matrix with no fewer rows than columns, by Householder reflections with LAPACK's
 * signs: each diagonal of R has the opposite sign of what it replaces, so Q's columns come out as LAPACK's do.
 */
export function orthonormal({ data, rows, cols }: Matrix): Matrix {
  const work = Float64Array.from(data)
  const weights = new Float64Array(cols)
  for (let k = 0; k < cols; k++) {
    weights[k] = makeReflector(work, { rows, cols }, k)
    for (let j = k + 1; j < cols; j++) reflect(work, work, { rows, cols }, { k, j, weight: at(weights, k) })
  }
  const q = new Float64Array(rows * cols)
  for (let k = 0; k < cols; k++) q[k * cols + k] = 1
  for (let k = cols - 1; k >= 0; k--) {
    for (let j = k; j < cols; j++) reflect(q, work, { rows, cols }, { k, j, weight: at(weights, k) })
  }
  return { data: q, rows, cols }
}

type Size = Pick<Matrix, 'rows' | 'cols'>

/** Replaces column k below the diagonal by the reflector's vector (whose first entry is 1) and gives its weight. */
function makeReflector(work: Float64Array, { rows, cols }: Size, k: number): number {
  let below = 0
  for (let i = k + 1; i < rows; i++) below = Math.hypot(below, at(work, i * cols + k))
  // LAPACK leaves a column alone that is zero below the diagonal, whatever its sign.
  if (below === 0) return 0
  const first = at(work, k * cols + k)
  const length = Math.hypot(first, below)
  const diagonal = first >= 0 ? -length : length
  for (let i = k + 1; i < rows; i++) work[i * cols + k] = at(work, i * cols + k) / (first - diagonal)
  work[k * cols + k] = diagonal
  return (diagonal - first) / diagonal
}

/** Applies reflector k to column j of `target`. */
function reflect(
  target: Float64Array,
  vectors: Float64Array,
  { rows, cols }: Size,
  { k, j, weight }: { k: number; j: number; weight: number },
): void {
  let dot = at(target, k * cols + j)
  for (let i = k + 1; i < rows; i++) dot += at(vectors, i * cols + k) * at(target, i * cols + j)
  const step = weight * dot
  target[k * cols + j] = at(target, k * cols + j) - step
  for (let i = k + 1; i < rows; i++) {
    target[i * cols + j] = at(target, i * cols + j) - step * at(vectors, i * cols + k)
  }
}
