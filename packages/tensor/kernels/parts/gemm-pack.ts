// Writes strips of a and b in the form that the tiles of parts/gemm-tile.ts read.
import { ROWS, columns, packedSize, stripBytes } from './gemm-tile'

/**
 * Packs `h` rows of a, `depth` values of each, into strips of ROWS rows, one after the other from p on
 * (stripBytes<T>(depth) bytes each). Rows are rowStep bytes apart and k's kStep, so a transposed matrix is one with the
 * two exchanged. Where a last strip has fewer rows, its last row is repeated.
 */
export function packRows<T>(h: i32, depth: i32, a: usize, rowStep: usize, kStep: usize, p: usize): void {
  if (rowStep == sizeof<T>() && h >= 2 * ROWS) {
    const whole = h / ROWS
    spreadRows<T>(whole, depth, a, kStep, p)
    h -= whole * ROWS
    a += usize(whole * ROWS) * rowStep
    p += usize(whole) * stripBytes<T>(depth)
  }
  for (; h > 0; h -= ROWS) {
    packStrip<T>(h, depth, a, rowStep, kStep, p)
    a += ROWS * rowStep
    p += stripBytes<T>(depth)
  }
}

function packStrip<T>(h: i32, depth: i32, a: usize, rowStep: usize, kStep: usize, p: usize): void {
  const size = packedSize<T>()
  let a0 = a
  let a1 = a0 + (h > 1 ? rowStep : 0)
  let a2 = a1 + (h > 2 ? rowStep : 0)
  let a3 = a2 + (h > 3 ? rowStep : 0)
  let a4 = a3 + (h > 4 ? rowStep : 0)
  let a5 = a4 + (h > 5 ? rowStep : 0)
  for (let k = depth; k > 0; k--) {
    put<T>(p, a0)
    put<T>(p + size, a1)
    put<T>(p + 2 * size, a2)
    put<T>(p + 3 * size, a3)
    put<T>(p + 4 * size, a4)
    if (ROWS == 6) put<T>(p + 5 * size, a5)
    p += ROWS * size
    a0 += kStep
    a1 += kStep
    a2 += kStep
    a3 += kStep
    a4 += kStep
    a5 += kStep
  }
}

/** Whole strips of a transposed matrix: what lies together is read together, however far apart the k's are. */
function spreadRows<T>(strips: i32, depth: i32, a: usize, kStep: usize, p: usize): void {
  const size = packedSize<T>()
  const strip = stripBytes<T>(depth)
  for (let k = depth; k > 0; k--) {
    let q = p
    let from = a
    for (let s = strips; s > 0; s--) {
      put<T>(q, from)
      put<T>(q + size, from + sizeof<T>())
      put<T>(q + 2 * size, from + 2 * sizeof<T>())
      put<T>(q + 3 * size, from + 3 * sizeof<T>())
      put<T>(q + 4 * size, from + 4 * sizeof<T>())
      if (ROWS == 6) put<T>(q + 5 * size, from + 5 * sizeof<T>())
      q += strip
      from += ROWS * sizeof<T>()
    }
    p += ROWS * size
    a += kStep
  }
}

// @ts-ignore: decorator
@inline
function put<T>(p: usize, a: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) store<T>(p, load<T>(a))
  else v128.store(p, v128.load_splat<T>(a))
}

/**
 * Packs `w` columns of b, `depth` values of each, into strips of columns<T>() columns, one after the other from p on
 * (32 · depth bytes each). k's are kStep bytes apart and columns columnStep. What is missing of a last strip is zeros.
 */
export function packColumns<T>(w: i32, depth: i32, b: usize, kStep: usize, columnStep: usize, p: usize): void {
  const whole = w / columns<T>()
  const rest = w % columns<T>()
  if (columnStep == sizeof<T>()) copyRows(whole, depth, b, kStep, p)
  for (let s = 0; s < whole; s++) {
    if (kStep == sizeof<T>() && columnStep != sizeof<T>()) transposeRows<T>(depth, b, columnStep, p)
    else if (columnStep != sizeof<T>()) packAny<T>(columns<T>(), depth, b, kStep, columnStep, p)
    b += usize(columns<T>()) * columnStep
    p += 32 * usize(depth)
  }
  if (rest > 0) packAny<T>(rest, depth, b, kStep, columnStep, p)
}

function packAny<T>(w: i32, depth: i32, b: usize, kStep: usize, columnStep: usize, p: usize): void {
  for (let k = 0; k < depth; k++) {
    let q = b
    for (let j = 0; j < columns<T>(); j++) {
      store<T>(p, j < w ? load<T>(q) : 0)
      p += sizeof<T>()
      q += columnStep
    }
    b += kStep
  }
}

/** Row after row through all strips: what lies together is read together, however far apart the rows are. */
function copyRows(strips: i32, depth: i32, b: usize, kStep: usize, p: usize): void {
  for (let k = depth; k > 0; k--) {
    let q = p
    let from = b
    for (let s = strips; s > 0; s--) {
      v128.store(q, v128.load(from))
      v128.store(q, v128.load(from, 16), 16)
      q += 32 * usize(depth)
      from += 32
    }
    b += kStep
    p += 32
  }
}

// @ts-ignore: decorator
@inline
function transposeRows<T>(depth: i32, b: usize, columnStep: usize, p: usize): void {
  const lanes: i32 = 16 / sizeof<T>()
  const whole = depth & -lanes
  // Vectors of 16 / sizeof values are turned, lanes × lanes at a time, in two halves of the strip.
  for (let half: usize = 0; half < 32; half += 16) {
    let q = p + half
    let b0 = b + (half >> (sizeof<T>() == 4 ? 2 : 3)) * columnStep
    let b1 = b0 + columnStep
    let b2 = b1 + columnStep
    let b3 = b2 + columnStep
    let k = 0
    for (; k < whole; k += lanes) {
      if (sizeof<T>() == 4) transpose4(b0, b1, b2, b3, q)
      else transpose2(b0, b1, q)
      q += 32 * lanes
      b0 += 16
      b1 += 16
      b2 += 16
      b3 += 16
    }
    for (; k < depth; k++) {
      store<T>(q, load<T>(b0))
      store<T>(q + sizeof<T>(), load<T>(b1))
      if (sizeof<T>() == 4) {
        store<T>(q, load<T>(b2), 8)
        store<T>(q, load<T>(b3), 12)
      }
      q += 32
      b0 += sizeof<T>()
      b1 += sizeof<T>()
      b2 += sizeof<T>()
      b3 += sizeof<T>()
    }
  }
}

// @ts-ignore: decorator
@inline
function transpose4(b0: usize, b1: usize, b2: usize, b3: usize, q: usize): void {
  const r0 = v128.load(b0)
  const r1 = v128.load(b1)
  const r2 = v128.load(b2)
  const r3 = v128.load(b3)
  const lo01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5)
  const hi01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7)
  const lo23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5)
  const hi23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7)
  v128.store(q, v128.shuffle<f64>(lo01, lo23, 0, 2))
  v128.store(q, v128.shuffle<f64>(lo01, lo23, 1, 3), 32)
  v128.store(q, v128.shuffle<f64>(hi01, hi23, 0, 2), 64)
  v128.store(q, v128.shuffle<f64>(hi01, hi23, 1, 3), 96)
}

// @ts-ignore: decorator
@inline
function transpose2(b0: usize, b1: usize, q: usize): void {
  const r0 = v128.load(b0)
  const r1 = v128.load(b1)
  v128.store(q, v128.shuffle<f64>(r0, r1, 0, 2))
  v128.store(q, v128.shuffle<f64>(r0, r1, 1, 3), 32)
}
