// Squared Euclidean distances between the rows of two matrices. The rows of the second are packed into panels of 4
// (f64) or 8 (f32), two vectors wide, so that a panel's values for one column of the matrix lie together.
import { madd32, madd64, sum64 } from './parts/simd'

/** Rows of x that go through a panel together. */
const ROWS: i32 = 4

// @ts-ignore: decorator
@inline
function splat<T>(p: usize): v128 {
  return sizeof<T>() == 8 ? v128.load64_splat(p) : v128.load32_splat(p)
}

// @ts-ignore: decorator
@inline
function madd<T>(a: v128, b: v128, c: v128): v128 {
  return sizeof<T>() == 8 ? madd64(a, b, c) : madd32(a, b, c)
}

/** c + (a - b)² */
// @ts-ignore: decorator
@inline
function addSquare<T>(a: v128, b: v128, c: v128): v128 {
  const difference = v128.sub<T>(a, b)
  return madd<T>(difference, difference, c)
}

// @ts-ignore: decorator
@inline
function pack<T>(c: usize, k: i32, d: i32, centred: i32, origin: usize, half: usize, panels: usize): void {
  const width: i32 = 32 / sizeof<T>()
  for (let t = 0; t < d; t++) {
    let mean: f64 = 0
    if (centred) {
      for (let j = 0; j < k; j++) mean += f64(load<T>(c + (usize(j) * usize(d) + usize(t)) * sizeof<T>()))
      mean /= f64(k)
    }
    store<T>(origin + usize(t) * sizeof<T>(), <T>mean)
  }
  for (let j = 0; j < (k + width - 1) / width * width; j++) {
    const panel = panels + usize(j / width) * usize(d) * 32 + usize(j % width) * sizeof<T>()
    let norm: f64 = 0
    for (let t = 0; t < d; t++) {
      let value = <T>0
      if (j < k) {
        value = load<T>(c + (usize(j) * usize(d) + usize(t)) * sizeof<T>()) - load<T>(origin + usize(t) * sizeof<T>())
      }
      norm += f64(value) * f64(value)
      store<T>(panel + (usize(t) << 5), value)
    }
    // What fills the last panel up is never the nearest.
    store<T>(half + usize(j) * sizeof<T>(), j < k ? <T>(norm / -2) : <T>-Infinity)
  }
}

/**
 * Packs the k rows of c, less their mean if `centred` (written to `origin`, else zeros), and minus half of each one's
 * squared length.
 */
export function pack_f64(c: usize, k: i32, d: i32, centred: i32, origin: usize, half: usize, panels: usize): void {
  pack<f64>(c, k, d, centred, origin, half, panels)
}

export function pack_f32(c: usize, k: i32, d: i32, centred: i32, origin: usize, half: usize, panels: usize): void {
  pack<f32>(c, k, d, centred, origin, half, panels)
}

/** Four rows of x less the origin, the values of one column together. Rows that are missing repeat the first. */
// @ts-ignore: decorator
@inline
function takeRows<T>(x: usize, d: i32, rows: i32, origin: usize, to: usize): void {
  for (let r = 0; r < ROWS; r++) {
    const row = x + usize(r < rows ? r : 0) * usize(d) * sizeof<T>()
    let q = to + usize(r) * sizeof<T>()
    for (let t: usize = 0; t < usize(d) * sizeof<T>(); t += sizeof<T>()) {
      store<T>(q, load<T>(row + t) - load<T>(origin + t))
      q += ROWS * sizeof<T>()
    }
  }
}

/** Keeps, lane by lane, the larger score and the number of its panel: no number before was larger. */
// @ts-ignore: decorator
@inline
function keep<T>(best: usize, score: v128, panel: v128): void {
  const old = v128.load(best)
  const more = v128.gt<T>(score, old)
  v128.store(best, v128.pmax<T>(old, score))
  v128.store(best, i32x4.max_s(v128.load(best, 128), v128.and(panel, more)), 128)
}

/** The row's place: the largest score, of equals the lowest place. */
// @ts-ignore: decorator
@inline
function place<T>(best: usize): i32 {
  const width: i32 = 32 / sizeof<T>()
  let most = load<T>(best)
  let at = load<i32>(best, 128) * width
  for (let j = 1; j < width; j++) {
    const q = best + usize(j) * sizeof<T>()
    const score = load<T>(q)
    const here = load<i32>(q, 128) * width + j
    if (score > most || (score == most && here < at)) {
      most = score
      at = here
    }
  }
  return at
}

// @ts-ignore: decorator
@inline
function pair<T>(p: usize): v128 {
  return sizeof<T>() == 8 ? v128.load(p) : f64x2.promote_low_f32x4(v128.load64_zero(p))
}

/** Σ (p - q)², from the values themselves and in f64. */
// @ts-ignore: decorator
@inline
function distance<T>(p: usize, q: usize, d: i32): f64 {
  let sum = f64x2.splat(0)
  let t = 0
  for (; t + 2 <= d; t += 2) {
    sum = addSquare<f64>(pair<T>(p), pair<T>(q), sum)
    p += 2 * sizeof<T>()
    q += 2 * sizeof<T>()
  }
  let total = sum64(sum)
  if (t < d) {
    const difference = f64(load<T>(p)) - f64(load<T>(q))
    total += difference * difference
  }
  return total
}

/** Stores a row's two vectors, or as many of their values as there are columns left. */
// @ts-ignore: decorator
@inline
function put<T>(to: usize, left: i32, a: v128, b: v128, spare: usize): void {
  if (left * i32(sizeof<T>()) >= 32) {
    v128.store(to, a)
    v128.store(to, b, 16)
  } else {
    v128.store(spare, a)
    v128.store(spare, b, 16)
    for (let j: usize = 0; j < usize(left) * sizeof<T>(); j += sizeof<T>()) store<T>(to + j, load<T>(spare + j))
  }
}

/** A row's score against a vector of packed rows: the product is added up, or the square of the difference. */
// @ts-ignore: decorator
@inline
function step<T>(all: bool, value: v128, packed: v128, sum: v128): v128 {
  return all ? addSquare<T>(value, packed, sum) : madd<T>(value, packed, sum)
}

/**
 * Goes through all panels with four rows at a time. With `all`, every squared distance is written to `out`. Otherwise
 * the score of a row is x·c - |c|²/2, all less the origin, which orders like the distance, the other way round, at two
 * operations a value instead of three; the row's place and exact distance are written to `labels` and `out`.
 */
// @ts-ignore: decorator
@inline
function compare<T>(
  all: bool, x: usize, n: i32, d: i32, c: usize, k: i32, origin: usize, half: usize, panels: usize, labels: usize,
  out: usize, rows: usize, begin: i32, end: i32,
): void {
  const width: i32 = 32 / sizeof<T>()
  // Two vectors of scores for each of four rows, and behind them the panels that they come from.
  const best = rows + usize(d) * ROWS * sizeof<T>()
  const zero = i64x2.splat(0)
  const worst = v128.splat<T>(<T>-Infinity)
  const wide = usize(k) * sizeof<T>()
  for (let group = begin; group < end; group++) {
    const first = group * ROWS
    const many = min(ROWS, n - first)
    const own = x + usize(first) * usize(d) * sizeof<T>()
    takeRows<T>(own, d, many, origin, rows)
    if (!all) {
      for (let j: usize = 0; j < 128; j += 16) {
        v128.store(best + j, worst)
        v128.store(best + j, zero, 128)
      }
    }
    let b = panels
    for (let panel = 0; panel * width < k; panel++) {
      let a = rows
      let c00 = all ? zero : v128.load(half + (usize(panel) << 5))
      let c01 = all ? zero : v128.load(half + (usize(panel) << 5), 16)
      let c10 = c00
      let c11 = c01
      let c20 = c00
      let c21 = c01
      let c30 = c00
      let c31 = c01
      for (let t = 0; t < d; t++) {
        const b0 = v128.load(b)
        const b1 = v128.load(b, 16)
        let value = splat<T>(a)
        c00 = step<T>(all, value, b0, c00)
        c01 = step<T>(all, value, b1, c01)
        value = splat<T>(a + sizeof<T>())
        c10 = step<T>(all, value, b0, c10)
        c11 = step<T>(all, value, b1, c11)
        value = splat<T>(a + 2 * sizeof<T>())
        c20 = step<T>(all, value, b0, c20)
        c21 = step<T>(all, value, b1, c21)
        value = splat<T>(a + 3 * sizeof<T>())
        c30 = step<T>(all, value, b0, c30)
        c31 = step<T>(all, value, b1, c31)
        a += ROWS * sizeof<T>()
        b += 32
      }
      if (all) {
        const j = panel * width
        const to = out + usize(first) * wide + usize(j) * sizeof<T>()
        put<T>(to, k - j, c00, c01, best)
        if (many > 1) put<T>(to + wide, k - j, c10, c11, best)
        if (many > 2) put<T>(to + 2 * wide, k - j, c20, c21, best)
        if (many > 3) put<T>(to + 3 * wide, k - j, c30, c31, best)
      } else {
        const number = sizeof<T>() == 8 ? i64x2.splat(panel) : i32x4.splat(panel)
        keep<T>(best, c00, number)
        keep<T>(best + 16, c01, number)
        keep<T>(best + 32, c10, number)
        keep<T>(best + 48, c11, number)
        keep<T>(best + 64, c20, number)
        keep<T>(best + 80, c21, number)
        keep<T>(best + 96, c30, number)
        keep<T>(best + 112, c31, number)
      }
    }
    if (all) continue
    for (let r = 0; r < many; r++) {
      const at = place<T>(best + (usize(r) << 5))
      store<i32>(labels + (usize(first + r) << 2), at)
      const size = usize(d) * sizeof<T>()
      const square = distance<T>(own + usize(r) * size, c + usize(at) * size, d)
      store<T>(out + usize(first + r) * sizeof<T>(), <T>square)
    }
  }
}

/**
 * For each row of x, four rows to a group, the nearest row of c and the squared distance to it: the groups
 * begin ≤ i < end. The scratch holds four rows and 256 bytes.
 */
export function nearest_f64(
  x: usize, n: i32, d: i32, c: usize, k: i32, origin: usize, half: usize, panels: usize, labels: usize,
  distances: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32,
): void {
  const rows = scratch + usize(thread) * stride
  compare<f64>(false, x, n, d, c, k, origin, half, panels, labels, distances, rows, begin, end)
}

export function nearest_f32(
  x: usize, n: i32, d: i32, c: usize, k: i32, origin: usize, half: usize, panels: usize, labels: usize,
  distances: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32,
): void {
  const rows = scratch + usize(thread) * stride
  compare<f32>(false, x, n, d, c, k, origin, half, panels, labels, distances, rows, begin, end)
}

/** out[i, j] = the squared distance of row i of x to packed row j, summed from the differences themselves. */
export function distances_f64(
  x: usize, n: i32, d: i32, k: i32, origin: usize, panels: usize, out: usize, scratch: usize, stride: usize,
  begin: i32, end: i32, thread: i32,
): void {
  compare<f64>(true, x, n, d, 0, k, origin, 0, panels, 0, out, scratch + usize(thread) * stride, begin, end)
}

export function distances_f32(
  x: usize, n: i32, d: i32, k: i32, origin: usize, panels: usize, out: usize, scratch: usize, stride: usize,
  begin: i32, end: i32, thread: i32,
): void {
  compare<f32>(true, x, n, d, 0, k, origin, 0, panels, 0, out, scratch + usize(thread) * stride, begin, end)
}
