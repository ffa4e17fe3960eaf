// The innermost loop of every matrix product: one tile of c, ROWS × columns<T>() values, is summed up in registers
// while k runs over a strip of a and a strip of b.
//
// A packed strip of a holds, for each k, the ROWS values of its rows; a packed strip of b, for each k, the columns<T>()
// values of its columns (parts/gemm-pack.ts writes both). Whoever has the matrix in another form, an image for a
// convolution say, fills strips of their own and calls the same tiles.
import { madd } from './simd'

/**
 * Rows of a tile. With fused multiply-add 6 × 2 sums, two vectors of b and one value of a fill the 16 registers;
 * without it the products need a register of their own.
 */
export const ROWS: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 5

/** How many k a strip should have at most: a strip of a and one of b stay in the first-level cache together. */
export const DEPTH: i32 = 256

/** Columns of a tile: two vectors. */
// @ts-ignore: decorator
@inline
export function columns<T>(): i32 {
  return 32 / sizeof<T>()
}

/** Bytes that one value of a takes in a packed strip: without fused multiply-add it is stored once per lane. */
// @ts-ignore: decorator
@inline
export function packedSize<T>(): usize {
  return ASC_FEATURE_RELAXED_SIMD ? sizeof<T>() : 16
}

/** Bytes of a packed strip of a that is `depth` deep. */
// @ts-ignore: decorator
@inline
export function stripBytes<T>(depth: i32): usize {
  return usize(depth) * ROWS * packedSize<T>()
}

/** Bytes that a tile needs to finish columns at the edge: the `spill` of the functions below. */
export const SPILL: usize = 64

// @ts-ignore: decorator
@inline
function finishVectors<T>(c: usize, d: usize, lo: v128, hi: v128, beta: T): void {
  if (beta == 0) {
    v128.store(c, lo)
    v128.store(c, hi, 16)
  } else {
    const factor = v128.splat<T>(beta)
    v128.store(c, madd<T>(factor, v128.load(d), lo))
    v128.store(c, madd<T>(factor, v128.load(d, 16), hi), 16)
  }
}

/** The same for a row of fewer than columns<T>() values, by way of `spill`: nothing beyond the row is touched. */
function finishEdge<T>(w: i32, c: usize, d: usize, lo: v128, hi: v128, beta: T, spill: usize): void {
  const bytes = usize(w) * sizeof<T>()
  if (beta != 0) for (let i: usize = 0; i < bytes; i += sizeof<T>()) store<T>(spill + i, load<T>(d + i))
  finishVectors<T>(spill, spill, lo, hi, beta)
  for (let i: usize = 0; i < bytes; i += sizeof<T>()) store<T>(c + i, load<T>(spill + i))
}

/** One row of the result: c = alpha·(lo, hi) + beta·d. With beta = 0, d is not read. */
// @ts-ignore: decorator
@inline
function finishRow<T>(w: i32, c: usize, d: usize, lo: v128, hi: v128, alpha: v128, beta: T, spill: usize): void {
  const l = v128.mul<T>(alpha, lo)
  const h = v128.mul<T>(alpha, hi)
  if (w == columns<T>()) finishVectors<T>(c, d, l, h, beta)
  else finishEdge<T>(w, c, d, l, h, beta, spill)
}

/**
 * c = alpha · a · b + beta · d, on the first h ≤ ROWS rows and w ≤ columns<T>() columns of one tile.
 *
 * a: a packed strip, `depth` deep. b: the first of `depth` rows of columns<T>() readable values, bStep bytes apart (32 in
 * a packed strip; a row of the matrix where that is not transposed). c, d: the top left values; their rows are cStep and
 * dStep bytes apart. d may be c, or a row vector with dStep = 0. With beta = 0, d is not read.
 */
export function tile<T>(
  depth: i32, a: usize, b: usize, bStep: usize,
  h: i32, w: i32, c: usize, cStep: usize, d: usize, dStep: usize, alpha: T, beta: T, spill: usize,
): void {
  const r = packedSize<T>()
  sums<T>(
    ROWS, !ASC_FEATURE_RELAXED_SIMD, depth, a, r, 2 * r, 3 * r, 4 * r, 5 * r, ROWS * r,
    b, bStep, h, w, c, cStep, d, dStep, alpha, beta, spill,
  )
}

/**
 * The same for rows of a that are not packed, rowStep bytes apart, the k's kStep: for products too small to pay for
 * packing.
 */
export function directTile<T>(
  depth: i32, a: usize, rowStep: usize, kStep: usize, b: usize, bStep: usize,
  h: i32, w: i32, c: usize, cStep: usize, d: usize, dStep: usize, alpha: T, beta: T, spill: usize,
): void {
  // Rows that are not there are read as the one before.
  const r1 = h > 1 ? rowStep : 0
  const r2 = 2 * rowStep
  const r3 = 3 * rowStep
  const r4 = 4 * rowStep
  const r5 = h > 5 ? 5 * rowStep : r4
  if (h > 4) {
    sums<T>(ROWS, false, depth, a, r1, r2, r3, r4, r5, kStep, b, bStep, h, w, c, cStep, d, dStep, alpha, beta, spill)
  } else if (h == 4) {
    sums<T>(4, false, depth, a, r1, r2, r3, 0, 0, kStep, b, bStep, 4, w, c, cStep, d, dStep, alpha, beta, spill)
  } else if (h == 3) {
    sums<T>(3, false, depth, a, r1, r2, 0, 0, 0, kStep, b, bStep, 3, w, c, cStep, d, dStep, alpha, beta, spill)
  } else {
    sums<T>(2, false, depth, a, r1, 0, 0, 0, 0, kStep, b, bStep, h, w, c, cStep, d, dStep, alpha, beta, spill)
  }
}

/** Rows of a narrow tile: its sums are enough to keep the adders busy. */
export const NARROW_ROWS: i32 = 8

/**
 * The same for NARROW_ROWS rows of a that are not packed and at most one vector of columns; b's rows are 32 bytes apart.
 */
export function narrowTile<T>(
  depth: i32, a: usize, rowStep: usize, kStep: usize, b: usize,
  w: i32, c: usize, cStep: usize, d: usize, dStep: usize, alpha: T, beta: T, spill: usize,
): void {
  const r2 = 2 * rowStep
  const r3 = 3 * rowStep
  let below = a + 4 * rowStep
  let c0 = i64x2.splat(0), c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0
  for (let k = depth; k > 0; k--) {
    const y = v128.load(b)
    c0 = madd<T>(v128.load_splat<T>(a), y, c0)
    c1 = madd<T>(v128.load_splat<T>(a + rowStep), y, c1)
    c2 = madd<T>(v128.load_splat<T>(a + r2), y, c2)
    c3 = madd<T>(v128.load_splat<T>(a + r3), y, c3)
    c4 = madd<T>(v128.load_splat<T>(below), y, c4)
    c5 = madd<T>(v128.load_splat<T>(below + rowStep), y, c5)
    c6 = madd<T>(v128.load_splat<T>(below + r2), y, c6)
    c7 = madd<T>(v128.load_splat<T>(below + r3), y, c7)
    a += kStep
    below += kStep
    b += 32
  }
  const factor = v128.splat<T>(alpha)
  finishNarrow<T>(w, c, d, c0, factor, beta, spill)
  finishNarrow<T>(w, c + cStep, d + dStep, c1, factor, beta, spill)
  finishNarrow<T>(w, c + 2 * cStep, d + 2 * dStep, c2, factor, beta, spill)
  finishNarrow<T>(w, c + 3 * cStep, d + 3 * dStep, c3, factor, beta, spill)
  finishNarrow<T>(w, c + 4 * cStep, d + 4 * dStep, c4, factor, beta, spill)
  finishNarrow<T>(w, c + 5 * cStep, d + 5 * dStep, c5, factor, beta, spill)
  finishNarrow<T>(w, c + 6 * cStep, d + 6 * dStep, c6, factor, beta, spill)
  finishNarrow<T>(w, c + 7 * cStep, d + 7 * dStep, c7, factor, beta, spill)
}

// @ts-ignore: decorator
@inline
function finishNarrow<T>(w: i32, c: usize, d: usize, sum: v128, alpha: v128, beta: T, spill: usize): void {
  const value = v128.mul<T>(alpha, sum)
  if (2 * w != columns<T>()) finishEdge<T>(w, c, d, value, value, beta, spill)
  else if (beta == 0) v128.store(c, value)
  else v128.store(c, madd<T>(v128.splat<T>(beta), v128.load(d), value))
}

/** What all tiles do; `rows` and `vectors` (a holds each value once per lane) are constants wherever it is inlined. */
// @ts-ignore: decorator
@inline
function sums<T>(
  rows: i32, vectors: bool, depth: i32, a: usize, r1: usize, r2: usize, r3: usize, r4: usize, r5: usize, aStep: usize,
  b: usize, bStep: usize, h: i32, w: i32, c: usize, cStep: usize, d: usize, dStep: usize,
  alpha: T, beta: T, spill: usize,
): void {
  let l0 = i64x2.splat(0), l1 = l0, l2 = l0, l3 = l0, l4 = l0, l5 = l0
  let h0 = l0, h1 = l0, h2 = l0, h3 = l0, h4 = l0, h5 = l0
  // One k per turn: unrolling makes V8 spill sums to memory.
  for (let k = depth; k > 0; k--) {
    const lo = v128.load(b)
    const hi = v128.load(b, 16)
    let x = spread<T>(a, vectors)
    l0 = madd<T>(x, lo, l0)
    h0 = madd<T>(x, hi, h0)
    x = spread<T>(a + r1, vectors)
    l1 = madd<T>(x, lo, l1)
    h1 = madd<T>(x, hi, h1)
    if (rows > 2) {
      x = spread<T>(a + r2, vectors)
      l2 = madd<T>(x, lo, l2)
      h2 = madd<T>(x, hi, h2)
    }
    if (rows > 3) {
      x = spread<T>(a + r3, vectors)
      l3 = madd<T>(x, lo, l3)
      h3 = madd<T>(x, hi, h3)
    }
    if (rows > 4) {
      x = spread<T>(a + r4, vectors)
      l4 = madd<T>(x, lo, l4)
      h4 = madd<T>(x, hi, h4)
    }
    if (rows > 5) {
      x = spread<T>(a + r5, vectors)
      l5 = madd<T>(x, lo, l5)
      h5 = madd<T>(x, hi, h5)
    }
    a += aStep
    b += bStep
  }
  const factor = v128.splat<T>(alpha)
  finishRow<T>(w, c, d, l0, h0, factor, beta, spill)
  if (h > 1) finishRow<T>(w, c + cStep, d + dStep, l1, h1, factor, beta, spill)
  if (rows > 2 && h > 2) finishRow<T>(w, c + 2 * cStep, d + 2 * dStep, l2, h2, factor, beta, spill)
  if (rows > 3 && h > 3) finishRow<T>(w, c + 3 * cStep, d + 3 * dStep, l3, h3, factor, beta, spill)
  if (rows > 4 && h > 4) finishRow<T>(w, c + 4 * cStep, d + 4 * dStep, l4, h4, factor, beta, spill)
  if (rows > 5 && h > 5) finishRow<T>(w, c + 5 * cStep, d + 5 * dStep, l5, h5, factor, beta, spill)
}

/** One value of a in every lane, from where it stands so or alone. */
// @ts-ignore: decorator
@inline
function spread<T>(a: usize, vectors: bool): v128 {
  return vectors ? v128.load(a) : v128.load_splat<T>(a)
}
