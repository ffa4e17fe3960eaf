// Products of few rows and long ones of b. Packing b would cost nearly what the product does, and tiles would jump from
// row to row of it; here b is read once, row after row, and added to sums that stay in the first-level cache.
import { madd } from './simd'

/** Bytes of each row of c that one piece takes. The caller knows the number. */
const BAND: usize = 1024

/** k's that are added together: so many times fewer loads and stores of the sums. */
const TOGETHER: i32 = 4

/** What `scratch` holds for one thread: the values of a for TOGETHER k's, once per lane, of 16 rows at most; the sums. */
const SUMS: usize = 16 * 16 * TOGETHER

/** Adds the products with 1 or 2 `vectors` of `count` rows of b to the sums of m rows from q on. */
// @ts-ignore: decorator
@inline
function addVectors<T>(vectors: i32, count: i32, m: i32, a: usize, b: usize, bStep: usize, q: usize): void {
  const b2 = b + 2 * bStep
  const y0 = v128.load(b)
  const y1 = count > 1 ? v128.load(b + bStep) : y0
  const y2 = count > 1 ? v128.load(b2) : y0
  const y3 = count > 1 ? v128.load(b2 + bStep) : y0
  const z0 = vectors > 1 ? v128.load(b, 16) : y0
  const z1 = vectors > 1 && count > 1 ? v128.load(b + bStep, 16) : z0
  const z2 = vectors > 1 && count > 1 ? v128.load(b2, 16) : z0
  const z3 = vectors > 1 && count > 1 ? v128.load(b2 + bStep, 16) : z0
  for (let i = m; i > 0; i--) {
    let x = v128.load(a)
    let y = madd<T>(x, y0, v128.load(q))
    let z = vectors > 1 ? madd<T>(x, z0, v128.load(q, 16)) : y
    if (count > 1) {
      x = v128.load(a, 16)
      y = madd<T>(x, y1, y)
      if (vectors > 1) z = madd<T>(x, z1, z)
      x = v128.load(a, 32)
      y = madd<T>(x, y2, y)
      if (vectors > 1) z = madd<T>(x, z2, z)
      x = v128.load(a, 48)
      y = madd<T>(x, y3, y)
      if (vectors > 1) z = madd<T>(x, z3, z)
    }
    v128.store(q, y)
    if (vectors > 1) v128.store(q, z, 16)
    a += 16 * TOGETHER
    q += BAND
  }
}

/** Adds the products with `count` rows of b, 1 or TOGETHER, to the sums of m rows of `bytes` bytes. */
// @ts-ignore: decorator
@inline
function addProducts<T>(count: i32, m: i32, bytes: usize, a: usize, b: usize, bStep: usize, sums: usize): void {
  let at: usize = 0
  for (; at + 32 <= bytes; at += 32) addVectors<T>(2, count, m, a, b + at, bStep, sums + at)
  for (; at + 16 <= bytes; at += 16) addVectors<T>(1, count, m, a, b + at, bStep, sums + at)
  for (; at < bytes; at += sizeof<T>()) {
    for (let i = 0; i < m; i++) {
      const q = sums + usize(i) * BAND + at
      let sum = load<T>(q)
      for (let t = 0; t < count; t++) {
        sum += load<T>(a + 16 * usize(i * TOGETHER + t)) * load<T>(b + usize(t) * bStep + at)
      }
      store<T>(q, sum)
    }
  }
}

/** c = alpha · sums + beta · d for one row. With beta = 0, d is not read. */
// @ts-ignore: decorator
@inline
function finish<T>(bytes: usize, sums: usize, c: usize, d: usize, alpha: T, beta: T): void {
  for (let at: usize = 0; at < bytes; at += sizeof<T>()) {
    const value = alpha * load<T>(sums + at)
    store<T>(c + at, beta == 0 ? value : value + beta * load<T>(d + at))
  }
}

/** c = alpha · a · b + beta · d for m ≤ 16 rows: the bands begin ≤ i < end of BAND bytes of each row. */
// @ts-ignore: decorator
@inline
export function skinny<T>(
  m: i32, n: i32, k: i32, a: usize, rowStep: usize, kStep: usize, b: usize, bStep: usize, alpha: T, beta: T,
  c: usize, cStep: usize, d: usize, dStep: usize, scratch: usize, begin: i32, end: i32,
): void {
  const sums = scratch + SUMS
  for (let band = begin; band < end; band++) {
    const left = usize(band) * BAND
    const bytes = min(BAND, usize(n) * sizeof<T>() - left)
    memory.fill(sums, 0, usize(m) * BAND)
    let row = b + left
    for (let t = 0; t < k;) {
      const count = k - t >= TOGETHER ? TOGETHER : 1
      for (let i = 0; i < m; i++) {
        for (let s = 0; s < count; s++) {
          const value = v128.load_splat<T>(a + usize(i) * rowStep + usize(t + s) * kStep)
          v128.store(scratch + 16 * usize(i * TOGETHER + s), value)
        }
      }
      if (count > 1) addProducts<T>(TOGETHER, m, bytes, scratch, row, bStep, sums)
      else addProducts<T>(1, m, bytes, scratch, row, bStep, sums)
      row += usize(count) * bStep
      t += count
    }
    for (let i: usize = 0; i < usize(m); i++) {
      finish<T>(bytes, sums + i * BAND, c + i * cStep + left, d + i * dStep + left, alpha, beta)
    }
  }
}
