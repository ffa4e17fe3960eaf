// Products of a matrix and a vector over f32 and f64. Memory is what they wait for, so they read the matrix once, in
// the order in which it is stored. Steps between rows are in bytes.
import { sumPartials } from './parts/gemm-finish'
import { madd, sum } from './parts/simd'

/** Columns whose sums stay in the first-level cache; the same number stands in src/kernels/products/gemv.ts. */
const BAND: i32 = 1024

/** y[i] = alpha · (row i of a) · x + beta · d[i] for the rows begin ≤ i < end. */
// @ts-ignore: decorator
@inline
function rows<T>(
  n: i32, a: usize, aStep: usize, x: usize, y: usize, yStep: usize, d: usize, dStep: usize, alpha: T, beta: T,
  begin: i32, end: i32,
): void {
  for (let i = begin; i < end; i += 4) {
    const h = min(4, end - i)
    // Rows that are not there are read as the one before, so that each row is summed in the same order in any company.
    const a0 = a + usize(i) * aStep
    const a1 = h > 1 ? a0 + aStep : a0
    const a2 = h > 2 ? a1 + aStep : a1
    const a3 = h > 3 ? a2 + aStep : a2
    fourRows<T>(n, a0, a1, a2, a3, x, h, y + usize(i) * yStep, yStep, d + usize(i) * dStep, dStep, alpha, beta)
  }
}

function fourRows<T>(
  n: i32, a0: usize, a1: usize, a2: usize, a3: usize, x: usize,
  h: i32, y: usize, yStep: usize, d: usize, dStep: usize, alpha: T, beta: T,
): void {
  let s0 = i64x2.splat(0), s1 = s0, s2 = s0, s3 = s0
  let t0 = s0, t1 = s0, t2 = s0, t3 = s0
  const bytes = usize(n) * sizeof<T>()
  const whole = bytes & ~31
  let at: usize = 0
  for (; at < whole; at += 32) {
    const lo = v128.load(x + at)
    const hi = v128.load(x + at, 16)
    s0 = madd<T>(v128.load(a0 + at), lo, s0)
    t0 = madd<T>(v128.load(a0 + at, 16), hi, t0)
    s1 = madd<T>(v128.load(a1 + at), lo, s1)
    t1 = madd<T>(v128.load(a1 + at, 16), hi, t1)
    s2 = madd<T>(v128.load(a2 + at), lo, s2)
    t2 = madd<T>(v128.load(a2 + at, 16), hi, t2)
    s3 = madd<T>(v128.load(a3 + at), lo, s3)
    t3 = madd<T>(v128.load(a3 + at, 16), hi, t3)
  }
  let r0 = sum<T>(v128.add<T>(s0, t0))
  let r1 = sum<T>(v128.add<T>(s1, t1))
  let r2 = sum<T>(v128.add<T>(s2, t2))
  let r3 = sum<T>(v128.add<T>(s3, t3))
  for (; at < bytes; at += sizeof<T>()) {
    const value = load<T>(x + at)
    r0 += load<T>(a0 + at) * value
    r1 += load<T>(a1 + at) * value
    r2 += load<T>(a2 + at) * value
    r3 += load<T>(a3 + at) * value
  }
  finish<T>(y, d, alpha * r0, beta)
  if (h > 1) finish<T>(y + yStep, d + dStep, alpha * r1, beta)
  if (h > 2) finish<T>(y + 2 * yStep, d + 2 * dStep, alpha * r2, beta)
  if (h > 3) finish<T>(y + 3 * yStep, d + 3 * dStep, alpha * r3, beta)
}

// @ts-ignore: decorator
@inline
function finish<T>(y: usize, d: usize, value: T, beta: T): void {
  store<T>(y, beta == 0 ? value : value + beta * load<T>(d))
}

/**
 * partials[block] = the sum of x[i] · (row i of a) over the `height` rows of a block, `width` values (whole vectors) apart.
 * The pieces begin ≤ i < end are BAND columns of a block each: first those of the first block.
 */
// @ts-ignore: decorator
@inline
function columnSums<T>(
  m: i32, n: i32, height: i32, a: usize, aStep: usize, x: usize, xStep: usize, partials: usize, width: i32,
  begin: i32, end: i32,
): void {
  const bands = (n + BAND - 1) / BAND
  for (let piece = begin; piece < end; piece++) {
    const top = (piece / bands) * height
    const left = (piece % bands) * BAND
    const at = usize(left) * sizeof<T>()
    const p = partials + usize(piece / bands) * width * sizeof<T>() + at
    const bytes = usize(min(BAND, n - left)) * sizeof<T>()
    memory.fill(p, 0, (bytes + 15) & ~15)
    const bottom = min(m, top + height)
    for (let i = top; i < bottom; i += 4) {
      addRows<T>(min(4, bottom - i), bytes, a + usize(i) * aStep + at, aStep, x + usize(i) * xStep, xStep, p)
    }
  }
}

/** p += the h ≤ 4 rows of a times their x. */
function addRows<T>(h: i32, bytes: usize, a: usize, aStep: usize, x: usize, xStep: usize, p: usize): void {
  if (h < 4) {
    for (let i = 0; i < h; i++) {
      const value = load<T>(x)
      const factor = v128.splat<T>(value)
      let at: usize = 0
      for (; at + 16 <= bytes; at += 16) v128.store(p + at, madd<T>(factor, v128.load(a + at), v128.load(p + at)))
      for (; at < bytes; at += sizeof<T>()) store<T>(p + at, load<T>(p + at) + value * load<T>(a + at))
      a += aStep
      x += xStep
    }
    return
  }
  const x0 = v128.load_splat<T>(x)
  const x1 = v128.load_splat<T>(x + xStep)
  const x2 = v128.load_splat<T>(x + 2 * xStep)
  const x3 = v128.load_splat<T>(x + 3 * xStep)
  const a1 = a + aStep
  const a2 = a1 + aStep
  const a3 = a2 + aStep
  let at: usize = 0
  for (; at + 16 <= bytes; at += 16) {
    let sums = madd<T>(x0, v128.load(a + at), v128.load(p + at))
    sums = madd<T>(x1, v128.load(a1 + at), sums)
    sums = madd<T>(x2, v128.load(a2 + at), sums)
    v128.store(p + at, madd<T>(x3, v128.load(a3 + at), sums))
  }
  for (; at < bytes; at += sizeof<T>()) {
    let total = load<T>(p + at) + load<T>(x) * load<T>(a + at)
    total += load<T>(x + xStep) * load<T>(a1 + at)
    total += load<T>(x + 2 * xStep) * load<T>(a2 + at)
    store<T>(p + at, total + load<T>(x + 3 * xStep) * load<T>(a3 + at))
  }
}

export function rows_f32(
  n: i32, a: usize, aStep: usize, x: usize, y: usize, yStep: usize, d: usize, dStep: usize, alpha: f32, beta: f32,
  begin: i32, end: i32, thread: i32,
): void {
  rows<f32>(n, a, aStep, x, y, yStep, d, dStep, alpha, beta, begin, end)
}

export function columns_f32(
  m: i32, n: i32, height: i32, a: usize, aStep: usize, x: usize, xStep: usize, partials: usize, width: i32,
  begin: i32, end: i32, thread: i32,
): void {
  columnSums<f32>(m, n, height, a, aStep, x, xStep, partials, width, begin, end)
}

export function sum_f32(
  n: i32, count: i32, partials: usize, width: i32, y: usize, d: usize, alpha: f32, beta: f32,
  begin: i32, end: i32, thread: i32,
): void {
  sumPartials<f32>(0, 1, n, count, partials, width, y, 0, d, 0, alpha, beta, begin, end)
}

export function rows_f64(
  n: i32, a: usize, aStep: usize, x: usize, y: usize, yStep: usize, d: usize, dStep: usize, alpha: f64, beta: f64,
  begin: i32, end: i32, thread: i32,
): void {
  rows<f64>(n, a, aStep, x, y, yStep, d, dStep, alpha, beta, begin, end)
}

export function columns_f64(
  m: i32, n: i32, height: i32, a: usize, aStep: usize, x: usize, xStep: usize, partials: usize, width: i32,
  begin: i32, end: i32, thread: i32,
): void {
  columnSums<f64>(m, n, height, a, aStep, x, xStep, partials, width, begin, end)
}

export function sum_f64(
  n: i32, count: i32, partials: usize, width: i32, y: usize, d: usize, alpha: f64, beta: f64,
  begin: i32, end: i32, thread: i32,
): void {
  sumPartials<f64>(0, 1, n, count, partials, width, y, 0, d, 0, alpha, beta, begin, end)
}
