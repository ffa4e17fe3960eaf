// What convolutions and pools share: the sizes of one call, and the list of taps that a row of pixels uses.

/** The sizes of one call, as src/kernels/images/window2d.ts writes them into memory. */
@unmanaged
export class Geometry {
  batch: i32
  inHeight: i32
  inWidth: i32
  inChannels: i32
  outHeight: i32
  outWidth: i32
  outChannels: i32
  windowHeight: i32
  windowWidth: i32
  strideHeight: i32
  strideWidth: i32
  dilationHeight: i32
  dilationWidth: i32
  padTop: i32
  padLeft: i32
}

/**
 * A tap: one position of the window, as seen by the pixels j = 0, 1 … of one row. Pixel j reads the source column
 * j·step + column, if there is such a column.
 */
@unmanaged
export class Tap {
  /** From the start of the source image to the value for pixel 0, in pixels; may lie outside the row. */
  source: i32
  column: i32
  row: i32
  /** Which position of the window this is, counted row by row. */
  index: i32
}

/** Bytes of a Tap. */
export const TAP: usize = 16

// @ts-ignore: decorator
@inline
function writeTap(at: usize, row: i32, column: i32, width: i32, index: i32): usize {
  const tap = changetype<Tap>(at)
  tap.source = row * width + column
  tap.column = column
  tap.row = row
  tap.index = index
  return at + TAP
}

/** The taps by which a row of the output reads the input, those outside the input's rows left out. Gives the end. */
export function tapsOfOutputRow(g: Geometry, row: i32, list: usize): usize {
  for (let kh = 0; kh < g.windowHeight; kh++) {
    const source = row * g.strideHeight - g.padTop + kh * g.dilationHeight
    if (u32(source) >= u32(g.inHeight)) continue
    for (let kw = 0; kw < g.windowWidth; kw++) {
      const column = kw * g.dilationWidth - g.padLeft
      list = writeTap(list, source, column, g.inWidth, kh * g.windowWidth + kw)
    }
  }
  return list
}

/** The taps by which the output reads the input, as seen by its first pixel. Gives the end. */
export function tapsOfOutput(g: Geometry, list: usize): usize {
  for (let kh = 0; kh < g.windowHeight; kh++) {
    for (let kw = 0; kw < g.windowWidth; kw++) {
      const row = kh * g.dilationHeight - g.padTop
      list = writeTap(list, row, kw * g.dilationWidth - g.padLeft, g.inWidth, kh * g.windowWidth + kw)
    }
  }
  return list
}

/**
 * The taps by which the pixels (`row` + i·stride, `column` + j·stride) of the input, i and j = 0, 1 …, were read into the
 * output, as seen by the first of them. All of these pixels were read by the same taps, and neighbours among them by
 * neighbouring output pixels. Taps are listed from the last to the first: then they read the output from left to right.
 */
export function tapsOfInputPhase(g: Geometry, row: i32, column: i32, list: usize): usize {
  for (let kh = g.windowHeight - 1; kh >= 0; kh--) {
    const down = row + g.padTop - kh * g.dilationHeight
    if (down % g.strideHeight != 0) continue
    for (let kw = g.windowWidth - 1; kw >= 0; kw--) {
      const across = column + g.padLeft - kw * g.dilationWidth
      if (across % g.strideWidth != 0) continue
      list = writeTap(list, down / g.strideHeight, across / g.strideWidth, g.outWidth, kh * g.windowWidth + kw)
    }
  }
  return list
}

/** Copies the taps that read one of the source's rows. Gives the end of the copy, which may begin where the list does. */
export function tapsInRows(list: usize, end: usize, height: i32, copy: usize): usize {
  for (; list < end; list += TAP) {
    if (u32(changetype<Tap>(list).row) >= u32(height)) continue
    v128.store(copy, v128.load(list))
    copy += TAP
  }
  return copy
}

/** Copies the taps that stay within the source's columns when moved by `shift` columns. Gives the end of the copy. */
export function tapsWithin(list: usize, end: usize, shift: i32, width: i32, copy: usize): usize {
  for (; list < end; list += TAP) {
    if (u32(changetype<Tap>(list).column + shift) >= u32(width)) continue
    v128.store(copy, v128.load(list))
    copy += TAP
  }
  return copy
}

/** The first pixel j whose taps all read at a column of 0 or more. */
export function firstInside(list: usize, end: usize, step: i32): i32 {
  let least = 0
  for (; list < end; list += TAP) least = min(least, changetype<Tap>(list).column)
  return (step - 1 - least) / step
}

/** The first pixel j of which a tap reads beyond the last column; at least `from`, at most `pixels`. */
export function firstBeyond(list: usize, end: usize, step: i32, width: i32, from: i32, pixels: i32): i32 {
  let most = 0
  for (; list < end; list += TAP) most = max(most, changetype<Tap>(list).column)
  const inside = most < width ? (width - 1 - most) / step + 1 : 0
  return max(from, min(pixels, inside))
}
