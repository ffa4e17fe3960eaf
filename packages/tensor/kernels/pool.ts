// Largest and mean value of windows, and their gradients. Positions in the padding take no part.
//
// Both are taken in two steps: over the rows of a window first, for a whole row of the image at once, and over its columns
// then. That is windowHeight + windowWidth steps for each value instead of their product, in long plain loops.
import { Geometry, Tap, TAP, tapsOfOutputRow, tapsWithin } from './parts/window'

const NAN_BITS: i32 = 0x7fc00000

// @ts-ignore: decorator
@inline
function isNaN4(x: v128): v128 {
  return f32x4.ne(x, x)
}

/** How two values become one. Sums, and maxima that lose NaN, are one instruction; maxima that keep NaN are several. */
const SUM: i32 = 0
const MAX: i32 = 1
const MAX_OR_NAN: i32 = 2

// @ts-ignore: decorator
@inline
function join(how: i32, a: v128, b: v128): v128 {
  if (how == SUM) return f32x4.add(a, b)
  const most = f32x4.pmax(a, b)
  if (how == MAX) return most
  return v128.bitselect(i32x4.splat(NAN_BITS), most, v128.or(isNaN4(a), isNaN4(b)))
}

/**
 * Joins `rows` rows (1 to 3) of `bytes` bytes that lie `step` bytes apart into `to`: over what is there where `rows` is 1.
 * Gives true if a sum of all that was read is NaN: only then can there be a NaN among it.
 */
// @ts-ignore: decorator
@inline
function joinRows(how: i32, rows: i32, from: usize, step: usize, to: usize, bytes: usize): bool {
  // Two sums, since an addition takes longer than all else between two of them.
  let canary = f32x4.splat(0)
  let other = canary
  let i: usize = 0
  for (; i + 32 <= bytes; i += 32) {
    const p = from + i
    const x0 = v128.load(p)
    const x1 = v128.load(p, 16)
    const q = rows == 1 ? to + i : p + step
    const y0 = v128.load(q)
    const y1 = v128.load(q, 16)
    let v0 = rows == 1 ? join(how, y0, x0) : join(how, x0, y0)
    let v1 = rows == 1 ? join(how, y1, x1) : join(how, x1, y1)
    let s0 = rows == 1 ? x0 : f32x4.add(x0, y0)
    let s1 = rows == 1 ? x1 : f32x4.add(x1, y1)
    if (rows == 3) {
      const z0 = v128.load(q + step)
      const z1 = v128.load(q + step, 16)
      v0 = join(how, v0, z0)
      v1 = join(how, v1, z1)
      s0 = f32x4.add(s0, z0)
      s1 = f32x4.add(s1, z1)
    }
    if (how == MAX) {
      canary = f32x4.add(canary, s0)
      other = f32x4.add(other, s1)
    }
    v128.store(to + i, v0)
    v128.store(to + i, v1, 16)
  }
  for (; i < bytes; i += 4) {
    const x = v128.load32_zero(from + i)
    const y = v128.load32_zero(rows == 1 ? to + i : from + step + i)
    let value = rows == 1 ? join(how, y, x) : join(how, x, y)
    canary = f32x4.add(canary, rows == 1 ? x : f32x4.add(x, y))
    if (rows == 3) {
      const z = v128.load32_zero(from + 2 * step + i)
      canary = f32x4.add(canary, z)
      value = join(how, value, z)
    }
    v128.store32_lane(to + i, value, 0)
  }
  return how == MAX && v128.any_true(isNaN4(f32x4.add(canary, other)))
}

/** Joins all `rows` rows. Gives true if a NaN may be among them and `how` loses it. */
// @ts-ignore: decorator
@inline
function joinAll(how: i32, rows: i32, from: usize, step: usize, to: usize, bytes: usize): bool {
  // A largest value of one row is joined with itself, which tells of NaN.
  if (rows == 1 && how == MAX) return joinRows(how, 2, from, 0, to, bytes)
  if (rows == 1) {
    memory.copy(to, from, bytes)
    return false
  }
  if (rows == 2) return joinRows(how, 2, from, step, to, bytes)
  let suspect = joinRows(how, 3, from, step, to, bytes)
  for (let row = 3; row < rows; row++) suspect = joinRows(how, 1, from + usize(row) * step, step, to, bytes) || suspect
  return suspect
}

/** Joins the columns first, first + step … (`taps` of them, one at least) of one pixel; sums are divided by `count`. */
// @ts-ignore: decorator
@inline
function joinColumns(how: i32, first: usize, step: usize, taps: i32, to: usize, pixel: usize, count: f32): void {
  const divisor = f32x4.splat(count)
  let c: usize = 0
  for (; c + 64 <= pixel; c += 64) {
    let from = first + c
    let v0 = v128.load(from)
    let v1 = v128.load(from, 16)
    let v2 = v128.load(from, 32)
    let v3 = v128.load(from, 48)
    for (let i = taps; i > 1; i--) {
      from += step
      v0 = join(how, v0, v128.load(from))
      v1 = join(how, v1, v128.load(from, 16))
      v2 = join(how, v2, v128.load(from, 32))
      v3 = join(how, v3, v128.load(from, 48))
    }
    v128.store(to + c, how == SUM ? f32x4.div(v0, divisor) : v0)
    v128.store(to + c, how == SUM ? f32x4.div(v1, divisor) : v1, 16)
    v128.store(to + c, how == SUM ? f32x4.div(v2, divisor) : v2, 32)
    v128.store(to + c, how == SUM ? f32x4.div(v3, divisor) : v3, 48)
  }
  for (; c + 16 <= pixel; c += 16) {
    let from = first + c
    let value = v128.load(from)
    for (let i = taps; i > 1; i--) {
      from += step
      value = join(how, value, v128.load(from))
    }
    v128.store(to + c, how == SUM ? f32x4.div(value, divisor) : value)
  }
  for (; c < pixel; c += 4) {
    let from = first + c
    let value = v128.load32_zero(from)
    for (let i = taps; i > 1; i--) {
      from += step
      value = join(how, value, v128.load32_zero(from))
    }
    v128.store32_lane(to + c, how == SUM ? f32x4.div(value, divisor) : value, 0)
  }
}

/** How many positions of a window with `taps` taps in the image the mean is taken over; 1 for an empty window. */
// @ts-ignore: decorator
@inline
function counted(g: Geometry, taps: i32, countPadding: i32): f32 {
  return f32(countPadding ? g.windowHeight * g.windowWidth : max(taps, 1))
}

// @ts-ignore: decorator
@inline
function fill(to: usize, bytes: usize, value: f32): void {
  for (let i: usize = 0; i < bytes; i += 4) store<f32>(to + i, value)
}

/**
 * The pixels from ≤ j < to of an output row, from the columns `left` … of the image whose rows were joined: the windows'
 * columns that are in the image are joined.
 */
// @ts-ignore: decorator
@inline
function poolPixels(how: i32, g: Geometry, from: i32, to: i32, joined: usize, left: i32, rows: i32, countPadding: i32, y: usize): void {
  const pixel = usize(g.inChannels) << 2
  const dilation = g.dilationWidth
  const step = usize(dilation) * pixel
  const width = g.inWidth
  const window = g.windowWidth
  const beyond = (window - 1) * dilation
  let column = from * g.strideWidth - g.padLeft
  let out = y + usize(from) * pixel
  for (let j = from; j < to; j++) {
    let first = column
    let taps = window
    // Divisions take longer than the rest of a small pixel: only at the borders.
    if (column < 0 || column + beyond >= width) {
      const skipped = column < 0 ? (dilation - 1 - column) / dilation : 0
      first = column + skipped * dilation
      taps = max(0, min(window - skipped, first < width ? (width - 1 - first) / dilation + 1 : 0))
    }
    if (rows * taps == 0) fill(out, pixel, how == SUM ? 0 : -Infinity)
    else joinColumns(how, joined + usize(first - left) * pixel, step, taps, out, pixel, counted(g, rows * taps, countPadding))
    column += g.strideWidth
    out += pixel
  }
}

/** Bytes of joined rows that are used while they are in the first-level cache. */
const JOINED: i32 = 8192

/** One row of the output. It is worked through in groups of pixels, so that what is joined stays in the cache. */
// @ts-ignore: decorator
@inline
function poolRow(how: i32, g: Geometry, image: usize, row: i32, countPadding: i32, joined: usize, y: usize): void {
  const pixel = usize(g.inChannels) << 2
  const line = usize(g.inWidth) * pixel
  const top = row * g.strideHeight - g.padTop
  const skipped = top < 0 ? (g.dilationHeight - 1 - top) / g.dilationHeight : 0
  const below = g.inHeight - top
  const rows = max(0, min(g.windowHeight, below > 0 ? (below - 1) / g.dilationHeight + 1 : 0) - skipped)
  const source = image + usize(top + skipped * g.dilationHeight) * line
  const step = usize(g.dilationHeight) * line
  const reach = (g.windowWidth - 1) * g.dilationWidth + 1
  const group = max(1, (JOINED / i32(pixel) - reach) / g.strideWidth + 1)
  for (let j = 0; j < g.outWidth; j += group) {
    const end = min(g.outWidth, j + group)
    const left = min(g.inWidth, max(0, j * g.strideWidth - g.padLeft))
    const right = max(left, min(g.inWidth, (end - 1) * g.strideWidth - g.padLeft + reach))
    const bytes = usize(right - left) * pixel
    const from = source + usize(left) * pixel
    if (rows > 0 && joinAll(how, rows, from, step, joined, bytes)) {
      joinAll(MAX_OR_NAN, rows, from, step, joined, bytes)
      poolPixels(MAX_OR_NAN, g, j, end, joined, left, rows, countPadding, y)
    } else {
      poolPixels(how, g, j, end, joined, left, rows, countPadding, y)
    }
  }
}

// @ts-ignore: decorator
@inline
function poolRows(how: i32, g: Geometry, countPadding: i32, x: usize, y: usize, joined: usize, begin: i32, end: i32): void {
  const input = usize(g.inHeight * g.inWidth * g.inChannels) << 2
  const output = usize(g.outWidth * g.inChannels) << 2
  for (let i = begin; i < end; i++) {
    poolRow(how, g, x + usize(i / g.outHeight) * input, i % g.outHeight, countPadding, joined, y + usize(i) * output)
  }
}

/** The output rows begin ≤ i < end, counted over all images. */
export function pool_max(geometry: usize, x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  poolRows(MAX, changetype<Geometry>(geometry), 0, x, y, scratch + usize(thread) * stride, begin, end)
}

/** The output rows begin ≤ i < end, counted over all images. */
export function pool_mean(geometry: usize, countPadding: i32, x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  poolRows(SUM, changetype<Geometry>(geometry), countPadding, x, y, scratch + usize(thread) * stride, begin, end)
}

/** The first of the taps that read a row of `row` or more. Taps are listed row by row. */
function firstInRow(list: usize, end: usize, row: i32): usize {
  while (list < end && changetype<Tap>(list).row < row) list += TAP
  return list
}

// @ts-ignore: decorator
@inline
function addTo(p: usize, x: v128): void {
  v128.store(p, f32x4.add(v128.load(p), x))
}

/**
 * Gives dy to the first tap of those that hold the largest value (a NaN is larger than all), where that tap lies in the
 * rows at hand: from `first` up to, not including, `last`.
 */
function spreadMax(list: usize, end: usize, first: usize, last: usize, from: usize, dy: usize, dx: usize, pixel: usize): void {
  let c: usize = 0
  for (; c + 16 <= pixel; c += 16) {
    let most = f32x4.splat(-Infinity)
    let winner = i32x4.splat(changetype<Tap>(list).source)
    for (let at = list; at < end; at += TAP) {
      const source = changetype<Tap>(at).source
      const x = v128.load(from + usize(source) * pixel + c)
      // x > most or x is NaN, unless a NaN is there already.
      const wins = v128.andnot(f32x4.eq(most, most), f32x4.le(x, most))
      most = v128.bitselect(x, most, wins)
      winner = v128.bitselect(i32x4.splat(source), winner, wins)
    }
    const g = v128.load(dy + c)
    for (let at = first; at < last; at += TAP) {
      const source = changetype<Tap>(at).source
      addTo(dx + usize(source) * pixel + c, v128.and(g, i32x4.eq(winner, i32x4.splat(source))))
    }
  }
  for (; c < pixel; c += 4) {
    let most: f32 = -Infinity
    let winner = list
    for (let at = list; at < end; at += TAP) {
      const x = load<f32>(from + usize(changetype<Tap>(at).source) * pixel + c)
      if (!(x <= most) && most == most) {
        most = x
        winner = at
      }
    }
    if (winner < first || winner >= last) continue
    const p = dx + usize(changetype<Tap>(winner).source) * pixel + c
    store<f32>(p, load<f32>(p) + load<f32>(dy + c))
  }
}

/** Gives dy / count to every tap in the rows at hand. */
function spreadMean(first: usize, last: usize, dy: usize, dx: usize, pixel: usize, count: f32): void {
  const divisor = f32x4.splat(count)
  let c: usize = 0
  for (; c + 16 <= pixel; c += 16) {
    const g = f32x4.div(v128.load(dy + c), divisor)
    for (let at = first; at < last; at += TAP) addTo(dx + usize(changetype<Tap>(at).source) * pixel + c, g)
  }
  for (; c < pixel; c += 4) {
    const g = load<f32>(dy + c) / count
    for (let at = first; at < last; at += TAP) {
      const p = dx + usize(changetype<Tap>(at).source) * pixel + c
      store<f32>(p, load<f32>(p) + g)
    }
  }
}

/**
 * The gradient of the rows top ≤ row < bottom of one image. Every window that reaches these rows is looked at, in order,
 * and gives to these rows only: an input value gets its gifts in the same order however the rows are divided.
 */
// @ts-ignore: decorator
@inline
function spreadImage(isMax: bool, g: Geometry, countPadding: i32, x: usize, dy: usize, dx: usize, top: i32, bottom: i32, list: usize): void {
  const pixel = usize(g.inChannels) << 2
  const reach = (g.windowHeight - 1) * g.dilationHeight
  const line = usize(g.inWidth) * pixel
  memory.fill(dx + usize(top) * line, 0, usize(bottom - top) * line)
  // Output row o reads the rows o·stride − pad … o·stride − pad + reach.
  const firstRow = max(0, (top + g.padTop - reach + g.strideHeight - 1) / g.strideHeight)
  const endRow = min(g.outHeight, (bottom - 1 + g.padTop) / g.strideHeight + 1)
  for (let o = firstRow; o < endRow; o++) {
    const taps = tapsOfOutputRow(g, o, list)
    for (let j = 0; j < g.outWidth; j++) {
      const shift = j * g.strideWidth
      const clipped = tapsWithin(list, taps, shift, g.inWidth, taps)
      const first = firstInRow(taps, clipped, top)
      const last = firstInRow(first, clipped, bottom)
      if (first == last) continue
      const gift = dy + usize(o * g.outWidth + j) * pixel
      const to = dx + usize(shift) * pixel
      if (isMax) {
        spreadMax(taps, clipped, first, last, x + usize(shift) * pixel, gift, to, pixel)
      } else {
        spreadMean(first, last, gift, to, pixel, counted(g, i32((clipped - taps) / TAP), countPadding))
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function spreadRows(isMax: bool, g: Geometry, countPadding: i32, x: usize, dy: usize, dx: usize, list: usize, begin: i32, end: i32): void {
  const input = usize(g.inHeight * g.inWidth * g.inChannels) << 2
  const output = usize(g.outHeight * g.outWidth * g.outChannels) << 2
  while (begin < end) {
    const image = usize(begin / g.inHeight)
    const top = begin % g.inHeight
    const bottom = min(g.inHeight, top + end - begin)
    spreadImage(isMax, g, countPadding, x + image * input, dy + image * output, dx + image * input, top, bottom, list)
    begin += bottom - top
  }
}

/** The gradient of the input rows begin ≤ i < end, counted over all images. */
export function pool_max_input(geometry: usize, x: usize, dy: usize, dx: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  spreadRows(true, changetype<Geometry>(geometry), 0, x, dy, dx, scratch + usize(thread) * stride, begin, end)
}

/** The gradient of the input rows begin ≤ i < end, counted over all images. */
export function pool_mean_input(geometry: usize, countPadding: i32, dy: usize, dx: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  spreadRows(false, changetype<Geometry>(geometry), countPadding, 0, dy, dx, scratch + usize(thread) * stride, begin, end)
}
