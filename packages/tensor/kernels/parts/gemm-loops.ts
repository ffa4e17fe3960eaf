// The loops around the tiles: blocks that stay in a cache, triangles of symmetric results, many small products.
import { packColumns, packRows } from './gemm-pack'
import { DEPTH, NARROW_ROWS, ROWS, SPILL, columns, directTile, narrowTile, stripBytes, tile } from './gemm-tile'

/** Parts of a square c: below and on the diagonal, or above and on it. 0 is all of any c. */
const LOWER: i32 = 1
const UPPER: i32 = 2

/** Rows that one piece of `blocks` takes. The caller knows the number. */
const BAND: i32 = 4 * ROWS

/** What `scratch` holds for one thread: the tile's spill, a tile on the diagonal, strips of a, strips of b. */
const DIAGONAL: usize = SPILL
const STRIPS_OF_A: usize = DIAGONAL + ROWS * 32
const STRIPS_OF_B: usize = STRIPS_OF_A + DEPTH * BAND * 16

/** Columns that one piece of `blocks` takes: DEPTH × 2 KiB of b stay in the second-level cache. */
// @ts-ignore: decorator
@inline
function blockColumns<T>(): i32 {
  return 2048 / sizeof<T>()
}

/** Columns that one piece of `items` takes. */
// @ts-ignore: decorator
@inline
function itemColumns<T>(): i32 {
  return 8 * columns<T>()
}

/** How many k's a piece of `items` takes at a time: what it packs of b fits the first-level cache. */
const ITEM_DEPTH: i32 = DEPTH / 2

/** The tiles of one strip of rows, i to i + h, from column `left` to `right`; kStep = 0 says that a is packed. */
function along<T>(
  part: i32, depth: i32, a: usize, rowStep: usize, kStep: usize, b: usize, bStep: usize, bStrip: usize,
  i: i32, h: i32, left: i32, right: i32, c: usize, cStep: usize, d: usize, dStep: usize,
  alpha: T, beta: T, scratch: usize,
): void {
  let j = left
  if (part == LOWER) right = min(right, i + h)
  if (part == UPPER && i > left) j += (i - left) & -columns<T>()
  b += usize((j - left) / columns<T>()) * bStrip
  c += usize(j) * sizeof<T>()
  d += usize(j) * sizeof<T>()
  for (; j < right; j += columns<T>()) {
    const w = min(columns<T>(), right - j)
    const crosses = part == LOWER ? j + w - 1 > i : part == UPPER ? j < i + h - 1 : false
    const to = crosses ? scratch + DIAGONAL : c
    const toStep: usize = crosses ? 32 : cStep
    if (kStep == 0) tile<T>(depth, a, b, bStep, h, w, to, toStep, d, dStep, alpha, beta, scratch)
    else directTile<T>(depth, a, rowStep, kStep, b, bStep, h, w, to, toStep, d, dStep, alpha, beta, scratch)
    if (crosses) copyTriangle<T>(part, i, h, j, w, to, c, cStep)
    b += bStrip
    c += 32
    d += 32
  }
}

/** Copies of an h × w tile what belongs to the part of c. */
function copyTriangle<T>(part: i32, i: i32, h: i32, j: i32, w: i32, from: usize, c: usize, cStep: usize): void {
  for (let r = 0; r < h; r++) {
    const diagonal = i + r - j
    const first = part == LOWER ? 0 : max(0, diagonal)
    const end = part == LOWER ? min(w, diagonal + 1) : w
    for (let s = first; s < end; s++) {
      const at = usize(s) * sizeof<T>()
      store<T>(c + at, load<T>(from + at))
    }
    from += 32
    c += cStep
  }
}

/**
 * Packs the strips begin ≤ i < end of b, k × n: all strips of the first DEPTH k's, then those of the next, and so on.
 */
// @ts-ignore: decorator
@inline
export function packStrips<T>(
  n: i32, k: i32, b: usize, kStep: usize, columnStep: usize, packed: usize, begin: i32, end: i32,
): void {
  const strips = (n + columns<T>() - 1) / columns<T>()
  for (let i = begin; i < end;) {
    const first = (i / strips) * DEPTH
    const depth = min(DEPTH, k - first)
    const strip = i % strips
    const together = min(end - i, strips - strip)
    const column = strip * columns<T>()
    const from = b + usize(first) * kStep + usize(column) * columnStep
    const to = packed + 32 * (usize(first) * strips + usize(strip) * depth)
    packColumns<T>(min(together * columns<T>(), n - column), depth, from, kStep, columnStep, to)
    i += together
  }
}

/**
 * c = alpha · a · b + beta · d where packStrips has packed b. The pieces begin ≤ i < end are blocks of c, BAND rows by
 * blockColumns: first those of the leftmost columns.
 */
// @ts-ignore: decorator
@inline
export function blocks<T>(
  part: i32, m: i32, n: i32, k: i32, a: usize, rowStep: usize, kStep: usize, packed: usize, alpha: T, beta: T,
  c: usize, cStep: usize, d: usize, dStep: usize, scratch: usize, begin: i32, end: i32,
): void {
  const strips = (n + columns<T>() - 1) / columns<T>()
  const bands = (m + BAND - 1) / BAND
  for (let piece = begin; piece < end; piece++) {
    const top = (piece % bands) * BAND
    const bottom = min(m, top + BAND)
    const left = (piece / bands) * blockColumns<T>()
    const right = min(n, left + blockColumns<T>())
    if (part == LOWER ? left >= bottom : part == UPPER && right <= top) continue
    for (let first = 0; first < k; first += DEPTH) {
      const depth = min(DEPTH, k - first)
      const b = packed + 32 * (usize(first) * strips + usize(left / columns<T>()) * depth)
      let strip = scratch + STRIPS_OF_A
      packRows<T>(bottom - top, depth, a + usize(top) * rowStep + usize(first) * kStep, rowStep, kStep, strip)
      for (let i = top; i < bottom; i += ROWS) {
        const h = min(ROWS, bottom - i)
        const row = c + usize(i) * cStep
        // The first DEPTH k's bring beta · d along, the others add to what is there.
        const begins = first == 0
        along<T>(
          part, depth, strip, 0, 0, b, 32, 32 * depth, i, h, left, right, row, cStep,
          begins ? d + usize(i) * dStep : row, begins ? dStep : cStep, alpha, begins ? beta : 1, scratch,
        )
        strip += stripBytes<T>(depth)
      }
    }
  }
}

/**
 * Products of many matrices, or of small ones: `item` products with a, b, c and d …Item bytes apart. Each is cut into
 * pieces of itemColumns columns, and a piece needs nothing of another. With packA or packB, a or b is packed on the way:
 * b must be when its columnStep is not one value. Where one vector holds all columns, whole groups of
 * rows that are not packed go through the narrow tile.
 */
// @ts-ignore: decorator
@inline
export function items<T>(
  part: i32, m: i32, n: i32, k: i32, packA: bool, a: usize, rowStep: usize, aStep: usize, aItem: usize,
  packB: bool, b: usize, bStep: usize, columnStep: usize, bItem: usize, alpha: T, beta: T,
  c: usize, cStep: usize, cItem: usize, d: usize, dStep: usize, dItem: usize, scratch: usize, begin: i32, end: i32,
): void {
  const bands = (n + itemColumns<T>() - 1) / itemColumns<T>()
  for (let piece = begin; piece < end; piece++) {
    const item = usize(piece / bands)
    const left = (piece % bands) * itemColumns<T>()
    const right = min(n, left + itemColumns<T>())
    // A last strip that is not full is packed too: reading beyond the matrix is forbidden.
    const packFrom = packB ? left : left + ((right - left) & -columns<T>())
    let first = 0
    do {
      const depth = min(ITEM_DEPTH, k - first)
      const kFirst = b + item * bItem + usize(first) * bStep
      const from = kFirst + usize(packFrom) * columnStep
      packColumns<T>(right - packFrom, depth, from, bStep, columnStep, scratch + STRIPS_OF_B)
      const q = c + item * cItem
      const z = first == 0 ? d + item * dItem : q
      const zStep = first == 0 ? dStep : cStep
      const factor = first == 0 ? beta : 1
      const strip = a + item * aItem + usize(first) * aStep
      const narrow = part == 0 && !packA && 2 * n <= columns<T>() ? m & -NARROW_ROWS : 0
      for (let i = 0; i < narrow; i += NARROW_ROWS) {
        narrowTile<T>(
          depth, strip + usize(i) * rowStep, rowStep, aStep, scratch + STRIPS_OF_B, n,
          q + usize(i) * cStep, cStep, z + usize(i) * zStep, zStep, alpha, factor, scratch,
        )
      }
      itemRows<T>(
        part, m - narrow, depth, packA, strip + usize(narrow) * rowStep, rowStep, aStep,
        kFirst + usize(left) * columnStep, bStep, left, packFrom, right, q + usize(narrow) * cStep, cStep,
        z + usize(narrow) * zStep, zStep, alpha, factor, scratch,
      )
      first += ITEM_DEPTH
    } while (first < k)
  }
}

/** All rows of one piece of `items`, for one depth. */
function itemRows<T>(
  part: i32, m: i32, depth: i32, packA: bool, a: usize, rowStep: usize, aStep: usize, b: usize, bStep: usize,
  left: i32, packFrom: i32, right: i32, c: usize, cStep: usize, d: usize, dStep: usize,
  alpha: T, beta: T, scratch: usize,
): void {
  // Strips of nearly equal height: 3 + 3 rows cost less than 5 + 1.
  const strips = (m + ROWS - 1) / ROWS
  for (let s = 0, i = 0; s < strips; s++) {
    const h = (m - i) / (strips - s)
    let strip = a + usize(i) * rowStep
    let kStep = aStep
    if (packA) {
      packRows<T>(h, depth, strip, rowStep, aStep, scratch + STRIPS_OF_A)
      strip = scratch + STRIPS_OF_A
      kStep = 0
    }
    const q = c + usize(i) * cStep
    const z = d + usize(i) * dStep
    if (packFrom > left) {
      along<T>(part, depth, strip, rowStep, kStep, b, bStep, 32, i, h, left, packFrom, q, cStep, z, dStep, alpha, beta, scratch)
    }
    if (right > packFrom) {
      const packed = scratch + STRIPS_OF_B
      along<T>(
        part, depth, strip, rowStep, kStep, packed, 32, 32 * depth, i, h, packFrom, right,
        q, cStep, z, dStep, alpha, beta, scratch,
      )
    }
    i += h
  }
}
