// Convolution and its gradients as matrix products over images that are never unrolled: strips of patches are packed,
// tile by tile, in the form that parts/gemm-tile.ts reads.
//
// The input's gradient is a convolution too. The pixels of the input fall into strideHeight × strideWidth phases, and
// within one phase all pixels were read by the same taps, so each phase is a convolution of dy, without strides, by its
// own taps. The forward pass has a single phase.
import { packColumns } from './parts/gemm-pack'
import { columns, DEPTH, ROWS, SPILL, stripBytes, tile } from './parts/gemm-tile'
import { sumPartials } from './parts/partials'
import { Geometry, Tap, TAP, tapsOfInputPhase, tapsOfOutput } from './parts/window'

/** Pixels of one piece of work: whole tiles of 5 and of 6 rows. The same number stands in src/kernels/conv2d.ts. */
const BLOCK: i32 = 60

/** Columns that are worked through together: DEPTH × PANEL values stay in the second-level cache. */
const PANEL: i32 = 512

/** One phase: which pixels of the target there are, and where they read the source. */
@unmanaged
class Phase {
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
class Run {
  /** Bytes from where a pixel's taps count from. */
  offset: usize
  /** Number of its first value among all that a pixel reads, and of the first value after it. */
  begin: i32
  end: i32
}

/** A pixel of the target. */
@unmanaged
class Pixel {
  /** The address that taps count from. */
  source: usize
  row: i32
  column: i32
  /** Its number among all pixels of all images. */
  target: i32
}

// Where things lie in a thread's scratch space. The wrapper asks for SCRATCH bytes, the taps and what the kernel needs.
const PHASE_BYTES: usize = 128
const RUN: usize = 16
const PIXEL: usize = 16
const PIXELS: usize = SPILL + PHASE_BYTES
/** 256 zeros: what a tap reads that lies in the padding. */
const ZEROS: usize = PIXELS + PIXEL * DEPTH
const STRIP: usize = ZEROS + 4 * DEPTH
const TAPS: usize = STRIP + 6 * 16 * DEPTH

/** Lists the runs behind the taps. */
function listRuns(p: Phase): void {
  p.runs = p.tapsEnd
  let run = p.runs
  let k = 0
  for (let tap = p.taps; tap < p.tapsEnd; tap += TAP) {
    const t = changetype<Tap>(tap)
    const before = changetype<Tap>(tap - TAP)
    // A tap in the next row of the window never follows without a gap, unless it does so in the image as well.
    if (tap == p.taps || t.source != before.source + 1) {
      changetype<Run>(run).offset = (usize(t.source) * usize(p.sourceChannels)) << 2
      changetype<Run>(run).begin = k
      run += RUN
    }
    k += p.sourceChannels
    changetype<Run>(run - RUN).end = k
  }
}

function setForward(p: Phase, g: Geometry, taps: usize): void {
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
function setGradient(p: Phase, g: Geometry, index: i32, taps: usize): i32 {
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
function listPixels(p: Phase, source: usize, first: i32, count: i32, list: usize): void {
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
function allInside(p: Phase, pixels: usize, h: i32): bool {
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
function packInside(p: Phase, pixels: usize, h: i32, k: i32, end: i32, strip: usize): void {
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
function packBorder(p: Phase, pixels: usize, h: i32, k: i32, end: i32, zeros: usize, strip: usize): void {
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
 * Packs what `pixels` output pixels read at the rows m ≤ r < m + h of the filter, row (tap, input channel), as rows of a
 * tile: here the sum runs over pixels.
 */
function packRowsOfFilter(p: Phase, list: usize, pixels: i32, m: i32, h: i32, zeros: usize, strip: usize): void {
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
