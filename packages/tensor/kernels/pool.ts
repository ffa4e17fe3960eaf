// Largest and mean value of windows, and their gradients. Positions in the padding take no part: they are not on the
// list of taps. All work runs along channels, four to a vector.
import { Geometry, Tap, TAP, tapsOfOutputRow, tapsWithin } from './parts/window'

const NAN_BITS: i32 = 0x7fc00000

// @ts-ignore: decorator
@inline
function isNaN4(x: v128): v128 {
  return f32x4.ne(x, x)
}

/**
 * The larger of four pairs; the first where they are equal. A NaN never wins here: `pmax` is one instruction where a
 * `max` that keeps NaN takes eight, so NaN is collected in a mask beside it.
 */
// @ts-ignore: decorator
@inline
function larger(a: v128, b: v128): v128 {
  return f32x4.pmax(a, b)
}

// @ts-ignore: decorator
@inline
function withNaN(x: v128, mask: v128): v128 {
  return v128.bitselect(i32x4.splat(NAN_BITS), x, mask)
}

// @ts-ignore: decorator
@inline
function max16(list: usize, end: usize, from: usize, pixel: usize, to: usize): void {
  let a = f32x4.splat(-Infinity)
  let b = a, c = a, d = a
  let na = i32x4.splat(0)
  let nb = na, nc = na, nd = na
  for (; list < end; list += TAP) {
    const x = from + usize(changetype<Tap>(list).source) * pixel
    const xa = v128.load(x)
    const xb = v128.load(x, 16)
    const xc = v128.load(x, 32)
    const xd = v128.load(x, 48)
    a = larger(a, xa)
    b = larger(b, xb)
    c = larger(c, xc)
    d = larger(d, xd)
    na = v128.or(na, isNaN4(xa))
    nb = v128.or(nb, isNaN4(xb))
    nc = v128.or(nc, isNaN4(xc))
    nd = v128.or(nd, isNaN4(xd))
  }
  v128.store(to, withNaN(a, na))
  v128.store(to, withNaN(b, nb), 16)
  v128.store(to, withNaN(c, nc), 32)
  v128.store(to, withNaN(d, nd), 48)
}

// @ts-ignore: decorator
@inline
function max4(list: usize, end: usize, from: usize, pixel: usize, to: usize): void {
  let most = f32x4.splat(-Infinity)
  let mask = i32x4.splat(0)
  for (; list < end; list += TAP) {
    const x = v128.load(from + usize(changetype<Tap>(list).source) * pixel)
    most = larger(most, x)
    mask = v128.or(mask, isNaN4(x))
  }
  v128.store(to, withNaN(most, mask))
}

// @ts-ignore: decorator
@inline
function max1(list: usize, end: usize, from: usize, pixel: usize, to: usize): void {
  let most: f32 = -Infinity
  for (; list < end; list += TAP) {
    const x = load<f32>(from + usize(changetype<Tap>(list).source) * pixel)
    // A NaN fails every comparison: once it is in `most`, it stays.
    if (!(x <= most) && most == most) most = x
  }
  store<f32>(to, most == most ? most : reinterpret<f32>(NAN_BITS))
}

/** Every channel of one pixel. Groups of channels that would reach past the last start earlier and overlap. */
function maxPixel(list: usize, end: usize, from: usize, pixel: usize, to: usize): void {
  if (pixel < 16) {
    for (let c: usize = 0; c < pixel; c += 4) max1(list, end, from + c, pixel, to + c)
  } else if (pixel < 64) {
    for (let c: usize = 0; c < pixel; c += 16) {
      const at = min(c, pixel - 16)
      max4(list, end, from + at, pixel, to + at)
    }
  } else {
    for (let c: usize = 0; c < pixel; c += 64) {
      const at = min(c, pixel - 64)
      max16(list, end, from + at, pixel, to + at)
    }
  }
}

/** The sum over taps, divided by `count`. */
function meanPixel(list: usize, end: usize, from: usize, pixel: usize, to: usize, count: f32): void {
  if (pixel < 16) {
    for (let c: usize = 0; c < pixel; c += 4) {
      let sum: f32 = 0
      for (let tap = list; tap < end; tap += TAP) sum += load<f32>(from + usize(changetype<Tap>(tap).source) * pixel + c)
      store<f32>(to + c, sum / count)
    }
    return
  }
  const divisor = f32x4.splat(count)
  let c: usize = 0
  for (; c + 64 <= pixel; c += 64) {
    let s0 = f32x4.splat(0)
    let s1 = s0, s2 = s0, s3 = s0
    for (let tap = list; tap < end; tap += TAP) {
      const x = from + usize(changetype<Tap>(tap).source) * pixel + c
      s0 = f32x4.add(s0, v128.load(x))
      s1 = f32x4.add(s1, v128.load(x, 16))
      s2 = f32x4.add(s2, v128.load(x, 32))
      s3 = f32x4.add(s3, v128.load(x, 48))
    }
    v128.store(to + c, f32x4.div(s0, divisor))
    v128.store(to + c, f32x4.div(s1, divisor), 16)
    v128.store(to + c, f32x4.div(s2, divisor), 32)
    v128.store(to + c, f32x4.div(s3, divisor), 48)
  }
  for (; c < pixel; c += 16) {
    const at = min(c, pixel - 16)
    let sum = f32x4.splat(0)
    for (let tap = list; tap < end; tap += TAP) {
      sum = f32x4.add(sum, v128.load(from + usize(changetype<Tap>(tap).source) * pixel + at))
    }
    v128.store(to + at, f32x4.div(sum, divisor))
  }
}

/** How many positions of a window with `taps` taps in the image the mean is taken over; 1 for an empty window. */
// @ts-ignore: decorator
@inline
function counted(g: Geometry, taps: i32, countPadding: i32): f32 {
  return f32(countPadding ? g.windowHeight * g.windowWidth : max(taps, 1))
}

/** The output rows begin ≤ i < end, counted over all images. */
export function pool_max(geometry: usize, x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  const g = changetype<Geometry>(geometry)
  const list = scratch + usize(thread) * stride
  const pixel = usize(g.inChannels) << 2
  for (let i = begin; i < end; i++) {
    const image = x + usize(i / g.outHeight) * usize(g.inHeight * g.inWidth) * pixel
    const taps = tapsOfOutputRow(g, i % g.outHeight, list)
    let to = y + usize(i) * usize(g.outWidth) * pixel
    for (let j = 0; j < g.outWidth; j++) {
      const shift = j * g.strideWidth
      const clipped = tapsWithin(list, taps, shift, g.inWidth, taps)
      maxPixel(taps, clipped, image + usize(shift) * pixel, pixel, to)
      to += pixel
    }
  }
}

/** The output rows begin ≤ i < end, counted over all images. */
export function pool_mean(geometry: usize, countPadding: i32, x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  const g = changetype<Geometry>(geometry)
  const list = scratch + usize(thread) * stride
  const pixel = usize(g.inChannels) << 2
  for (let i = begin; i < end; i++) {
    const image = x + usize(i / g.outHeight) * usize(g.inHeight * g.inWidth) * pixel
    const taps = tapsOfOutputRow(g, i % g.outHeight, list)
    let to = y + usize(i) * usize(g.outWidth) * pixel
    for (let j = 0; j < g.outWidth; j++) {
      const shift = j * g.strideWidth
      const clipped = tapsWithin(list, taps, shift, g.inWidth, taps)
      const count = counted(g, i32((clipped - taps) / TAP), countPadding)
      meanPixel(taps, clipped, image + usize(shift) * pixel, pixel, to, count)
      to += pixel
    }
  }
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

/** The gradient of the input rows begin ≤ i < end, counted over all images. */
export function pool_max_input(geometry: usize, x: usize, dy: usize, dx: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  const g = changetype<Geometry>(geometry)
  const list = scratch + usize(thread) * stride
  const input = usize(g.inHeight * g.inWidth * g.inChannels) << 2
  const output = usize(g.outHeight * g.outWidth * g.outChannels) << 2
  while (begin < end) {
    const image = begin / g.inHeight
    const top = begin % g.inHeight
    const bottom = min(g.inHeight, top + end - begin)
    const at = usize(image)
    spreadImage(true, g, 0, x + at * input, dy + at * output, dx + at * input, top, bottom, list)
    begin += bottom - top
  }
}

/** The gradient of the input rows begin ≤ i < end, counted over all images. */
export function pool_mean_input(geometry: usize, countPadding: i32, dy: usize, dx: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  const g = changetype<Geometry>(geometry)
  const list = scratch + usize(thread) * stride
  const input = usize(g.inHeight * g.inWidth * g.inChannels) << 2
  const output = usize(g.outHeight * g.outWidth * g.outChannels) << 2
  while (begin < end) {
    const image = begin / g.inHeight
    const top = begin % g.inHeight
    const bottom = min(g.inHeight, top + end - begin)
    const at = usize(image)
    spreadImage(false, g, countPadding, 0, dy + at * output, dx + at * input, top, bottom, list)
    begin += bottom - top
  }
}
