import type { Matrix } from './matrix.ts'

/** Eigenvalues, ascending, and the matching eigenvectors as columns. */
export interface SymmetricEigen {
  values: Float64Array
  vectors: Matrix
}

/**
 * Jacobi's rotations: slow for large matrices, accurate for all, and free of any choice but the sign of each vector,
 * which is set so that the vector's largest component (the first of equals) is positive.
 */
export function symmetricEigen({ data, rows: n }: Matrix): SymmetricEigen {
  const a = Float64Array.from(data)
  const v = new Float64Array(n * n)
  for (let i = 0; i < n; i++) v[i * n + i] = 1
  // Convergence is quadratic: some ten sweeps do for any size; the limit only keeps a NaN from looping for ever.
  for (let sweep = 0; sweep < 60 && sweepOnce(a, v, n); sweep++);
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[i * n + i]! - a[j * n + j]!)
  const vectors = new Float64Array(n * n)
  order.forEach((from, to) => {
    let largest = 0
    for (let i = 0; i < n; i++) {
      if (Math.abs(v[i * n + from]!) > Math.abs(largest)) largest = v[i * n + from]!
    }
    for (let i = 0; i < n; i++) vectors[i * n + to] = largest < 0 ? -v[i * n + from]! : v[i * n + from]!
  })
  return { values: Float64Array.from(order, (i) => a[i * n + i]!), vectors: { data: vectors, rows: n, cols: n } }
}

/** Rotates every pair of axes once; tells whether any off-diagonal entry was still worth it. */
function sweepOnce(a: Float64Array, v: Float64Array, n: number): boolean {
  let rotated = false
  for (let p = 0; p < n; p++) {
    for (let q = p + 1; q < n; q++) {
      const apq = a[p * n + q]!
      const scale = Math.sqrt(Math.abs(a[p * n + p]! * a[q * n + q]!))
      if (apq === 0 || Math.abs(apq) < 1e-17 * scale) continue
      rotated = true
      const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq)
      const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
      const c = 1 / Math.sqrt(t * t + 1)
      const s = t * c
      for (let k = 0; k < n; k++) rotate(a, k * n + p, k * n + q, c, s)
      for (let k = 0; k < n; k++) rotate(a, p * n + k, q * n + k, c, s)
      for (let k = 0; k < n; k++) rotate(v, k * n + p, k * n + q, c, s)
      a[p * n + q] = 0
      a[q * n + p] = 0
    }
  }
  return rotated
}

// oxlint-disable-next-line max-params -- an inner kernel: two places in flat memory and an angle
function rotate(x: Float64Array, i: number, j: number, c: number, s: number): void {
  const xi = x[i]!
  const xj = x[j]!
  x[i] = c * xi - s * xj
  x[j] = s * xi + c * xj
}
