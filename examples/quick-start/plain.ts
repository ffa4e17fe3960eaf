// The same jobs as one writes them without a library.

/** The product of two square matrices: the three loops in the order that reads both row by row. */
export function plainProduct(a: Float32Array, b: Float32Array, n: number): Float32Array<ArrayBuffer> {
  const c = new Float32Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k]!
      for (let j = 0; j < n; j++) c[i * n + j]! += factor * b[k * n + j]!
    }
  }
  return c
}

export function plainExp(values: Float64Array): Float64Array {
  return values.map((value) => Math.exp(value))
}

export function plainSort(values: Float64Array): Float64Array {
  return values.slice().sort()
}

/** The largest difference between two arrays, absolute or in proportion to the first. */
export function maxDifference(a: ArrayLike<number>, b: ArrayLike<number>, relative = false): number {
  if (a.length !== b.length) return Infinity
  let most = 0
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]! - b[i]!) / (relative ? Math.abs(a[i]!) : 1))
  return most
}
