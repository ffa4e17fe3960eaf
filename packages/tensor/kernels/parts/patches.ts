// Which pixels of an image a convolution writes, what it reads for them, and packing that as rows of the tiles of
// parts/gemm-tile.ts.
import { ROWS, stripBytes } from './gemm-tile'
import { Geometry, Tap, TAP, tapsOfInputPhase, tapsOfOutput } from './window'

/** Bytes of a Pixel and of a Run. */
export const PIXEL: usize = 16
export const RUN: usize = 16

/** One phase: which pixels of the target there are, and where they read the source. */
@unmanaged
export class Phase {
  sourceHeight: i32
  sourceWidth: i32
  sourceChannels: i32
  targetHeight: i32
  targetWidth: i32
  targetChannels: i32
  /** Target pixel (i, j) of the phase is (firstRow + i·rowStep, firstColumn + j·columnStep) of the image. */
  firstRow: i32
  firstColumn: i32
  rowStep: i32
  columnStep: i32
  /** It reads the source from (i·sourceRowStep, j·sourceColumnStep) on. */
  sourceRowStep: i32
  sourceColumnStep: i32
  /** How many pixels an image has in this phase. */
  rows: i32
  columns: i32
  taps: usize
  tapsEnd: usize
  /** What the taps read, as runs of values that lie side by side. */
  runs: usize
  /** Whether every tap of every pixel reads within the image. */
  inside: bool
}

/** Values that lie side by side in the source: those of one tap, and of the taps that follow without a gap. */
@unmanaged
export class Run {
  /** Bytes from where a pixel's taps count from. */
  offset: usize
  /** Number of its first value among all that a pixel reads, and of the first value after it. */
  begin: i32
  end: i32
}

/** A pixel of the target. */
@unmanaged
export class Pixel {
  /** The address that taps count from. */
  source: usize
  row: i32
  column: i32
  /** Its number among all pixels of all images. */
  target: i32
}

/** Lists the runs behind the taps. */
function listRuns(p: Phase): void {
  p.runs = p.tapsEnd
  let run = p.runs
  let k = 0
  for (let tap = p.taps; tap < p.tapsEnd; tap += TAP) {
    const t = changetype<Tap>(tap)
    const before = changetype<Tap>(tap - TAP)
    // From one row of the window to the next there is a gap, unless the window is as wide as the image.
    if (tap == p.taps || t.source != before.source + 1) {
      changetype<Run>(run).offset = (usize(t.source) * usize(p.sourceChannels)) << 2
      changetype<Run>(run).begin = k
      run += RUN
    }
    k += p.sourceChannels
    changetype<Run>(run - RUN).end = k
  }
}

export function setForward(p: Phase, g: Geometry, taps: usize): void {
  p.sourceHeight = g.inHeight
  p.sourceWidth = g.inWidth
  p.sourceChannels = g.inChannels
  p.targetHeight = p.rows = g.outHeight
  p.targetWidth = p.columns = g.outWidth
  p.targetChannels = g.outChannels
  p.firstRow = p.firstColumn = 0
  p.rowStep = p.columnStep = 1
  p.sourceRowStep = g.strideHeight
  p.sourceColumnStep = g.strideWidth
  p.taps = taps
  p.tapsEnd = tapsOfOutput(g, taps)
  p.inside =
    g.padTop == 0 && (g.outHeight - 1) * g.strideHeight + (g.windowHeight - 1) * g.dilationHeight < g.inHeight &&
    g.padLeft == 0 && (g.outWidth - 1) * g.strideWidth + (g.windowWidth - 1) * g.dilationWidth < g.inWidth
  listRuns(p)
}

/** Phase number `index` of the gradient. Gives how many taps the phases before it have. */
export function setGradient(p: Phase, g: Geometry, index: i32, taps: usize): i32 {
  p.sourceHeight = g.outHeight
  p.sourceWidth = g.outWidth
  p.sourceChannels = g.outChannels
  p.targetHeight = g.inHeight
  p.targetWidth = g.inWidth
  p.targetChannels = g.inChannels
  p.rowStep = g.strideHeight
  p.columnStep = g.strideWidth
  p.sourceRowStep = p.sourceColumnStep = 1
  p.taps = taps
  let before = 0
  for (let i = 0; i <= index; i++) {
    if (i > 0) before += i32((p.tapsEnd - taps) / TAP)
    p.firstRow = i / g.strideWidth
    p.firstColumn = i % g.strideWidth
    p.tapsEnd = tapsOfInputPhase(g, p.firstRow, p.firstColumn, taps)
  }
  p.inside = false
  listRuns(p)
  p.rows = max(0, (g.inHeight - p.firstRow + p.rowStep - 1) / p.rowStep)
  p.columns = max(0, (g.inWidth - p.firstColumn + p.columnStep - 1) / p.columnStep)
  return before
}

/** Lists `count` pixels of a phase, from number `first` on, counted over all images. */
export function listPixels(p: Phase, source: usize, first: i32, count: i32, list: usize): void {
  const columns = p.columns
  const sourceStep = p.sourceColumnStep
  const bytes = usize(p.sourceChannels) << 2
  const targetStep = p.columnStep
  let line = first / columns
  let j = first % columns
  const end = list + usize(count) * PIXEL
  while (list < end) {
    const image = line / p.rows
    const i = line % p.rows
    const row = i * p.sourceRowStep
    let column = j * sourceStep
    let from = source + usize((image * p.sourceHeight + row) * p.sourceWidth + column) * bytes
    let target = (image * p.targetHeight + p.firstRow + i * p.rowStep) * p.targetWidth + p.firstColumn + j * targetStep
    for (; j < columns && list < end; j++) {
      const pixel = changetype<Pixel>(list)
      pixel.source = from
      pixel.row = row
      pixel.column = column
      pixel.target = target
      from += usize(sourceStep) * bytes
      column += sourceStep
      target += targetStep
      list += PIXEL
    }
    j = 0
    line++
  }
}

/** Where a pixel reads by a tap, from channel `c` on; zeros in the padding. */
// @ts-ignore: decorator
@inline
function sourceOf(p: Phase, pixels: usize, r: i32, tap: Tap, c: i32, zeros: usize): usize {
  const pixel = changetype<Pixel>(pixels + usize(r) * PIXEL)
  const inside = u32(pixel.row + tap.row) < u32(p.sourceHeight) && u32(pixel.column + tap.column) < u32(p.sourceWidth)
  return inside ? pixel.source + ((usize(tap.source) * usize(p.sourceChannels) + usize(c)) << 2) : zeros
}

/** Whether all taps of h pixels read within the image. */
export function allInside(p: Phase, pixels: usize, h: i32): bool {
  if (p.inside) return true
  for (let tap = p.taps; tap < p.tapsEnd; tap += TAP) {
    const t = changetype<Tap>(tap)
    for (let r = 0; r < h; r++) {
      const pixel = changetype<Pixel>(pixels + usize(r) * PIXEL)
      if (u32(pixel.row + t.row) >= u32(p.sourceHeight) || u32(pixel.column + t.column) >= u32(p.sourceWidth)) return false
    }
  }
  return true
}

// @ts-ignore: decorator
@inline
function put(strip: usize, from: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) store<f32>(strip, load<f32>(from))
  else v128.store(strip, v128.load32_splat(from))
}

/** Packs `depth` values that follow each of the addresses, as rows of a tile. Gives the end of what it wrote. */
// @ts-ignore: decorator
@inline
function packRun(depth: i32, a0: usize, a1: usize, a2: usize, a3: usize, a4: usize, a5: usize, strip: usize): usize {
  const size = stripBytes<f32>(1) / ROWS
  for (let i = depth; i > 0; i--) {
    put(strip, a0)
    put(strip + size, a1)
    put(strip + 2 * size, a2)
    put(strip + 3 * size, a3)
    put(strip + 4 * size, a4)
    if (ROWS == 6) put(strip + 5 * size, a5)
    strip += ROWS * size
    a0 += 4
    a1 += 4
    a2 += 4
    a3 += 4
    a4 += 4
    a5 += 4
  }
  return strip
}

/** Where pixel r's taps count from; rows that the last tile of a block lacks repeat the first. */
// @ts-ignore: decorator
@inline
function originOf(pixels: usize, r: i32, h: i32): usize {
  return changetype<Pixel>(pixels + (r < h ? usize(r) * PIXEL : 0)).source
}

/** Packs what h pixels read, k ≤ i < end of tap·channels + channel, as rows of a tile; all of it lies in the image. */
export function packInside(p: Phase, pixels: usize, h: i32, k: i32, end: i32, strip: usize): void {
  const a0 = originOf(pixels, 0, h)
  const a1 = originOf(pixels, 1, h)
  const a2 = originOf(pixels, 2, h)
  const a3 = originOf(pixels, 3, h)
  const a4 = originOf(pixels, 4, h)
  const a5 = originOf(pixels, 5, h)
  let run = p.runs
  while (k < end) {
    const r = changetype<Run>(run)
    run += RUN
    if (r.end <= k) continue
    const at = r.offset + (usize(k - r.begin) << 2)
    const depth = min(r.end, end) - k
    strip = packRun(depth, a0 + at, a1 + at, a2 + at, a3 + at, a4 + at, a5 + at, strip)
    k += depth
  }
}

/** The same where taps may read in the padding. */
export function packBorder(p: Phase, pixels: usize, h: i32, k: i32, end: i32, zeros: usize, strip: usize): void {
  const channels = p.sourceChannels
  while (k < end) {
    const tap = changetype<Tap>(p.taps + usize(k / channels) * TAP)
    const c = k % channels
    const depth = min(channels - c, end - k)
    const a0 = sourceOf(p, pixels, 0, tap, c, zeros)
    const a1 = h > 1 ? sourceOf(p, pixels, 1, tap, c, zeros) : a0
    const a2 = h > 2 ? sourceOf(p, pixels, 2, tap, c, zeros) : a0
    const a3 = h > 3 ? sourceOf(p, pixels, 3, tap, c, zeros) : a0
    const a4 = h > 4 ? sourceOf(p, pixels, 4, tap, c, zeros) : a0
    const a5 = ROWS == 6 && h > 5 ? sourceOf(p, pixels, 5, tap, c, zeros) : a0
    strip = packRun(depth, a0, a1, a2, a3, a4, a5, strip)
    k += depth
  }
}

/**
 * Packs what `pixels` output pixels read at the rows m ≤ r < m + h of the filter, row (tap, input channel), as rows of a
 * tile: here the sum runs over pixels.
 */
export function packRowsOfFilter(p: Phase, list: usize, pixels: i32, m: i32, h: i32, zeros: usize, strip: usize): void {
  const channels = p.sourceChannels
  const size = stripBytes<f32>(1) / ROWS
  const step = ROWS * size
  const tap = changetype<Tap>(p.taps + usize(m / channels) * TAP)
  const c = m % channels
  if (h == ROWS && c + ROWS <= channels) {
    for (let i = 0; i < pixels; i++) {
      const from = sourceOf(p, list, i, tap, c, zeros)
      put(strip, from)
      put(strip + size, from + 4)
      put(strip + 2 * size, from + 8)
      put(strip + 3 * size, from + 12)
      put(strip + 4 * size, from + 16)
      if (ROWS == 6) put(strip + 5 * size, from + 20)
      strip += step
    }
    return
  }
  for (let r = 0; r < ROWS; r++) {
    const row = min(m + r, m + h - 1)
    const own = changetype<Tap>(p.taps + usize(row / channels) * TAP)
    const at = row % channels
    let to = strip + usize(r) * size
    if (p.inside) {
      const offset = (usize(own.source) * usize(channels) + usize(at)) << 2
      for (const end = list + usize(pixels) * PIXEL; list < end; list += PIXEL) {
        put(to, changetype<Pixel>(list).source + offset)
        to += step
      }
      list -= usize(pixels) * PIXEL
    } else {
      for (let i = 0; i < pixels; i++) {
        put(to, sourceOf(p, list, i, own, at, zeros))
        to += step
      }
    }
  }
}
