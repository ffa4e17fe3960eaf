// Products of sparse matrices in compressed rows: row r has the values starts[r] ≤ p < starts[r + 1], each with its
// column.
import { madd64 } from './parts/simd'
import { findOutside } from './parts/indices'

/** Where the first column stands, among begin ≤ p < end, that is not in 0 … cols - 1; -1 if there is none. */
export function find_outside(columns: usize, cols: i32, begin: i32, end: i32): i32 {
  return findOutside(columns, cols, begin, end)
}

/** The first row among begin ≤ r < end that ends before it starts; -1 if there is none. */
export function find_falling(starts: usize, begin: i32, end: i32): i32 {
  for (let r = begin; r < end; r++) {
    if (load<i32>(starts + (usize(r) << 2), 4) < load<i32>(starts + (usize(r) << 2))) return r
  }
  return -1
}

// @ts-ignore: decorator
@inline
function term(values: usize, columns: usize, x: usize, p: i32): f64 {
  return load<f64>(values + (usize(p) << 3)) * load<f64>(x + (usize(load<u32>(columns + (usize(p) << 2))) << 3))
}

/** y[r] = Σ a[r, c]·x[c] for the rows begin ≤ r < end. */
export function csr_vector(
  starts: usize, columns: usize, values: usize, x: usize, y: usize, begin: i32, end: i32, thread: i32,
): void {
  for (let r = begin; r < end; r++) {
    let p = load<i32>(starts + (usize(r) << 2))
    const last = load<i32>(starts + (usize(r) << 2), 4)
    let a: f64 = 0
    let b: f64 = 0
    let c: f64 = 0
    let d: f64 = 0
    for (; p + 4 <= last; p += 4) {
      a += term(values, columns, x, p)
      b += term(values, columns, x, p + 1)
      c += term(values, columns, x, p + 2)
      d += term(values, columns, x, p + 3)
    }
    for (; p < last; p++) a += term(values, columns, x, p)
    store<f64>(y + (usize(r) << 3), a + b + (c + d))
  }
}

/** Rows begin ≤ r < end of y = a·x, where x and y have k columns. */
export function csr_matrix(
  starts: usize, columns: usize, values: usize, x: usize, y: usize, k: i32, begin: i32, end: i32, thread: i32,
): void {
  const width = usize(k) << 3
  for (let r = begin; r < end; r++) {
    const first = load<i32>(starts + (usize(r) << 2))
    const last = load<i32>(starts + (usize(r) << 2), 4)
    const row = y + usize(r) * width
    let j = 0
    for (; j + 8 <= k; j += 8) {
      let a = f64x2.splat(0)
      let b = a
      let c = a
      let d = a
      for (let p = first; p < last; p++) {
        const v = v128.load64_splat(values + (usize(p) << 3))
        const q = x + usize(load<u32>(columns + (usize(p) << 2))) * width + (usize(j) << 3)
        a = madd64(v, v128.load(q), a)
        b = madd64(v, v128.load(q, 16), b)
        c = madd64(v, v128.load(q, 32), c)
        d = madd64(v, v128.load(q, 48), d)
      }
      const to = row + (usize(j) << 3)
      v128.store(to, a)
      v128.store(to, b, 16)
      v128.store(to, c, 32)
      v128.store(to, d, 48)
    }
    for (; j < k; j++) {
      let sum = f64x2.splat(0)
      for (let p = first; p < last; p++) {
        const q = x + usize(load<u32>(columns + (usize(p) << 2))) * width + (usize(j) << 3)
        sum = madd64(v128.load64_zero(values + (usize(p) << 3)), v128.load64_zero(q), sum)
      }
      v128.store64_lane(row + (usize(j) << 3), sum, 0)
    }
  }
}

/** partial[i] = the share of aᵀ·x that comes from part i of the rows, for the parts begin ≤ i < end. */
export function csr_transposed(
  starts: usize, columns: usize, values: usize, x: usize, rows: i32, cols: i32, part: i32, partial: usize,
  begin: i32, end: i32, thread: i32,
): void {
  for (let i = begin; i < end; i++) {
    const y = partial + ((usize(i) * usize(cols)) << 3)
    memory.fill(y, 0, usize(cols) << 3)
    const last = min(rows, (i + 1) * part)
    for (let r = i * part; r < last; r++) {
      const factor = load<f64>(x + (usize(r) << 3))
      const end = load<i32>(starts + (usize(r) << 2), 4)
      for (let p = load<i32>(starts + (usize(r) << 2)); p < end; p++) {
        const q = y + (usize(load<u32>(columns + (usize(p) << 2))) << 3)
        store<f64>(q, load<f64>(q) + factor * load<f64>(values + (usize(p) << 3)))
      }
    }
  }
}

/** y = the sum of the parts' shares, in their order, for the columns begin ≤ c < end. */
export function add_parts(partial: usize, parts: i32, cols: i32, y: usize, begin: i32, end: i32, thread: i32): void {
  for (let c = begin; c < end; c++) {
    let sum = load<f64>(partial + (usize(c) << 3))
    for (let i = 1; i < parts; i++) sum += load<f64>(partial + ((usize(i) * usize(cols) + usize(c)) << 3))
    store<f64>(y + (usize(c) << 3), sum)
  }
}
