// Level-1 work on f64 vectors. Reductions are cut into blocks of a fixed length, each block's result goes into
// `partials`, and the partials are added pairwise: the same bits whichever thread took which block.
import { madd64, sum64 } from './parts/simd'

/** Values in a block. 4096 doubles are 32 KiB: a block of x and one of y stay in the second-level cache. */
const BLOCK: i32 = 4096

// @ts-ignore: decorator
@inline
function dotBlock(n: i32, x: usize, y: usize): f64 {
  let s0 = f64x2.splat(0)
  let s1 = s0
  let s2 = s0
  let s3 = s0
  let i = 0
  for (; i + 8 <= n; i += 8) {
    s0 = madd64(v128.load(x), v128.load(y), s0)
    s1 = madd64(v128.load(x, 16), v128.load(y, 16), s1)
    s2 = madd64(v128.load(x, 32), v128.load(y, 32), s2)
    s3 = madd64(v128.load(x, 48), v128.load(y, 48), s3)
    x += 64
    y += 64
  }
  let sum = sum64(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)))
  for (; i < n; i++) {
    sum += load<f64>(x) * load<f64>(y)
    x += 8
    y += 8
  }
  return sum
}

/** partials[i] = the dot product of block i, for the blocks begin ≤ i < end. */
export function dot_f64(n: i32, x: usize, y: usize, partials: usize, begin: i32, end: i32, thread: i32): void {
  for (let i = begin; i < end; i++) {
    const first = i * BLOCK
    const at = usize(first) << 3
    store<f64>(partials + (usize(i) << 3), dotBlock(min(BLOCK, n - first), x + at, y + at))
  }
}

/** y = alpha·x + y on the values begin ≤ i < end. */
export function axpy_f64(alpha: f64, x: usize, y: usize, begin: i32, end: i32, thread: i32): void {
  const a = f64x2.splat(alpha)
  let p = x + (usize(begin) << 3)
  let q = y + (usize(begin) << 3)
  let i = begin
  for (; i + 4 <= end; i += 4) {
    v128.store(q, madd64(a, v128.load(p), v128.load(q)))
    v128.store(q, madd64(a, v128.load(p, 16), v128.load(q, 16)), 16)
    p += 32
    q += 32
  }
  for (; i < end; i++) {
    const one = madd64(a, v128.load64_splat(p), v128.load64_splat(q))
    v128.store64_lane(q, one, 0)
    p += 8
    q += 8
  }
}

/** x = alpha·x on the values begin ≤ i < end. */
export function scal_f64(alpha: f64, x: usize, begin: i32, end: i32, thread: i32): void {
  const a = f64x2.splat(alpha)
  let p = x + (usize(begin) << 3)
  let i = begin
  for (; i + 2 <= end; i += 2) {
    v128.store(p, f64x2.mul(a, v128.load(p)))
    p += 16
  }
  if (i < end) store<f64>(p, alpha * load<f64>(p))
}

/** partials[i] = the largest |x| of block i; NaN when the block holds one. */
export function maxabs_f64(n: i32, x: usize, partials: usize, begin: i32, end: i32, thread: i32): void {
  for (let i = begin; i < end; i++) {
    const first = i * BLOCK
    const last = min(n, first + BLOCK)
    let largest: f64 = 0
    for (let j = first; j < last; j++) largest = max(largest, abs(load<f64>(x + (usize(j) << 3))))
    store<f64>(partials + (usize(i) << 3), largest)
  }
}
