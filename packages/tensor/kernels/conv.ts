// Convolution and its gradients as matrix products over images that are never unrolled: strips of patches are packed,
// tile by tile, in the form that parts/gemm-tile.ts reads.
//
// The input's gradient is a convolution too. The pixels of the input fall into strideHeight × strideWidth phases, and
// within one phase all pixels were read by the same taps, so each phase is a convolution of dy, without strides, by its
// own taps. The forward pass has a single phase.
import { packColumns } from './parts/gemm-pack'
import { columns, DEPTH, ROWS, SPILL, tile } from './parts/gemm-tile'
import { sumPartials } from './parts/partials'
import {
  allInside, listPixels, packBorder, packInside, packRowsOfFilter, Phase, Pixel, PIXEL, RUN, setForward, setGradient,
} from './parts/patches'
import { Geometry, Tap, TAP } from './parts/window'

/** Pixels of one piece of work: whole tiles of 5 and of 6 rows. The same number stands in src/kernels/images/conv2d.ts. */
const BLOCK: i32 = 60

/** Columns that are worked through together: DEPTH × PANEL values stay in the second-level cache. */
const PANEL: i32 = 512

// Where things lie in a thread's scratch space; behind the taps and their runs comes what a kernel needs besides.
const PHASE_BYTES: usize = 128
const PIXELS: usize = SPILL + PHASE_BYTES
/** 256 zeros: what a tap reads that lies in the padding. */
const ZEROS: usize = PIXELS + PIXEL * DEPTH
const STRIP: usize = ZEROS + 4 * DEPTH
const TAPS: usize = STRIP + 6 * 16 * DEPTH

/** Steps of k that a sum of `k` products is cut into: as equal as can be, DEPTH at most. */
// @ts-ignore: decorator
@inline
function depthOf(k: i32): i32 {
  const blocks = (k + DEPTH - 1) / DEPTH
  return blocks > 1 ? (k + blocks - 1) / blocks : k
}

/** to[count × n] = the phase's patches of the listed pixels · the packed filter, plus bias. `work` is the thread's scratch. */
function multiply(p: Phase, count: i32, packed: usize, bias: usize, to: usize, work: usize): void {
  const n = p.targetChannels
  const k = i32((p.tapsEnd - p.taps) / TAP) * p.sourceChannels
  const depth = depthOf(k)
  const step = usize(n) << 2
  const pixels = work + PIXELS
  const strip = work + STRIP
  for (let left = 0; left < n; left += PANEL) {
    const right = min(n, left + PANEL)
    let first = 0
    // Once also where there is nothing to sum.
    do {
      const end = min(k, first + depth)
      for (let i = 0; i < count; i += ROWS) {
        const h = min(ROWS, count - i)
        const some = pixels + usize(i) * PIXEL
        if (allInside(p, some, h)) packInside(p, some, h, first, end, strip)
        else packBorder(p, some, h, first, end, work + ZEROS, strip)
        for (let j = left; j < right; j += columns<f32>()) {
          const b = packed + ((usize(j) * usize(k) + usize(first) * columns<f32>()) << 2)
          const c = to + usize(i) * step + (usize(j) << 2)
          const w = min(columns<f32>(), n - j)
          if (first > 0) tile<f32>(end - first, strip, b, 32, h, w, c, step, c, step, 1, 1, work)
          else if (bias) tile<f32>(end, strip, b, 32, h, w, c, step, bias + (usize(j) << 2), 0, 1, 1, work)
          else tile<f32>(end, strip, b, 32, h, w, c, step, c, step, 1, 0, work)
        }
      }
      first = end
    } while (first < k)
  }
}

/** Keeps NaN: both comparisons are false then. */
function clampAll(p: usize, count: usize, least: f32, most: f32): void {
  const end = p + (count << 2)
  for (; p + 16 <= end; p += 16) {
    v128.store(p, f32x4.pmin(f32x4.pmax(v128.load(p), f32x4.splat(least)), f32x4.splat(most)))
  }
  for (; p < end; p += 4) {
    const x = load<f32>(p)
    store<f32>(p, x < least ? least : x > most ? most : x)
  }
}

/** Zeros, from `to` on; gives where they end. Rows are short, and memory.fill takes longer to begin than for the row. */
// @ts-ignore: decorator
@inline
function zeroRun(to: usize, bytes: usize): usize {
  const end = to + bytes
  for (; to + 16 <= end; to += 16) v128.store(to, f32x4.splat(0))
  for (; to < end; to += 4) store<f32>(to, 0)
  return end
}

// @ts-ignore: decorator
@inline
function copyRun(from: usize, to: usize, bytes: usize): usize {
  const end = to + bytes
  for (; to + 16 <= end; to += 16) {
    v128.store(to, v128.load(from))
    from += 16
  }
  for (; to < end; to += 4) {
    store<f32>(to, load<f32>(from))
    from += 4
  }
  return end
}

/** Copies rows begin ≤ i < end (counted over all images) of an image into one with zeros around it. */
export function conv_pad(geometry: usize, padBottom: i32, padRight: i32, x: usize, padded: usize, begin: i32, end: i32, thread: i32): void {
  const g = changetype<Geometry>(geometry)
  const height = g.padTop + g.inHeight + padBottom
  const line = usize(g.inWidth * g.inChannels) << 2
  const left = usize(g.padLeft * g.inChannels) << 2
  const right = usize(padRight * g.inChannels) << 2
  for (let i = begin; i < end; i++) {
    let to = padded + usize(i) * (left + line + right)
    const row = i % height - g.padTop
    if (u32(row) < u32(g.inHeight)) {
      to = zeroRun(to, left)
      to = copyRun(x + usize((i / height) * g.inHeight + row) * line, to, line)
      zeroRun(to, right)
    } else {
      zeroRun(to, left + line + right)
    }
  }
}

/**
 * Packs the filter for the forward pass, strips begin ≤ i < end of eight output channels. The rows of the product are
 * the filter's own: (tap, input channel).
 */
export function conv_pack(k: i32, n: i32, filter: usize, packed: usize, begin: i32, end: i32, thread: i32): void {
  const step = usize(n) << 2
  for (let i = begin; i < end; i++) {
    const j = i * columns<f32>()
    packColumns<f32>(min(columns<f32>(), n - j), k, filter + (usize(j) << 2), step, 4, packed + ((usize(j) * usize(k)) << 2))
  }
}

/** The output pixels of the blocks begin ≤ i < end, counted over all images. */
export function conv_forward(geometry: usize, x: usize, packed: usize, bias: usize, y: usize, least: f32, most: f32, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  const g = changetype<Geometry>(geometry)
  const work = scratch + usize(thread) * stride
  const p = changetype<Phase>(work + SPILL)
  memory.fill(work + ZEROS, 0, 4 * DEPTH)
  setForward(p, g, work + TAPS)
  const pixels = g.batch * g.outHeight * g.outWidth
  for (let i = begin; i < end; i++) {
    const first = i * BLOCK
    const count = min(BLOCK, pixels - first)
    const to = y + ((usize(first) * usize(g.outChannels)) << 2)
    listPixels(p, x, first, count, work + PIXELS)
    multiply(p, count, packed, bias, to, work)
    if (least > -Infinity) clampAll(to, usize(count) * usize(g.outChannels), least, most)
  }
}

/**
 * Packs the filter for the input's gradient, strips begin ≤ i < end of eight input channels, counted over all phases.
 * The rows of the product are the phase's (tap, output channel).
 */
export function conv_pack_input(geometry: usize, filter: usize, packed: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  const g = changetype<Geometry>(geometry)
  const work = scratch + usize(thread) * stride
  const p = changetype<Phase>(work + SPILL)
  const strips = (g.inChannels + columns<f32>() - 1) / columns<f32>()
  const row = usize(g.outChannels) << 2
  for (let i = begin; i < end; i++) {
    const before = setGradient(p, g, i / strips, work + TAPS)
    const j = (i % strips) * columns<f32>()
    const taps = usize(p.tapsEnd - p.taps) / TAP
    let to = packed + (usize(before) * strips + usize(i % strips) * taps) * row * columns<f32>()
    for (let tap = p.taps; tap < p.tapsEnd; tap += TAP) {
      const from = filter + (usize(changetype<Tap>(tap).index) * usize(g.inChannels) + usize(j)) * row
      packColumns<f32>(min(columns<f32>(), g.inChannels - j), g.outChannels, from, 4, row, to)
      to += row * columns<f32>()
    }
  }
}

/** The input's gradient on the blocks begin ≤ i < end; each phase has `blocks` of them. */
export function conv_input(geometry: usize, blocks: i32, dy: usize, packed: usize, dx: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  const g = changetype<Geometry>(geometry)
  const work = scratch + usize(thread) * stride
  const p = changetype<Phase>(work + SPILL)
  memory.fill(work + ZEROS, 0, 4 * DEPTH)
  const strips = (g.inChannels + columns<f32>() - 1) / columns<f32>()
  const row = usize(g.inChannels) << 2
  // Pixels of a phase lie apart where there are strides: their rows go through scratch memory.
  const apart = g.strideHeight > 1 || g.strideWidth > 1
  const rows = work + TAPS + usize(g.windowHeight * g.windowWidth) * (TAP + RUN)
  for (let i = begin; i < end; i++) {
    const before = setGradient(p, g, i / blocks, work + TAPS)
    const first = (i % blocks) * BLOCK
    const count = min(BLOCK, g.batch * p.rows * p.columns - first)
    if (count <= 0) continue
    listPixels(p, dy, first, count, work + PIXELS)
    const from = packed + ((usize(before * g.outChannels) * strips * columns<f32>()) << 2)
    multiply(p, count, from, 0, apart ? rows : dx + usize(first) * row, work)
    if (!apart) continue
    for (let r = 0; r < count; r++) {
      copyRun(rows + usize(r) * row, dx + usize(changetype<Pixel>(work + PIXELS + usize(r) * PIXEL).target) * row, row)
    }
  }
}

/**
 * The filter's gradient. Piece i is the rows (i % bands)·BLOCK … of the filter, as far as the output pixels of segment
 * i / bands go, `segment` of them; each segment writes a whole gradient of its own at parts. begin ≤ i < end.
 */
export function conv_filter(geometry: usize, bands: i32, segment: i32, x: usize, dy: usize, parts: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  const g = changetype<Geometry>(geometry)
  const work = scratch + usize(thread) * stride
  const p = changetype<Phase>(work + SPILL)
  memory.fill(work + ZEROS, 0, 4 * DEPTH)
  setForward(p, g, work + TAPS)
  const packed = work + TAPS + usize(g.windowHeight * g.windowWidth) * (TAP + RUN)
  const n = g.outChannels
  const step = usize(n) << 2
  const m = g.windowHeight * g.windowWidth * g.inChannels
  const all = g.batch * g.outHeight * g.outWidth
  for (let i = begin; i < end; i++) {
    const top = (i % bands) * BLOCK
    const bottom = min(m, top + BLOCK)
    const part = parts + usize(i / bands) * usize(m) * step
    const begins = (i / bands) * segment
    const ends = min(all, begins + segment)
    const most = depthOf(ends - begins)
    for (let first = begins; first < ends; first += most) {
      const depth = min(most, ends - first)
      listPixels(p, x, first, depth, work + PIXELS)
      const beta: f32 = first > begins ? 1 : 0
      for (let left = 0; left < n; left += PANEL) {
        const right = min(n, left + PANEL)
        for (let j = left; j < right; j += columns<f32>()) {
          const from = dy + usize(first) * step + (usize(j) << 2)
          packColumns<f32>(min(columns<f32>(), n - j), depth, from, step, 4, packed + ((usize(j - left) * usize(depth)) << 2))
        }
        for (let r = top; r < bottom; r += ROWS) {
          const h = min(ROWS, bottom - r)
          packRowsOfFilter(p, work + PIXELS, depth, r, h, work + ZEROS, work + STRIP)
          for (let j = left; j < right; j += columns<f32>()) {
            const c = part + usize(r) * step + (usize(j) << 2)
            const b = packed + ((usize(j - left) * usize(depth)) << 2)
            tile<f32>(depth, work + STRIP, b, 32, h, min(columns<f32>(), n - j), c, step, c, step, 1, beta, work)
          }
        }
      }
    }
  }
}

/** out = the sum of all parts in order, on the values begin ≤ i < end. */
export function conv_filter_sum(parts: usize, count: i32, size: i32, out: usize, begin: i32, end: i32, thread: i32): void {
  sumPartials(parts, count, size, out, begin, end)
}
