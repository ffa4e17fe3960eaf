// Functions of two values over rows of memory. An operand that is one value repeated is a vector in scratch memory that
// is read with step 0, so one loop serves every pattern of broadcasting.
import { loadSome, storeSome } from './map'

/** The first 32 bytes of a thread's scratch memory hold the repeated values of x and y, the rest the constants of f. */
const CONSTANTS: usize = 32

/** The next values of an operand; one that is repeated has a whole vector. */
// @ts-ignore: decorator
@inline
export function operand<T>(p: usize, step: usize, left: i32): v128 {
  return step === 0 ? v128.load(p) : loadSome<T>(p, left)
}

/** out = f(x, y) on n values; a step is 16, or 0 for one value repeated. */
// @ts-ignore: decorator
@inline
function values<F, T>(f: F, x: usize, xStep: usize, y: usize, yStep: usize, out: usize, n: i32): void {
  const lanes = 16 / <i32>sizeof<T>()
  if ((xStep & yStep) !== 0) {
    for (; n >= 4 * lanes; n -= 4 * lanes) {
      v128.store(out, f.at(v128.load(x), v128.load(y)))
      v128.store(out, f.at(v128.load(x, 16), v128.load(y, 16)), 16)
      v128.store(out, f.at(v128.load(x, 32), v128.load(y, 32)), 32)
      v128.store(out, f.at(v128.load(x, 48), v128.load(y, 48)), 48)
      x += 64
      y += 64
      out += 64
    }
  }
  onebyone<F, T>(f, x, xStep, y, yStep, out, n)
}

/** The same for functions with enough work to fill the pipes: the body stands here once. */
// @ts-ignore: decorator
@inline
function onebyone<F, T>(f: F, x: usize, xStep: usize, y: usize, yStep: usize, out: usize, n: i32): void {
  const lanes = 16 / <i32>sizeof<T>()
  for (; n > 0; n -= lanes) {
    storeSome<T>(out, n, f.at(operand<T>(x, xStep, n), operand<T>(y, yStep, n)))
    x += xStep
    y += yStep
    out += 16
  }
}

/** The lanes of two masks as one mask of half the width. */
// @ts-ignore: decorator
@inline
function joined<F, T>(f: F, x: usize, xStep: usize, y: usize, yStep: usize): v128 {
  const a = f.at(v128.load(x), v128.load(y))
  const b = f.at(v128.load(x + xStep), v128.load(y + yStep))
  return sizeof<T>() === 8 ? v128.shuffle<i32>(a, b, 0, 2, 4, 6) : i16x8.narrow_i32x4_s(a, b)
}

/** out = 1 where f(x, y) holds, else 0, a byte each. */
// @ts-ignore: decorator
@inline
function answers<F, T>(f: F, x: usize, xStep: usize, y: usize, yStep: usize, out: usize, n: i32): void {
  const lanes = 16 / <i32>sizeof<T>()
  for (; n >= 4 * lanes; n -= 4 * lanes) {
    const first = joined<F, T>(f, x, xStep, y, yStep)
    const second = joined<F, T>(f, x + 2 * xStep, xStep, y + 2 * yStep, yStep)
    if (sizeof<T>() === 8) {
      const half = i16x8.narrow_i32x4_s(first, second)
      v128.store64_lane(out, v128.and(i8x16.narrow_i16x8_s(half, half), i8x16.splat(1)), 0)
    } else v128.store(out, v128.and(i8x16.narrow_i16x8_s(first, second), i8x16.splat(1)))
    x += 4 * xStep
    y += 4 * yStep
    out += 4 * lanes
  }
  for (; n > 0; n -= lanes) {
    const mask = f.at(operand<T>(x, xStep, n), operand<T>(y, yStep, n))
    let bits = sizeof<T>() === 8 ? i64x2.bitmask(mask) : i32x4.bitmask(mask)
    for (let lane = 0; lane < min(n, lanes); lane++) {
      store<u8>(out++, bits & 1)
      bits >>= 1
    }
    x += xStep
    y += yStep
  }
}

/**
 * out = f(x, y) with broadcasting; K says how: 0 a short function, 1 a long one, 2 a comparison, whose results are bytes.
 *
 * `layout` 0 means: three blocks of the same length, and a piece is a value. Else it is the address of i32 numbers:
 * the values in a row, whether x and y run along it (1) or repeat one value (0), the number of outer dimensions, and for
 * each of these, the innermost first, its size and the strides of x and y. A piece is then a row of the result; without
 * outer dimensions it is a value.
 */
// @ts-ignore: decorator
@inline
export function pairs<F, T, K>(x: usize, y: usize, out: usize, layout: usize, own: usize, begin: i32, end: i32): void {
  const f = changetype<F>(own + CONSTANTS)
  f.prepare()
  const dimensions = layout === 0 ? 0 : load<i32>(layout, 12)
  const xRuns = layout === 0 ? 1 : load<i32>(layout, 4)
  const yRuns = layout === 0 ? 1 : load<i32>(layout, 8)
  const last = dimensions === 0 ? begin + 1 : end
  const n = dimensions === 0 ? end - begin : load<i32>(layout)
  const xStep: usize = xRuns === 1 ? 16 : 0
  const yStep: usize = yRuns === 1 ? 16 : 0
  const outSize = <usize>(sizeof<K>() === 4 ? 1 : sizeof<T>())
  for (let row = begin; row < last; row++) {
    let xAt: usize = 0
    let yAt: usize = 0
    let outAt: usize = usize(row)
    if (dimensions === 0) {
      xAt = usize(xRuns) * usize(row)
      yAt = usize(yRuns) * usize(row)
    } else {
      outAt *= usize(n)
      let index = usize(row)
      for (let d = 0; d < dimensions; d++) {
        const entry = layout + 16 + 12 * usize(d)
        const size = usize(load<u32>(entry))
        const coordinate = index % size
        index /= size
        xAt += coordinate * usize(load<u32>(entry, 4))
        yAt += coordinate * usize(load<u32>(entry, 8))
      }
    }
    let p = x + xAt * sizeof<T>()
    let q = y + yAt * sizeof<T>()
    if (xStep === 0) {
      v128.store(own, v128.splat<T>(load<T>(p)))
      p = own
    }
    if (yStep === 0) {
      v128.store(own, v128.splat<T>(load<T>(q)), 16)
      q = own + 16
    }
    const o = out + outAt * outSize
    if (sizeof<K>() === 4) answers<F, T>(f, p, xStep, q, yStep, o, n)
    else if (sizeof<K>() === 2) onebyone<F, T>(f, p, xStep, q, yStep, o, n)
    else values<F, T>(f, p, xStep, q, yStep, o, n)
  }
}
