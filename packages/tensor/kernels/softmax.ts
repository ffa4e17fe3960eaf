// Softmax over rows of values, its logarithm, their gradients, and cross-entropy with integer labels. A piece is a row.
// Sums are kept in double precision.
import { Exp32 } from './parts/exp32'
import { Exp64 } from './parts/exp64'
import { Log32 } from './parts/log32'
import { Log64 } from './parts/log64'
import { loadPart, storeSome } from './parts/map'
import { sum64 } from './parts/simd'

/** Rows of fewer floats are worked through four at once; longer ones also, up to here, if they are no whole vectors. */
const SHORT: i32 = 16
const SHORT_UNEVEN: i32 = 64

/** Where their columns stand in the scratch memory. */
const COLUMNS: usize = 1024

// @ts-ignore: decorator
@inline
function exp<E, T>(own: usize, v: v128): v128 {
  return changetype<E>(own).exp(v)
}

/** The logarithm of a positive number. */
// @ts-ignore: decorator
@inline
function log<L, T>(at: usize, x: T): T {
  const log = changetype<L>(at)
  log.prepareLog()
  return v128.extract_lane<T>(log.log(v128.splat<T>(x)), 0)
}

/** The lanes as doubles, added to two sums. */
// @ts-ignore: decorator
@inline
function addTo<T>(sum: v128, v: v128): v128 {
  if (sizeof<T>() === 8) return f64x2.add(sum, v)
  const low = f64x2.promote_low_f32x4(v)
  return f64x2.add(sum, f64x2.add(low, f64x2.promote_low_f32x4(v128.shuffle<i64>(v, v, 1, 1))))
}

/** A vector, or what is left of a row with `pad` behind it. */
// @ts-ignore: decorator
@inline
function loadPadded<T>(p: usize, left: i32, pad: v128): v128 {
  if (left >= 16 / <i32>sizeof<T>()) return v128.load(p)
  if (sizeof<T>() === 8) return v128.load64_lane(p, pad, 0)
  const inside = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(left))
  return v128.bitselect(loadPart<T>(p, left), pad, inside)
}

/** The largest value of a row. NaN is passed over: it comes back through the sum. */
// @ts-ignore: decorator
@inline
function largest<T>(x: usize, cols: i32): T {
  const lanes = 16 / <i32>sizeof<T>()
  const lowest = v128.splat<T>(-Infinity as T)
  let a = lowest
  let b = lowest
  let c = lowest
  let d = lowest
  let left = cols
  for (; left >= 4 * lanes; left -= 4 * lanes) {
    a = v128.pmax<T>(a, v128.load(x))
    b = v128.pmax<T>(b, v128.load(x, 16))
    c = v128.pmax<T>(c, v128.load(x, 32))
    d = v128.pmax<T>(d, v128.load(x, 48))
    x += 64
  }
  for (; left > 0; left -= lanes) {
    a = v128.pmax<T>(a, loadPadded<T>(x, left, lowest))
    x += 16
  }
  a = v128.pmax<T>(v128.pmax<T>(a, b), v128.pmax<T>(c, d))
  a = v128.pmax<T>(a, v128.shuffle<i64>(a, a, 1, 0))
  if (sizeof<T>() === 4) a = v128.pmax<T>(a, v128.shuffle<i32>(a, a, 1, 0, 3, 2))
  return v128.extract_lane<T>(a, 0)
}

/** Gives the sum of e^(x − shift), and writes the terms to y if told. */
// @ts-ignore: decorator
@inline
function exponentials<E, T>(x: usize, y: usize, cols: i32, shift: T, own: usize, write: bool): f64 {
  const lanes = 16 / <i32>sizeof<T>()
  const less = v128.splat<T>(shift)
  const lowest = v128.splat<T>(-Infinity as T)
  let sum = f64x2.splat(0)
  let left = cols
  if (sizeof<T>() === 4) {
    let part = f32x4.splat(0)
    for (; left >= 16; left -= 16) {
      part = f32x4.add(part, changetype<Exp32>(own).four(x, y, less, true, false, write))
      // 64 values make a part that goes into the sum in double precision.
      if ((left & 48) === 0) {
        sum = addTo<T>(sum, part)
        part = f32x4.splat(0)
      }
      if (write) y += 64
      x += 64
    }
    sum = addTo<T>(sum, part)
  }
  for (; left > 0; left -= lanes) {
    const e = exp<E, T>(own, v128.sub<T>(loadPadded<T>(x, left, lowest), less))
    sum = addTo<T>(sum, e)
    if (write) {
      storeSome<T>(y, left, e)
      y += 16
    }
    x += 16
  }
  return sum64(sum)
}

/** The same column of four rows. */
// @ts-ignore: decorator
@inline
function column(a: usize, b: usize, c: usize, d: usize): v128 {
  return v128.load32_lane(d, v128.load32_lane(c, v128.load32_lane(b, v128.load32_zero(a), 1), 2), 3)
}

/**
 * Softmax of rows that are too short to be worked through along themselves: four rows at once, one in each lane. Where
 * fewer are left, the last one stands in for the missing ones, and is written again with the same values.
 */
// @ts-ignore: decorator
@inline
function softmaxShort(x: usize, y: usize, cols: i32, own: usize, begin: i32, end: i32): void {
  const exp = changetype<Exp32>(own)
  exp.prepareExp()
  const columns = own + COLUMNS
  const bytes = usize(cols) << 2
  const stop = columns + 4 * bytes
  for (let row = begin; row < end; row += 4) {
    const a = usize(row) * bytes
    const b = usize(min(row + 1, end - 1)) * bytes
    const c = usize(min(row + 2, end - 1)) * bytes
    const d = usize(min(row + 3, end - 1)) * bytes
    let most = f32x4.splat(-Infinity)
    let p = x
    for (let to = columns; to < stop; to += 16) {
      const v = column(p + a, p + b, p + c, p + d)
      v128.store(to, v)
      most = f32x4.pmax(most, v)
      p += 4
    }
    let low = f64x2.splat(0)
    let high = f64x2.splat(0)
    for (let at = columns; at < stop; at += 16) {
      const e = exp.exp(f32x4.sub(v128.load(at), most))
      v128.store(at, e)
      low = f64x2.add(low, f64x2.promote_low_f32x4(e))
      high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<i64>(e, e, 1, 1)))
    }
    const one = f64x2.splat(1)
    const scale = v128.shuffle<i64>(
      f32x4.demote_f64x2_zero(f64x2.div(one, low)),
      f32x4.demote_f64x2_zero(f64x2.div(one, high)),
      0,
      2,
    )
    let q = y
    for (let at = columns; at < stop; at += 16) {
      const v = f32x4.mul(v128.load(at), scale)
      v128.store32_lane(q + a, v, 0)
      v128.store32_lane(q + b, v, 1)
      v128.store32_lane(q + c, v, 2)
      v128.store32_lane(q + d, v, 3)
      q += 4
    }
  }
}

// @ts-ignore: decorator
@inline
function softmax<E, T>(x: usize, y: usize, cols: i32, own: usize, begin: i32, end: i32): void {
  const lanes = 16 / <i32>sizeof<T>()
  changetype<E>(own).prepareExp()
  const bytes = usize(cols) * sizeof<T>()
  for (let row = begin; row < end; row++) {
    const p = x + usize(row) * bytes
    let q = y + usize(row) * bytes
    const sum = exponentials<E, T>(p, q, cols, largest<T>(p, cols), own, true)
    const scale = v128.splat<T>((1 / sum) as T)
    let left = cols
    for (; left >= 4 * lanes; left -= 4 * lanes) {
      v128.store(q, v128.mul<T>(v128.load(q), scale))
      v128.store(q, v128.mul<T>(v128.load(q, 16), scale), 16)
      v128.store(q, v128.mul<T>(v128.load(q, 32), scale), 32)
      v128.store(q, v128.mul<T>(v128.load(q, 48), scale), 48)
      q += 64
    }
    for (; left > 0; left -= lanes) {
      storeSome<T>(q, left, v128.mul<T>(loadPadded<T>(q, left, scale), scale))
      q += 16
    }
  }
}

// @ts-ignore: decorator
@inline
function logSoftmax<E, L, T>(x: usize, y: usize, cols: i32, own: usize, begin: i32, end: i32): void {
  const lanes = 16 / <i32>sizeof<T>()
  changetype<E>(own).prepareExp()
  const bytes = usize(cols) * sizeof<T>()
  for (let row = begin; row < end; row++) {
    let p = x + usize(row) * bytes
    let q = y + usize(row) * bytes
    const most = largest<T>(p, cols)
    const sum = exponentials<E, T>(p, 0, cols, most, own, false)
    const shift = v128.splat<T>(most)
    const rest = v128.splat<T>(log<L, T>(own + 512, sum as T))
    for (let left = cols; left > 0; left -= lanes) {
      storeSome<T>(q, left, v128.sub<T>(v128.sub<T>(loadPadded<T>(p, left, shift), shift), rest))
      p += 16
      q += 16
    }
  }
}

/** Σ a·b over a row, or Σ a where b is 0. */
// @ts-ignore: decorator
@inline
function rowSum<T>(a: usize, b: usize, cols: i32): f64 {
  const lanes = 16 / <i32>sizeof<T>()
  const zero = v128.splat<T>(0 as T)
  let sum = f64x2.splat(0)
  for (let left = cols; left > 0; left -= lanes) {
    let v = loadPadded<T>(a, left, zero)
    if (b !== 0) {
      v = v128.mul<T>(v, loadPadded<T>(b, left, zero))
      b += 16
    }
    sum = addTo<T>(sum, v)
    a += 16
  }
  return sum64(sum)
}

/** dx = y·(dy − Σ dy·y) */
// @ts-ignore: decorator
@inline
function softmaxGradient<T>(y: usize, dy: usize, dx: usize, cols: i32, begin: i32, end: i32): void {
  const lanes = 16 / <i32>sizeof<T>()
  const bytes = usize(cols) * sizeof<T>()
  for (let row = begin; row < end; row++) {
    const at = usize(row) * bytes
    const sum = v128.splat<T>(rowSum<T>(dy + at, y + at, cols) as T)
    let p = at
    for (let left = cols; left > 0; left -= lanes) {
      const slope = v128.sub<T>(loadPadded<T>(dy + p, left, sum), sum)
      storeSome<T>(dx + p, left, v128.mul<T>(loadPadded<T>(y + p, left, sum), slope))
      p += 16
    }
  }
}

/** dx = dy − eʸ·Σ dy */
// @ts-ignore: decorator
@inline
function logSoftmaxGradient<E, T>(y: usize, dy: usize, dx: usize, cols: i32, own: usize, begin: i32, end: i32): void {
  const lanes = 16 / <i32>sizeof<T>()
  changetype<E>(own).prepareExp()
  const bytes = usize(cols) * sizeof<T>()
  for (let row = begin; row < end; row++) {
    let p = usize(row) * bytes
    const sum = v128.splat<T>(rowSum<T>(dy + p, 0, cols) as T)
    for (let left = cols; left > 0; left -= lanes) {
      const e = exp<E, T>(own, loadPadded<T>(y + p, left, sum))
      storeSome<T>(dx + p, left, v128.sub<T>(loadPadded<T>(dy + p, left, sum), v128.mul<T>(e, sum)))
      p += 16
    }
  }
}

/** loss = log Σ eˣ − x[label]; dx = scale·(softmax x − the label's unit vector), unless dx is 0. */
// @ts-ignore: decorator
@inline
function crossEntropy<E, L, T>(
  scale: f64,
  x: usize,
  labels: usize,
  loss: usize,
  dx: usize,
  cols: i32,
  own: usize,
  begin: i32,
  end: i32,
): void {
  const lanes = 16 / <i32>sizeof<T>()
  changetype<E>(own).prepareExp()
  const bytes = usize(cols) * sizeof<T>()
  for (let row = begin; row < end; row++) {
    const p = x + usize(row) * bytes
    const label = usize(load<i32>(labels + (usize(row) << 2))) * sizeof<T>()
    const most = largest<T>(p, cols)
    const truth = load<T>(p + label)
    const first = dx === 0 ? 0 : dx + usize(row) * bytes
    const sum = exponentials<E, T>(p, first, cols, most, own, dx !== 0)
    store<T>(loss + usize(row) * sizeof<T>(), log<L, T>(own + 512, sum as T) - (truth - most))
    if (dx === 0) continue
    const factor = v128.splat<T>((scale / sum) as T)
    let q = first
    for (let left = cols; left > 0; left -= lanes) {
      storeSome<T>(q, left, v128.mul<T>(loadPadded<T>(q, left, factor), factor))
      q += 16
    }
    store<T>(first + label, load<T>(first + label) - (scale as T))
  }
}

export function softmax_f32(x: usize, y: usize, cols: i32, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  const own = scratch + usize(thread) * stride
  if (cols < SHORT || (cols < SHORT_UNEVEN && (cols & 3) !== 0)) softmaxShort(x, y, cols, own, begin, end)
  else softmax<Exp32, f32>(x, y, cols, own, begin, end)
}

export function logSoftmax_f32(x: usize, y: usize, cols: i32, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  logSoftmax<Exp32, Log32, f32>(x, y, cols, scratch + usize(thread) * stride, begin, end)
}

export function softmaxGradient_f32(y: usize, dy: usize, dx: usize, cols: i32, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  softmaxGradient<f32>(y, dy, dx, cols, begin, end)
}

export function logSoftmaxGradient_f32(y: usize, dy: usize, dx: usize, cols: i32, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  logSoftmaxGradient<Exp32, f32>(y, dy, dx, cols, scratch + usize(thread) * stride, begin, end)
}

export function crossEntropy_f32(scale: f64, x: usize, labels: usize, loss: usize, dx: usize, cols: i32, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  crossEntropy<Exp32, Log32, f32>(scale, x, labels, loss, dx, cols, scratch + usize(thread) * stride, begin, end)
}

export function softmax_f64(x: usize, y: usize, cols: i32, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  softmax<Exp64, f64>(x, y, cols, scratch + usize(thread) * stride, begin, end)
}

export function logSoftmax_f64(x: usize, y: usize, cols: i32, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  logSoftmax<Exp64, Log64, f64>(x, y, cols, scratch + usize(thread) * stride, begin, end)
}

export function softmaxGradient_f64(y: usize, dy: usize, dx: usize, cols: i32, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  softmaxGradient<f64>(y, dy, dx, cols, begin, end)
}

export function logSoftmaxGradient_f64(y: usize, dy: usize, dx: usize, cols: i32, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  logSoftmaxGradient<Exp64, f64>(y, dy, dx, cols, scratch + usize(thread) * stride, begin, end)
}

export function crossEntropy_f64(scale: f64, x: usize, labels: usize, loss: usize, dx: usize, cols: i32, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  crossEntropy<Exp64, Log64, f64>(scale, x, labels, loss, dx, cols, scratch + usize(thread) * stride, begin, end)
}
