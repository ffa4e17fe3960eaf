// Matrix products c = alpha · a · b + beta · d over f32 and f64.
import { packColumns, packRows } from './parts/gemm-pack'
import { DEPTH, ROWS, SPILL, columns, tile } from './parts/gemm-tile'

/** Strips of a that one piece of work takes; the same number stands in src/kernels/gemm.ts. */
const STRIPS: i32 = 4

/** Columns of one piece: DEPTH × BLOCK values of b stay in the second-level cache. */
// @ts-ignore: decorator
@inline
function block<T>(): i32 {
  return 2048 / sizeof<T>()
}

/** Packs the strips begin ≤ i < end of b, k × n: all strips of the first DEPTH k's, then those of the next, and so on. */
// @ts-ignore: decorator
@inline
function pack<T>(n: i32, k: i32, b: usize, kStep: usize, columnStep: usize, packed: usize, begin: i32, end: i32): void {
  const strips = (n + columns<T>() - 1) / columns<T>()
  for (let i = begin; i < end; i++) {
    const first = (i / strips) * DEPTH
    const depth = min(DEPTH, k - first)
    const strip = i % strips
    const column = strip * columns<T>()
    const from = b + usize(first) * kStep + usize(column) * columnStep
    const to = packed + 32 * (usize(first) * strips + usize(strip) * depth)
    packColumns<T>(min(columns<T>(), n - column), depth, from, kStep, columnStep, to)
  }
}

// @ts-ignore: decorator
@inline
function blocks<T>(
  m: i32, n: i32, k: i32, a: usize, rowStep: usize, kStep: usize, packed: usize,
  c: usize, cStep: usize, d: usize, dStep: usize, alpha: T, beta: T, scratch: usize, begin: i32, end: i32,
): void {
  const strip = scratch + SPILL
  const strips = (n + columns<T>() - 1) / columns<T>()
  const bands = (m + STRIPS * ROWS - 1) / (STRIPS * ROWS)
  for (let piece = begin; piece < end; piece++) {
    const top = (piece % bands) * STRIPS * ROWS
    const bottom = min(m, top + STRIPS * ROWS)
    const left = (piece / bands) * block<T>()
    const right = min(n, left + block<T>())
    for (let first = 0; first < k; first += DEPTH) {
      const depth = min(DEPTH, k - first)
      const first0 = first == 0
      for (let i = top; i < bottom; i += ROWS) {
        const h = min(ROWS, bottom - i)
        packRows<T>(h, depth, a + usize(i) * rowStep + usize(first) * kStep, rowStep, kStep, strip)
        let b = packed + 32 * (usize(first) * strips + usize(left / columns<T>()) * depth)
        let q = c + usize(i) * cStep + usize(left) * sizeof<T>()
        let z = first0 ? d + usize(i) * dStep + usize(left) * sizeof<T>() : q
        for (let j = left; j < right; j += columns<T>()) {
          tile<T>(depth, strip, b, 32, h, min(columns<T>(), right - j), q, cStep, z, first0 ? dStep : cStep, alpha, first0 ? beta : 1, scratch)
          b += 32 * usize(depth)
          q += 32
          z += 32
        }
      }
    }
  }
}

export function pack_f32(n: i32, k: i32, b: usize, kStep: usize, columnStep: usize, packed: usize, begin: i32, end: i32, thread: i32): void {
  pack<f32>(n, k, b, kStep, columnStep, packed, begin, end)
}
export function pack_f64(n: i32, k: i32, b: usize, kStep: usize, columnStep: usize, packed: usize, begin: i32, end: i32, thread: i32): void {
  pack<f64>(n, k, b, kStep, columnStep, packed, begin, end)
}
export function blocks_f32(
  m: i32, n: i32, k: i32, a: usize, rowStep: usize, kStep: usize, packed: usize,
  c: usize, cStep: usize, d: usize, dStep: usize, alpha: f32, beta: f32, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32,
): void {
  blocks<f32>(m, n, k, a, rowStep, kStep, packed, c, cStep, d, dStep, alpha, beta, scratch + thread * stride, begin, end)
}
export function blocks_f64(
  m: i32, n: i32, k: i32, a: usize, rowStep: usize, kStep: usize, packed: usize,
  c: usize, cStep: usize, d: usize, dStep: usize, alpha: f64, beta: f64, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32,
): void {
  blocks<f64>(m, n, k, a, rowStep, kStep, packed, c, cStep, d, dStep, alpha, beta, scratch + thread * stride, begin, end)
}
