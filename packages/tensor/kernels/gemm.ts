// Matrix products over f32 and f64. What each kernel does stands in parts/gemm-loops.ts and parts/gemm-finish.ts; all
// steps between rows, columns, k's and items are in bytes, so that a transposed matrix is one with two steps exchanged.
import { mirror, sumPartials } from './parts/gemm-finish'
import { blocks, items, packStrips } from './parts/gemm-loops'
import { skinny } from './parts/gemm-skinny'

export function pack_f32(
  n: i32, k: i32, b: usize, kStep: usize, columnStep: usize, packed: usize, begin: i32, end: i32, thread: i32,
): void {
  packStrips<f32>(n, k, b, kStep, columnStep, packed, begin, end)
}

export function blocks_f32(
  part: i32, m: i32, n: i32, k: i32, a: usize, rowStep: usize, kStep: usize, packed: usize, alpha: f32, beta: f32,
  c: usize, cStep: usize, d: usize, dStep: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32,
): void {
  const own = scratch + usize(thread) * stride
  blocks<f32>(part, m, n, k, a, rowStep, kStep, packed, alpha, beta, c, cStep, d, dStep, own, begin, end)
}

export function items_f32(
  part: i32, m: i32, n: i32, k: i32, packA: bool, a: usize, rowStep: usize, aStep: usize, aItem: usize,
  packB: bool, b: usize, bStep: usize, columnStep: usize, bItem: usize, alpha: f32, beta: f32,
  c: usize, cStep: usize, cItem: usize, d: usize, dStep: usize, dItem: usize,
  scratch: usize, stride: usize, begin: i32, end: i32, thread: i32,
): void {
  items<f32>(
    part, m, n, k, packA, a, rowStep, aStep, aItem, packB, b, bStep, columnStep, bItem, alpha, beta,
    c, cStep, cItem, d, dStep, dItem, scratch + usize(thread) * stride, begin, end,
  )
}

export function skinny_f32(
  m: i32, n: i32, k: i32, a: usize, rowStep: usize, kStep: usize, b: usize, bStep: usize, alpha: f32, beta: f32,
  c: usize, cStep: usize, d: usize, dStep: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32,
): void {
  const own = scratch + usize(thread) * stride
  skinny<f32>(m, n, k, a, rowStep, kStep, b, bStep, alpha, beta, c, cStep, d, dStep, own, begin, end)
}

export function sum_f32(
  part: i32, m: i32, n: i32, count: i32, partials: usize, width: i32, c: usize, cStep: usize, d: usize, dStep: usize,
  alpha: f32, beta: f32, begin: i32, end: i32, thread: i32,
): void {
  sumPartials<f32>(part, m, n, count, partials, width, c, cStep, d, dStep, alpha, beta, begin, end)
}

export function mirror_f32(n: i32, c: usize, cStep: usize, begin: i32, end: i32, thread: i32): void {
  mirror<f32>(n, c, cStep, begin, end)
}

export function pack_f64(
  n: i32, k: i32, b: usize, kStep: usize, columnStep: usize, packed: usize, begin: i32, end: i32, thread: i32,
): void {
  packStrips<f64>(n, k, b, kStep, columnStep, packed, begin, end)
}

export function blocks_f64(
  part: i32, m: i32, n: i32, k: i32, a: usize, rowStep: usize, kStep: usize, packed: usize, alpha: f64, beta: f64,
  c: usize, cStep: usize, d: usize, dStep: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32,
): void {
  const own = scratch + usize(thread) * stride
  blocks<f64>(part, m, n, k, a, rowStep, kStep, packed, alpha, beta, c, cStep, d, dStep, own, begin, end)
}

export function items_f64(
  part: i32, m: i32, n: i32, k: i32, packA: bool, a: usize, rowStep: usize, aStep: usize, aItem: usize,
  packB: bool, b: usize, bStep: usize, columnStep: usize, bItem: usize, alpha: f64, beta: f64,
  c: usize, cStep: usize, cItem: usize, d: usize, dStep: usize, dItem: usize,
  scratch: usize, stride: usize, begin: i32, end: i32, thread: i32,
): void {
  items<f64>(
    part, m, n, k, packA, a, rowStep, aStep, aItem, packB, b, bStep, columnStep, bItem, alpha, beta,
    c, cStep, cItem, d, dStep, dItem, scratch + usize(thread) * stride, begin, end,
  )
}

export function skinny_f64(
  m: i32, n: i32, k: i32, a: usize, rowStep: usize, kStep: usize, b: usize, bStep: usize, alpha: f64, beta: f64,
  c: usize, cStep: usize, d: usize, dStep: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32,
): void {
  const own = scratch + usize(thread) * stride
  skinny<f64>(m, n, k, a, rowStep, kStep, b, bStep, alpha, beta, c, cStep, d, dStep, own, begin, end)
}

export function sum_f64(
  part: i32, m: i32, n: i32, count: i32, partials: usize, width: i32, c: usize, cStep: usize, d: usize, dStep: usize,
  alpha: f64, beta: f64, begin: i32, end: i32, thread: i32,
): void {
  sumPartials<f64>(part, m, n, count, partials, width, c, cStep, d, dStep, alpha, beta, begin, end)
}

export function mirror_f64(n: i32, c: usize, cStep: usize, begin: i32, end: i32, thread: i32): void {
  mirror<f64>(n, c, cStep, begin, end)
}
