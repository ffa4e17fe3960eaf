// Depthwise convolution: every channel has filters of its own, so all work runs along channels, four to a vector. The
// kernels know one filter per channel; where there are more, the wrapper repeats the channels of the input first.
import { sumPartials } from './parts/partials'
import { madd32 } from './parts/simd'
import { firstBeyond, firstInside, Geometry, Tap, TAP, tapsInRows, tapsOfInputPhase, tapsOfOutputRow, tapsWithin } from './parts/window'

/** Four pixels at `to`, `to` + hop …: the sum over taps of source·filter for eight channels. */
// @ts-ignore: decorator
@inline
function fourPixels8(list: usize, end: usize, from: usize, step: usize, filter: usize, pixel: usize, bias: usize, to: usize, hop: usize, least: v128, most: v128): void {
  let a0 = bias ? v128.load(bias) : f32x4.splat(0)
  let b0 = bias ? v128.load(bias, 16) : f32x4.splat(0)
  let a1 = a0, a2 = a0, a3 = a0, b1 = b0, b2 = b0, b3 = b0
  for (; list < end; list += TAP) {
    const tap = changetype<Tap>(list)
    const weights = filter + usize(tap.index) * pixel
    const w0 = v128.load(weights)
    const w1 = v128.load(weights, 16)
    let x = from + usize(tap.source) * pixel
    a0 = madd32(v128.load(x), w0, a0)
    b0 = madd32(v128.load(x, 16), w1, b0)
    x += step
    a1 = madd32(v128.load(x), w0, a1)
    b1 = madd32(v128.load(x, 16), w1, b1)
    x += step
    a2 = madd32(v128.load(x), w0, a2)
    b2 = madd32(v128.load(x, 16), w1, b2)
    x += step
    a3 = madd32(v128.load(x), w0, a3)
    b3 = madd32(v128.load(x, 16), w1, b3)
  }
  v128.store(to, clamp(a0, least, most))
  v128.store(to, clamp(b0, least, most), 16)
  to += hop
  v128.store(to, clamp(a1, least, most))
  v128.store(to, clamp(b1, least, most), 16)
  to += hop
  v128.store(to, clamp(a2, least, most))
  v128.store(to, clamp(b2, least, most), 16)
  to += hop
  v128.store(to, clamp(a3, least, most))
  v128.store(to, clamp(b3, least, most), 16)
}

/** One pixel, four channels. */
// @ts-ignore: decorator
@inline
function onePixel4(list: usize, end: usize, from: usize, filter: usize, pixel: usize, bias: usize, to: usize, least: v128, most: v128): void {
  let sum = bias ? v128.load(bias) : f32x4.splat(0)
  for (; list < end; list += TAP) {
    const tap = changetype<Tap>(list)
    sum = madd32(v128.load(from + usize(tap.source) * pixel), v128.load(filter + usize(tap.index) * pixel), sum)
  }
  v128.store(to, clamp(sum, least, most))
}

/** One pixel, one channel; in vector instructions, so that the relaxed build fuses here as it does elsewhere. */
// @ts-ignore: decorator
@inline
function onePixel1(list: usize, end: usize, from: usize, filter: usize, pixel: usize, bias: usize, to: usize, least: v128, most: v128): void {
  let sum = bias ? v128.load32_splat(bias) : f32x4.splat(0)
  for (; list < end; list += TAP) {
    const tap = changetype<Tap>(list)
    const weight = v128.load32_splat(filter + usize(tap.index) * pixel)
    sum = madd32(v128.load32_splat(from + usize(tap.source) * pixel), weight, sum)
  }
  v128.store32_lane(to, clamp(sum, least, most), 0)
}

/** Keeps NaN: both comparisons are false then. */
// @ts-ignore: decorator
@inline
function clamp(x: v128, least: v128, most: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, least), most)
}

/** Every channel of one pixel. Rows of four that would reach past the last channel start earlier and overlap. */
function wholePixel(list: usize, end: usize, from: usize, filter: usize, channels: i32, bias: usize, to: usize, least: v128, most: v128): void {
  const pixel = usize(channels) << 2
  const bytes = pixel
  if (channels < 4) {
    for (let c: usize = 0; c < bytes; c += 4) {
      onePixel1(list, end, from + c, filter + c, pixel, bias ? bias + c : 0, to + c, least, most)
    }
    return
  }
  for (let c: usize = 0; c < bytes; c += 16) {
    const at = min(c, bytes - 16)
    onePixel4(list, end, from + at, filter + at, pixel, bias ? bias + at : 0, to + at, least, most)
  }
}

/** `pixels` pixels at `to`, `to` + hop …, of which pixel j reads the source at j·step columns. */
function pixelRow(list: usize, end: usize, image: usize, width: i32, step: i32, filter: usize, channels: i32, bias: usize, to: usize, hop: usize, pixels: i32, least: v128, most: v128): void {
  const pixel = usize(channels) << 2
  const first = min(firstInside(list, end, step), pixels)
  const last = firstBeyond(list, end, step, width, first, pixels)
  // Border pixels use a shorter list, copied behind the full one.
  for (let j = 0; j < pixels; j++) {
    if (j == first && last - first >= 4 && channels >= 8) {
      for (; j + 4 <= last; j += 4) {
        const from = image + usize(j * step) * pixel
        const there = to + usize(j) * hop
        for (let c: usize = 0; c < pixel; c += 32) {
          const at = min(c, pixel - 32)
          fourPixels8(list, end, from + at, usize(step) * pixel, filter + at, pixel, bias ? bias + at : 0, there + at, hop, least, most)
        }
      }
      if (j == pixels) return
    }
    const clipped = tapsWithin(list, end, j * step, width, end)
    wholePixel(end, clipped, image + usize(j * step) * pixel, filter, channels, bias, to + usize(j) * hop, least, most)
  }
}

/** The output rows begin ≤ i < end, counted over all images. */
export function depthwise_forward(geometry: usize, x: usize, filter: usize, bias: usize, y: usize, least: f32, most: f32, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  const g = changetype<Geometry>(geometry)
  const list = scratch + usize(thread) * stride
  const pixel = usize(g.inChannels) << 2
  for (let i = begin; i < end; i++) {
    const image = x + usize(i / g.outHeight) * usize(g.inHeight * g.inWidth) * pixel
    const taps = tapsOfOutputRow(g, i % g.outHeight, list)
    const to = y + usize(i) * usize(g.outWidth) * pixel
    pixelRow(list, taps, image, g.inWidth, g.strideWidth, filter, g.inChannels, bias, to, pixel, g.outWidth, f32x4.splat(least), f32x4.splat(most))
  }
}

/** The gradient of the input rows begin ≤ i < end, counted over all images. */
export function depthwise_input(geometry: usize, dy: usize, filter: usize, dx: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  const g = changetype<Geometry>(geometry)
  const list = scratch + usize(thread) * stride
  const pixel = usize(g.inChannels) << 2
  const step = g.strideWidth
  for (let i = begin; i < end; i++) {
    const image = dy + usize(i / g.inHeight) * usize(g.outHeight * g.outWidth) * pixel
    for (let phase = 0; phase < min(step, g.inWidth); phase++) {
      const taps = tapsInRows(list, tapsOfInputPhase(g, i % g.inHeight, phase, list), g.outHeight, list)
      const to = dx + (usize(i) * usize(g.inWidth) + usize(phase)) * pixel
      const pixels = (g.inWidth - phase + step - 1) / step
      pixelRow(list, taps, image, g.outWidth, 1, filter, g.inChannels, 0, to, usize(step) * pixel, pixels, f32x4.splat(-Infinity), f32x4.splat(Infinity))
    }
  }
}

/** out += Σ x·dy over `pixels` pixels, on all channels of one tap. x moves by `step` bytes a pixel, dy by `pixel`. */
function correlate(x: usize, step: usize, dy: usize, pixel: usize, pixels: i32, out: usize): void {
  let c: usize = 0
  for (; c + 64 <= pixel; c += 64) {
    let p = x + c
    let q = dy + c
    let s0 = f32x4.splat(0)
    let s1 = s0, s2 = s0, s3 = s0
    for (let j = pixels; j > 0; j--) {
      s0 = madd32(v128.load(p), v128.load(q), s0)
      s1 = madd32(v128.load(p, 16), v128.load(q, 16), s1)
      s2 = madd32(v128.load(p, 32), v128.load(q, 32), s2)
      s3 = madd32(v128.load(p, 48), v128.load(q, 48), s3)
      p += step
      q += pixel
    }
    addTo(out + c, s0)
    addTo(out + c + 16, s1)
    addTo(out + c + 32, s2)
    addTo(out + c + 48, s3)
  }
  for (; c + 16 <= pixel; c += 16) {
    let p = x + c
    let q = dy + c
    let sum = f32x4.splat(0)
    for (let j = pixels; j > 0; j--) {
      sum = madd32(v128.load(p), v128.load(q), sum)
      p += step
      q += pixel
    }
    addTo(out + c, sum)
  }
  for (; c < pixel; c += 4) {
    let p = x + c
    let q = dy + c
    let sum = f32x4.splat(0)
    for (let j = pixels; j > 0; j--) {
      sum = madd32(v128.load32_splat(p), v128.load32_splat(q), sum)
      p += step
      q += pixel
    }
    store<f32>(out + c, load<f32>(out + c) + f32x4.extract_lane(sum, 0))
  }
}

// @ts-ignore: decorator
@inline
function addTo(p: usize, x: v128): void {
  v128.store(p, f32x4.add(v128.load(p), x))
}

/**
 * parts[i] = what the output rows from i·rows up to (i + 1)·rows (counted over all images) give to the filter's
 * gradient, for the parts begin ≤ i < end.
 */
export function depthwise_filter(geometry: usize, rows: i32, x: usize, dy: usize, parts: usize, begin: i32, end: i32, thread: i32): void {
  const g = changetype<Geometry>(geometry)
  const pixel = usize(g.inChannels) << 2
  const line = usize(g.inWidth) * pixel
  const size = usize(g.windowHeight * g.windowWidth) * pixel
  for (let i = begin; i < end; i++) {
    const part = parts + usize(i) * size
    memory.fill(part, 0, size)
    const last = min(g.batch * g.outHeight, (i + 1) * rows)
    for (let row = i * rows; row < last; row++) {
      const image = x + usize(row / g.outHeight) * usize(g.inHeight) * line
      for (let kh = 0; kh < g.windowHeight; kh++) {
        const source = (row % g.outHeight) * g.strideHeight - g.padTop + kh * g.dilationHeight
        if (u32(source) >= u32(g.inHeight)) continue
        for (let kw = 0; kw < g.windowWidth; kw++) {
          const column = kw * g.dilationWidth - g.padLeft
          const from = max(0, (g.strideWidth - 1 - column) / g.strideWidth)
          const to = column < g.inWidth ? min(g.outWidth, (g.inWidth - 1 - column) / g.strideWidth + 1) : 0
          if (from >= to) continue
          correlate(
            image + usize(source) * line + usize(from * g.strideWidth + column) * pixel,
            usize(g.strideWidth) * pixel,
            dy + (usize(row) * usize(g.outWidth) + usize(from)) * pixel,
            pixel,
            to - from,
            part + usize(kh * g.windowWidth + kw) * pixel,
          )
        }
      }
    }
  }
}

/** out = the sum of all parts in order, on the values begin ≤ i < end. */
export function depthwise_filter_sum(parts: usize, count: i32, size: i32, out: usize, begin: i32, end: i32, thread: i32): void {
  sumPartials(parts, count, size, out, begin, end)
}

/** y[i·times + m] = x[i] for every m < times, for begin ≤ i < end. */
export function repeat_values(times: i32, x: usize, y: usize, begin: i32, end: i32, thread: i32): void {
  let to = y + ((usize(begin) * usize(times)) << 2)
  for (let i = begin; i < end; i++) {
    const value = load<f32>(x + (usize(i) << 2))
    for (let m = times; m > 0; m--) {
      store<f32>(to, value)
      to += 4
    }
  }
}

/** y[i] = Σ x[i·times + m] over m < times, in order, for begin ≤ i < end. */
export function sum_groups(times: i32, x: usize, y: usize, begin: i32, end: i32, thread: i32): void {
  let from = x + ((usize(begin) * usize(times)) << 2)
  for (let i = begin; i < end; i++) {
    let sum: f32 = 0
    for (let m = times; m > 0; m--) {
      sum += load<f32>(from)
      from += 4
    }
    store<f32>(y + (usize(i) << 2), sum)
  }
}
