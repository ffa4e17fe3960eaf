// Reductions of [outer, axis, inner] arrays along the middle axis. With inner = 1 a piece is a part of a row, otherwise
// a strip of columns over a part of the axis. An axis longer than a part is reduced in two steps, through an array of
// partial results: the parts depend on the sizes alone, so every thread count gives the same bits.
// Sums and products of all types are kept in f64.

const SUM: i32 = 0
const SQUARES: i32 = 1
const PRODUCT: i32 = 2

// @ts-ignore: decorator
@inline
function low<T>(v: v128): v128 {
  if (sizeof<T>() == 8) return v
  return isFloat<T>() ? f64x2.promote_low_f32x4(v) : f64x2.convert_low_i32x4_s(v)
}

// @ts-ignore: decorator
@inline
function high<T>(v: v128): v128 {
  return low<T>(i64x2.shuffle(v, v, 1, 1))
}

/** Two values of four bytes as f64. */
// @ts-ignore: decorator
@inline
function near<T>(p: usize): v128 {
  return low<T>(v128.load64_zero(p))
}

/** What a value contributes. */
// @ts-ignore: decorator
@inline
function term(op: i32, v: v128): v128 {
  return op == SQUARES ? f64x2.mul(v, v) : v
}

// @ts-ignore: decorator
@inline
function join(op: i32, a: v128, b: v128): v128 {
  return op == PRODUCT ? f64x2.mul(a, b) : f64x2.add(a, b)
}

// @ts-ignore: decorator
@inline
function term1(op: i32, v: f64): f64 {
  return op == SQUARES ? v * v : v
}

// @ts-ignore: decorator
@inline
function join1(op: i32, a: f64, b: f64): f64 {
  return op == PRODUCT ? a * b : a + b
}

// @ts-ignore: decorator
@inline
function store1(to: usize, i: i32, value: f64, wide: i32): void {
  if (wide) store<f64>(to + (usize(i) << 3), value)
  else store<f32>(to + (usize(i) << 2), f32(value))
}

// @ts-ignore: decorator
@inline
function foldRow<T>(op: i32, p: usize, n: i32): f64 {
  const neutral: f64 = op == PRODUCT ? 1 : 0
  const lanes: i32 = 16 / sizeof<T>()
  let rest = neutral
  let i = 0
  if (n >= 4 * lanes) {
    let a = f64x2.splat(neutral)
    let b = a
    let c = a
    let d = a
    for (; i + 4 * lanes <= n; i += 4 * lanes) {
      if (lanes == 4) {
        // Neighbours are joined before they go to an accumulator: eight of those would leave no registers free.
        a = join(op, a, join(op, term(op, near<T>(p)), term(op, near<T>(p + 8))))
        b = join(op, b, join(op, term(op, near<T>(p + 16)), term(op, near<T>(p + 24))))
        c = join(op, c, join(op, term(op, near<T>(p + 32)), term(op, near<T>(p + 40))))
        d = join(op, d, join(op, term(op, near<T>(p + 48)), term(op, near<T>(p + 56))))
      } else {
        a = join(op, a, term(op, v128.load(p)))
        b = join(op, b, term(op, v128.load(p, 16)))
        c = join(op, c, term(op, v128.load(p, 32)))
        d = join(op, d, term(op, v128.load(p, 48)))
      }
      p += 64
    }
    a = join(op, join(op, a, b), join(op, c, d))
    rest = join1(op, f64x2.extract_lane(a, 0), f64x2.extract_lane(a, 1))
  }
  for (; i < n; i++) {
    rest = join1(op, rest, term1(op, f64(load<T>(p))))
    p += sizeof<T>()
  }
  return rest
}

/** Where part `i` of all rows' parts starts. */
// @ts-ignore: decorator
@inline
function startOfPart<T>(x: usize, axis: i32, part: i32, parts: i32, i: i32): usize {
  return x + (usize(i / parts) * usize(axis) + usize((i % parts) * part)) * sizeof<T>()
}

/** How many values a part has: the last one may be shorter. */
// @ts-ignore: decorator
@inline
function lengthOfPart(axis: i32, part: i32, i: i32): i32 {
  return min(part, axis - i * part)
}

/** Where column `from` of slab (outer index and part) starts. */
// @ts-ignore: decorator
@inline
function startOfSlab<T>(x: usize, axis: i32, inner: i32, part: i32, parts: i32, slab: i32, from: i32): usize {
  const row = usize(slab / parts) * usize(axis) + usize((slab % parts) * part)
  return x + (row * usize(inner) + usize(from)) * sizeof<T>()
}

// @ts-ignore: decorator
@inline
function foldRows<T>(
  op: i32, x: usize, out: usize, axis: i32, part: i32, divisor: f64, wide: i32, begin: i32, end: i32,
): void {
  const parts = (axis + part - 1) / part
  for (let i = begin; i < end; i++) {
    const p = startOfPart<T>(x, axis, part, parts, i)
    store1(out, i, foldRow<T>(op, p, lengthOfPart(axis, part, i % parts)) / divisor, wide)
  }
}

/** Adds (or multiplies) four rows of a strip into the strip's results, joining the four first. */
// @ts-ignore: decorator
@inline
function foldFour<T>(op: i32, p: usize, step: usize, acc: usize, n: i32): void {
  const lanes: i32 = 16 / sizeof<T>()
  let j = 0
  for (; j + lanes <= n; j += lanes) {
    const a = v128.load(p)
    const b = v128.load(p + step)
    const c = v128.load(p + 2 * step)
    const d = v128.load(p + 3 * step)
    const ab = join(op, term(op, low<T>(a)), term(op, low<T>(b)))
    const cd = join(op, term(op, low<T>(c)), term(op, low<T>(d)))
    v128.store(acc, join(op, v128.load(acc), join(op, ab, cd)))
    if (lanes == 4) {
      const ef = join(op, term(op, high<T>(a)), term(op, high<T>(b)))
      const gh = join(op, term(op, high<T>(c)), term(op, high<T>(d)))
      v128.store(acc, join(op, v128.load(acc, 16), join(op, ef, gh)), 16)
    }
    p += 16
    acc += lanes * 8
  }
  for (; j < n; j++) {
    const ab = join1(op, term1(op, f64(load<T>(p))), term1(op, f64(load<T>(p + step))))
    const cd = join1(op, term1(op, f64(load<T>(p + 2 * step))), term1(op, f64(load<T>(p + 3 * step))))
    store<f64>(acc, join1(op, load<f64>(acc), join1(op, ab, cd)))
    p += sizeof<T>()
    acc += 8
  }
}

// @ts-ignore: decorator
@inline
function foldOne<T>(op: i32, p: usize, acc: usize, n: i32): void {
  for (let j = 0; j < n; j++) {
    store<f64>(acc, join1(op, load<f64>(acc), term1(op, f64(load<T>(p)))))
    p += sizeof<T>()
    acc += 8
  }
}

// @ts-ignore: decorator
@inline
function foldColumns<T>(
  op: i32, x: usize, out: usize, axis: i32, inner: i32, part: i32, strip: i32, divisor: f64, wide: i32, acc: usize,
  begin: i32, end: i32,
): void {
  const strips = (inner + strip - 1) / strip
  const parts = (axis + part - 1) / part
  const step = usize(inner) * sizeof<T>()
  for (let i = begin; i < end; i++) {
    const from = (i % strips) * strip
    const n = lengthOfPart(inner, strip, i % strips)
    const slab = i / strips
    const rows = lengthOfPart(axis, part, slab % parts)
    let p = startOfSlab<T>(x, axis, inner, part, parts, slab, from)
    for (let j = 0; j < n; j++) store<f64>(acc + (usize(j) << 3), op == PRODUCT ? 1 : 0)
    let r = 0
    for (; r + 4 <= rows; r += 4) {
      foldFour<T>(op, p, step, acc, n)
      p += 4 * step
    }
    for (; r < rows; r++) {
      foldOne<T>(op, p, acc, n)
      p += step
    }
    const q = out + usize(slab) * usize(inner) * (wide ? 8 : 4)
    for (let j = 0; j < n; j++) store1(q, from + j, load<f64>(acc + (usize(j) << 3)) / divisor, wide)
  }
}

// @ts-ignore: decorator
@inline
function rowsOf<T>(
  op: i32, x: usize, out: usize, axis: i32, part: i32, divisor: f64, wide: i32, begin: i32, end: i32,
): void {
  if (op == SUM) foldRows<T>(SUM, x, out, axis, part, divisor, wide, begin, end)
  else if (op == SQUARES) foldRows<T>(SQUARES, x, out, axis, part, divisor, wide, begin, end)
  else foldRows<T>(PRODUCT, x, out, axis, part, divisor, wide, begin, end)
}

// @ts-ignore: decorator
@inline
function columnsOf<T>(
  op: i32, x: usize, out: usize, axis: i32, inner: i32, part: i32, strip: i32, divisor: f64, wide: i32, acc: usize,
  begin: i32, end: i32,
): void {
  if (op == SUM) foldColumns<T>(SUM, x, out, axis, inner, part, strip, divisor, wide, acc, begin, end)
  else if (op == SQUARES) foldColumns<T>(SQUARES, x, out, axis, inner, part, strip, divisor, wide, acc, begin, end)
  else foldColumns<T>(PRODUCT, x, out, axis, inner, part, strip, divisor, wide, acc, begin, end)
}

/**
 * out[i] = the sum, sum of squares or product (op 0, 1, 2) of part i of the rows, over the divisor; as f64 if `wide`,
 * else as f32.
 */
export function fold_rows_f32(
  op: i32, x: usize, out: usize, axis: i32, part: i32, divisor: f64, wide: i32, begin: i32, end: i32, thread: i32,
): void {
  rowsOf<f32>(op, x, out, axis, part, divisor, wide, begin, end)
}

export function fold_rows_f64(
  op: i32, x: usize, out: usize, axis: i32, part: i32, divisor: f64, wide: i32, begin: i32, end: i32, thread: i32,
): void {
  rowsOf<f64>(op, x, out, axis, part, divisor, wide, begin, end)
}

export function fold_rows_i32(
  op: i32, x: usize, out: usize, axis: i32, part: i32, divisor: f64, wide: i32, begin: i32, end: i32, thread: i32,
): void {
  rowsOf<i32>(op, x, out, axis, part, divisor, wide, begin, end)
}

/** The same along columns. The scratch holds a strip's results. */
export function fold_columns_f32(
  op: i32, x: usize, out: usize, axis: i32, inner: i32, part: i32, strip: i32, divisor: f64, wide: i32,
  scratch: usize, stride: usize, begin: i32, end: i32, thread: i32,
): void {
  const acc = scratch + usize(thread) * stride
  columnsOf<f32>(op, x, out, axis, inner, part, strip, divisor, wide, acc, begin, end)
}

export function fold_columns_f64(
  op: i32, x: usize, out: usize, axis: i32, inner: i32, part: i32, strip: i32, divisor: f64, wide: i32,
  scratch: usize, stride: usize, begin: i32, end: i32, thread: i32,
): void {
  const acc = scratch + usize(thread) * stride
  columnsOf<f64>(op, x, out, axis, inner, part, strip, divisor, wide, acc, begin, end)
}

export function fold_columns_i32(
  op: i32, x: usize, out: usize, axis: i32, inner: i32, part: i32, strip: i32, divisor: f64, wide: i32,
  scratch: usize, stride: usize, begin: i32, end: i32, thread: i32,
): void {
  const acc = scratch + usize(thread) * stride
  columnsOf<i32>(op, x, out, axis, inner, part, strip, divisor, wide, acc, begin, end)
}

// ---- the largest and the smallest; NaN where there is one

// @ts-ignore: decorator
@inline
function extreme<T>(most: bool, a: v128, b: v128): v128 {
  if (!isFloat<T>()) return most ? i32x4.max_s(a, b) : i32x4.min_s(a, b)
  if (sizeof<T>() == 4) return most ? f32x4.max(a, b) : f32x4.min(a, b)
  return most ? f64x2.max(a, b) : f64x2.min(a, b)
}

/** The floats' max and min are the engine's: NaN if either is, and +0 above -0. */
// @ts-ignore: decorator
@inline
function extreme1<T>(most: bool, a: T, b: T): T {
  if (isFloat<T>()) return most ? max<T>(a, b) : min<T>(a, b)
  return most == a > b ? a : b
}

/** One NaN is like another, but which bits an engine gives is open: one pattern for all. */
// @ts-ignore: decorator
@inline
function canonical<T>(value: T): T {
  if (!isFloat<T>()) return value
  return value == value ? value : <T>NaN
}

// @ts-ignore: decorator
@inline
function extremeRow<T>(most: bool, p: usize, n: i32): T {
  const lanes: i32 = 16 / sizeof<T>()
  let best = load<T>(p)
  let i = 1
  if (n >= 4 * lanes) {
    let a = v128.load(p)
    let b = a
    let c = a
    let d = a
    for (i = 0; i + 4 * lanes <= n; i += 4 * lanes) {
      a = extreme<T>(most, a, v128.load(p))
      b = extreme<T>(most, b, v128.load(p, 16))
      c = extreme<T>(most, c, v128.load(p, 32))
      d = extreme<T>(most, d, v128.load(p, 48))
      p += 64
    }
    a = extreme<T>(most, extreme<T>(most, a, b), extreme<T>(most, c, d))
    best = extreme1<T>(most, v128.extract_lane<T>(a, 0), v128.extract_lane<T>(a, 1))
    if (sizeof<T>() == 4) {
      best = extreme1<T>(most, best, extreme1<T>(most, v128.extract_lane<T>(a, 2), v128.extract_lane<T>(a, 3)))
    }
  } else p += sizeof<T>()
  for (; i < n; i++) {
    best = extreme1<T>(most, best, load<T>(p))
    p += sizeof<T>()
  }
  return canonical<T>(best)
}

// @ts-ignore: decorator
@inline
function extremeRows<T>(most: i32, x: usize, out: usize, axis: i32, part: i32, begin: i32, end: i32): void {
  const parts = (axis + part - 1) / part
  for (let i = begin; i < end; i++) {
    const p = startOfPart<T>(x, axis, part, parts, i)
    const n = lengthOfPart(axis, part, i % parts)
    store<T>(out + usize(i) * sizeof<T>(), most ? extremeRow<T>(true, p, n) : extremeRow<T>(false, p, n))
  }
}

// @ts-ignore: decorator
@inline
function extremeStrip<T>(most: bool, p: usize, q: usize, n: i32): void {
  const lanes: i32 = 16 / sizeof<T>()
  let j = 0
  for (; j + lanes <= n; j += lanes) {
    v128.store(q, extreme<T>(most, v128.load(q), v128.load(p)))
    p += 16
    q += 16
  }
  for (; j < n; j++) {
    store<T>(q, extreme1<T>(most, load<T>(q), load<T>(p)))
    p += sizeof<T>()
    q += sizeof<T>()
  }
}

// @ts-ignore: decorator
@inline
function extremeColumns<T>(
  most: i32, x: usize, out: usize, axis: i32, inner: i32, part: i32, strip: i32, begin: i32, end: i32,
): void {
  const strips = (inner + strip - 1) / strip
  const parts = (axis + part - 1) / part
  for (let i = begin; i < end; i++) {
    const slab = i / strips
    const from = (i % strips) * strip
    let p = startOfSlab<T>(x, axis, inner, part, parts, slab, from)
    const q = out + (usize(slab) * usize(inner) + usize(from)) * sizeof<T>()
    const n = lengthOfPart(inner, strip, i % strips)
    memory.copy(q, p, usize(n) * sizeof<T>())
    for (let left = lengthOfPart(axis, part, slab % parts); left > 1; left--) {
      p += usize(inner) * sizeof<T>()
      if (most) extremeStrip<T>(true, p, q, n)
      else extremeStrip<T>(false, p, q, n)
    }
    if (isFloat<T>()) {
      for (let j: usize = 0; j < usize(n); j++) store<T>(q + j * sizeof<T>(), canonical<T>(load<T>(q + j * sizeof<T>())))
    }
  }
}

/** out[i] = the largest (most = 1) or smallest (0) value of part i of the rows. */
export function extreme_rows_f32(
  most: i32, x: usize, out: usize, axis: i32, part: i32, begin: i32, end: i32, thread: i32,
): void {
  extremeRows<f32>(most, x, out, axis, part, begin, end)
}

export function extreme_rows_f64(
  most: i32, x: usize, out: usize, axis: i32, part: i32, begin: i32, end: i32, thread: i32,
): void {
  extremeRows<f64>(most, x, out, axis, part, begin, end)
}

export function extreme_rows_i32(
  most: i32, x: usize, out: usize, axis: i32, part: i32, begin: i32, end: i32, thread: i32,
): void {
  extremeRows<i32>(most, x, out, axis, part, begin, end)
}

/** The same along columns. */
export function extreme_columns_f32(
  most: i32, x: usize, out: usize, axis: i32, inner: i32, part: i32, strip: i32, begin: i32, end: i32, thread: i32,
): void {
  extremeColumns<f32>(most, x, out, axis, inner, part, strip, begin, end)
}

export function extreme_columns_f64(
  most: i32, x: usize, out: usize, axis: i32, inner: i32, part: i32, strip: i32, begin: i32, end: i32, thread: i32,
): void {
  extremeColumns<f64>(most, x, out, axis, inner, part, strip, begin, end)
}

export function extreme_columns_i32(
  most: i32, x: usize, out: usize, axis: i32, inner: i32, part: i32, strip: i32, begin: i32, end: i32, thread: i32,
): void {
  extremeColumns<i32>(most, x, out, axis, inner, part, strip, begin, end)
}

// ---- where they are: the first of equals, the first NaN if there is one

/** Values that are looked through at once, and looked through again only if they hold a new best. */
const LOOK: i32 = 1024

/** Whether `a` comes before the best so far. */
// @ts-ignore: decorator
@inline
function better<T>(most: bool, a: T, best: T): bool {
  if (isFloat<T>()) return best == best && !(most ? a <= best : a >= best)
  return most ? a > best : a < best
}

// @ts-ignore: decorator
@inline
function where<T>(most: bool, p: usize, n: i32): i32 {
  let best = extremeRow<T>(most, p, min(n, LOOK))
  let from = 0
  for (let i = LOOK; i < n; i += LOOK) {
    const value = extremeRow<T>(most, p + usize(i) * sizeof<T>(), min(n - i, LOOK))
    if (better<T>(most, value, best)) {
      best = value
      from = i
    }
  }
  p += usize(from) * sizeof<T>()
  const sought = v128.splat<T>(best)
  for (; from + 16 / i32(sizeof<T>()) <= n; from += 16 / i32(sizeof<T>())) {
    const v = v128.load(p)
    // NaN is the best there is, and equals nothing.
    let hit = v128.eq<T>(v, sought)
    if (isFloat<T>()) hit = v128.or(hit, v128.ne<T>(v, v))
    if (v128.any_true(hit)) break
    p += 16
  }
  while (true) {
    const value = load<T>(p)
    if (value == best || value != value) return from
    p += sizeof<T>()
    from++
  }
}

// @ts-ignore: decorator
@inline
function whereRows<T>(most: i32, x: usize, out: usize, axis: i32, part: i32, begin: i32, end: i32): void {
  const parts = (axis + part - 1) / part
  for (let i = begin; i < end; i++) {
    const p = startOfPart<T>(x, axis, part, parts, i)
    const n = lengthOfPart(axis, part, i % parts)
    store<i32>(out + (usize(i) << 2), (i % parts) * part + (most ? where<T>(true, p, n) : where<T>(false, p, n)))
  }
}

// @ts-ignore: decorator
@inline
function pickRows<T>(most: i32, x: usize, found: usize, out: usize, axis: i32, parts: i32, begin: i32, end: i32): void {
  for (let i = begin; i < end; i++) {
    const row = x + usize(i) * usize(axis) * sizeof<T>()
    let q = found + (usize(i) * usize(parts) << 2)
    let at = load<i32>(q)
    let best = load<T>(row + usize(at) * sizeof<T>())
    for (let j = 1; j < parts; j++) {
      q += 4
      const value = load<T>(row + usize(load<i32>(q)) * sizeof<T>())
      if (most ? better<T>(true, value, best) : better<T>(false, value, best)) {
        best = value
        at = load<i32>(q)
      }
    }
    store<i32>(out + (usize(i) << 2), at)
  }
}

/** Takes row r of a strip into the best so far; the places have as many bytes as the values. */
// @ts-ignore: decorator
@inline
function whereStrip<T>(most: bool, p: usize, best: usize, place: usize, r: i32, n: i32): void {
  const lanes: i32 = 16 / sizeof<T>()
  let j = 0
  const at = sizeof<T>() == 4 ? i32x4.splat(r) : i64x2.splat(r)
  for (; j + lanes <= n; j += lanes) {
    const v = v128.load(p)
    const b = v128.load(best)
    let take: v128
    if (!isFloat<T>()) take = most ? i32x4.gt_s(v, b) : i32x4.lt_s(v, b)
    else if (sizeof<T>() == 4) take = v128.andnot(f32x4.eq(b, b), most ? f32x4.le(v, b) : f32x4.ge(v, b))
    else take = v128.andnot(f64x2.eq(b, b), most ? f64x2.le(v, b) : f64x2.ge(v, b))
    v128.store(best, v128.bitselect(v, b, take))
    v128.store(place, v128.bitselect(at, v128.load(place), take))
    p += 16
    best += 16
    place += 16
  }
  for (; j < n; j++) {
    const v = load<T>(p)
    if (better<T>(most, v, load<T>(best))) {
      store<T>(best, v)
      if (sizeof<T>() == 4) store<i32>(place, r)
      else store<i64>(place, r)
    }
    p += sizeof<T>()
    best += sizeof<T>()
    place += sizeof<T>()
  }
}

// @ts-ignore: decorator
@inline
function whereColumns<T>(
  most: i32, x: usize, out: usize, axis: i32, inner: i32, strip: i32, best: usize, begin: i32, end: i32,
): void {
  const strips = (inner + strip - 1) / strip
  const step = usize(inner) * sizeof<T>()
  const place = best + usize(strip) * sizeof<T>()
  for (let i = begin; i < end; i++) {
    const from = (i % strips) * strip
    const n = min(strip, inner - from)
    const slab = usize(i / strips)
    let p = x + slab * usize(axis) * step + usize(from) * sizeof<T>()
    memory.copy(best, p, usize(n) * sizeof<T>())
    memory.fill(place, 0, usize(n) * sizeof<T>())
    for (let r = 1; r < axis; r++) {
      p += step
      if (most) whereStrip<T>(true, p, best, place, r, n)
      else whereStrip<T>(false, p, best, place, r, n)
    }
    const q = out + ((slab * usize(inner) + usize(from)) << 2)
    for (let j: usize = 0; j < usize(n); j++) store<i32>(q + (j << 2), load<i32>(place + j * sizeof<T>()))
  }
}

/** out[i] = where in its row the best value of part i stands. */
export function where_rows_f32(
  most: i32, x: usize, out: usize, axis: i32, part: i32, begin: i32, end: i32, thread: i32,
): void {
  whereRows<f32>(most, x, out, axis, part, begin, end)
}

export function where_rows_f64(
  most: i32, x: usize, out: usize, axis: i32, part: i32, begin: i32, end: i32, thread: i32,
): void {
  whereRows<f64>(most, x, out, axis, part, begin, end)
}

export function where_rows_i32(
  most: i32, x: usize, out: usize, axis: i32, part: i32, begin: i32, end: i32, thread: i32,
): void {
  whereRows<i32>(most, x, out, axis, part, begin, end)
}

/** out[i] = the best of the places that where_rows found in the parts of row i. */
export function pick_rows_f32(
  most: i32, x: usize, found: usize, out: usize, axis: i32, parts: i32, begin: i32, end: i32, thread: i32,
): void {
  pickRows<f32>(most, x, found, out, axis, parts, begin, end)
}

export function pick_rows_f64(
  most: i32, x: usize, found: usize, out: usize, axis: i32, parts: i32, begin: i32, end: i32, thread: i32,
): void {
  pickRows<f64>(most, x, found, out, axis, parts, begin, end)
}

export function pick_rows_i32(
  most: i32, x: usize, found: usize, out: usize, axis: i32, parts: i32, begin: i32, end: i32, thread: i32,
): void {
  pickRows<i32>(most, x, found, out, axis, parts, begin, end)
}

/** The same along columns. The scratch holds a strip's best values and their places. */
export function where_columns_f32(
  most: i32, x: usize, out: usize, axis: i32, inner: i32, strip: i32, scratch: usize, stride: usize,
  begin: i32, end: i32, thread: i32,
): void {
  whereColumns<f32>(most, x, out, axis, inner, strip, scratch + usize(thread) * stride, begin, end)
}

export function where_columns_f64(
  most: i32, x: usize, out: usize, axis: i32, inner: i32, strip: i32, scratch: usize, stride: usize,
  begin: i32, end: i32, thread: i32,
): void {
  whereColumns<f64>(most, x, out, axis, inner, strip, scratch + usize(thread) * stride, begin, end)
}

export function where_columns_i32(
  most: i32, x: usize, out: usize, axis: i32, inner: i32, strip: i32, scratch: usize, stride: usize,
  begin: i32, end: i32, thread: i32,
): void {
  whereColumns<i32>(most, x, out, axis, inner, strip, scratch + usize(thread) * stride, begin, end)
}

// ---- running sums

// @ts-ignore: decorator
@inline
function running<T>(
  x: usize, out: usize, axis: i32, inner: i32, exclusive: i32, reverse: i32, strip: i32, acc: usize,
  begin: i32, end: i32,
): void {
  const strips = (inner + strip - 1) / strip
  const width = usize(inner) * sizeof<T>()
  const step: usize = reverse ? usize(0) - width : width
  for (let i = begin; i < end; i++) {
    const from = (i % strips) * strip
    const n = min(strip, inner - from)
    const start = (usize(i / strips) * usize(axis) + usize(reverse ? axis - 1 : 0)) * width + usize(from) * sizeof<T>()
    let p = x + start
    let q = out + start
    if (n == 1) {
      let sum: f64 = 0
      for (let r = 0; r < axis; r++) {
        const next = sum + f64(load<T>(p))
        store<T>(q, <T>(exclusive ? sum : next))
        sum = next
        p += step
        q += step
      }
      continue
    }
    memory.fill(acc, 0, usize(n) << 3)
    for (let r = 0; r < axis; r++) {
      for (let j: usize = 0; j < usize(n); j++) {
        const sum = load<f64>(acc + (j << 3))
        const next = sum + f64(load<T>(p + j * sizeof<T>()))
        store<T>(q + j * sizeof<T>(), <T>(exclusive ? sum : next))
        store<f64>(acc + (j << 3), next)
      }
      p += step
      q += step
    }
  }
}

/** out[o, r, j] = x[o, 0, j] + … + x[o, r, j]; without the last term if `exclusive`, from the end if `reverse`. */
export function running_sum_f32(
  x: usize, out: usize, axis: i32, inner: i32, exclusive: i32, reverse: i32, strip: i32, scratch: usize, stride: usize,
  begin: i32, end: i32, thread: i32,
): void {
  const acc = scratch + usize(thread) * stride
  running<f32>(x, out, axis, inner, exclusive, reverse, strip, acc, begin, end)
}

export function running_sum_f64(
  x: usize, out: usize, axis: i32, inner: i32, exclusive: i32, reverse: i32, strip: i32, scratch: usize, stride: usize,
  begin: i32, end: i32, thread: i32,
): void {
  const acc = scratch + usize(thread) * stride
  running<f64>(x, out, axis, inner, exclusive, reverse, strip, acc, begin, end)
}
