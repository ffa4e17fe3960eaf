import { checkNumber, checkSize, refuse } from './check.ts'
import type { Kit } from './kit.ts'
import type { Matrix } from './matrix.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

/** How `multivariateNormal` goes from independent numbers to the covariance asked for. */
export interface MultivariateNormalOptions {
  /**
   * The factor of the covariance. `'cholesky'` is the fastest, needs a positive definite covariance, and gives NumPy's
   * numbers to rounding. `'svd'` (the default, as in NumPy) and `'eigh'` also take a semidefinite one; they give
   * NumPy's numbers up to the sign of each axis, which NumPy leaves to its LAPACK. Here the largest component of every
   * axis is positive.
   */
  method?: 'svd' | 'eigh' | 'cholesky'
  /** How far from symmetric and positive semidefinite the covariance may be. Default 1e-8. */
  tolerance?: number
}

const WHO = 'multivariateNormal'

/** One vector, or `size` of them as the rows of a matrix. */
export function drawMultivariateNormal(
  kit: Kit,
  distribution: { mean: ArrayLike<number>; covariance: Matrix | readonly ArrayLike<number>[] },
  size: number | undefined,
  { method = 'svd', tolerance = 1e-8 }: MultivariateNormalOptions,
): Float64Array | Matrix {
  const { mean } = distribution
  const n = mean.length
  const covariance = checkedCovariance(distribution.covariance, n, tolerance)
  for (let i = 0; i < n; i++) checkNumber(WHO, `mean[${i}]`, mean[i]!)
  if (size !== undefined) checkSize(WHO, size)
  const factor = factors(covariance, method, tolerance)
  const rows = size ?? 1
  const normals = new Float64Array(rows * n)
  kit.fillNormals(normals)
  const out = new Float64Array(rows * n)
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < n; i++) {
      let sum = 0
      for (let k = 0; k < n; k++) sum += normals[row * n + k]! * factor[i * n + k]!
      out[row * n + i] = mean[i]! + sum
    }
  }
  return size === undefined ? out : { data: out, rows, cols: n }
}

function checkedCovariance(given: Matrix | readonly ArrayLike<number>[], n: number, tolerance: number): Matrix {
  const covariance = 'data' in given ? given : fromRows(given)
  const { data, rows, cols } = covariance
  if (rows !== cols || data.length !== rows * cols) refuse(WHO, `the covariance is ${rows}×${cols}. It must be square.`)
  if (rows !== n) refuse(WHO, `the covariance is ${rows}×${cols} but the mean has ${n} numbers. They must match.`)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const value = data[i * n + j]!
      checkNumber(WHO, `covariance[${i}][${j}]`, value)
      const mirrored = data[j * n + i]!
      if (Math.abs(value - mirrored) <= tolerance + tolerance * Math.abs(mirrored)) continue
      refuse(WHO, `the covariance is not symmetric: [${i}][${j}] is ${value}, [${j}][${i}] is ${mirrored}.`)
    }
  }
  return covariance
}

function fromRows(rows: readonly ArrayLike<number>[]): Matrix {
  const ragged = rows.findIndex((row) => row.length !== rows.length)
  if (ragged >= 0) {
    refuse(WHO, `the covariance has ${rows.length} rows, but row ${ragged} has ${rows[ragged]!.length} numbers.`)
  }
  return { data: Float64Array.from(rows.flatMap((row) => Array.from(row))), rows: rows.length, cols: rows.length }
}

/** F with F·Fᵀ = covariance, row-major. */
function factors(covariance: Matrix, method: string, tolerance: number): Float64Array {
  if (method === 'cholesky') return cholesky(covariance)
  if (method !== 'svd' && method !== 'eigh') {
    refuse(WHO, `method must be 'svd', 'eigh' or 'cholesky', got ${String(method)}.`)
  }
  const n = covariance.rows
  const { values, vectors } = symmetricEigen(covariance)
  if (n > 0 && values[0]! < -tolerance * Math.max(1, values[n - 1]!)) {
    refuse(WHO, `the covariance is not positive semidefinite: it has the eigenvalue ${values[0]}.`)
  }
  const factor = new Float64Array(n * n)
  for (let k = 0; k < n; k++) {
    // A singular value decomposition lists the longest axis first, an eigendecomposition last.
    const column = method === 'svd' ? n - 1 - k : k
    const length = Math.sqrt(Math.abs(values[column]!))
    for (let i = 0; i < n; i++) factor[i * n + k] = vectors.data[i * n + column]! * length
  }
  return factor
}

function cholesky({ data, rows: n }: Matrix): Float64Array {
  const factor = new Float64Array(n * n)
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = data[i * n + j]!
      for (let k = 0; k < j; k++) sum -= factor[i * n + k]! * factor[j * n + k]!
      if (i > j) factor[i * n + j] = sum / factor[j * n + j]!
      else if (sum > 0) factor[j * n + j] = Math.sqrt(sum)
      else refuse(WHO, `the covariance is not positive definite. Use method 'svd' or 'eigh' for a semidefinite one.`)
    }
  }
  return factor
}
