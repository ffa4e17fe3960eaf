// Moves values without looking at them: copies between two layouts of up to six axes, gathers rows, adds rows up by
// index. A layout is a size and two steps in bytes (in the input, in the output) for every axis. Steps may be negative
// or zero; addresses wrap as usize.
import { copyRun } from './parts/copy'
import { findOutside } from './parts/indices'

/** Where piece `i` of the outer axes starts: the mixed-radix digits of `i` times the steps. */
// @ts-ignore: decorator
@inline
function offset(
  i: i32, n1: i32, n2: i32, n3: i32, n4: i32, s0: usize, s1: usize, s2: usize, s3: usize, s4: usize,
): usize {
  const i4 = i % n4
  i /= n4
  const i3 = i % n3
  i /= n3
  const i2 = i % n2
  i /= n2
  return usize(i / n1) * s0 + usize(i % n1) * s1 + usize(i2) * s2 + usize(i3) * s3 + usize(i4) * s4
}

/** Copies runs of `run` bytes, `n` for each index of the outer axes, cut into parts of `part`: begin ≤ i < end of all. */
export function copy_runs(
  from: usize, to: usize,
  n1: i32, n2: i32, n3: i32, n4: i32,
  s0: usize, s1: usize, s2: usize, s3: usize, s4: usize, t0: usize, t1: usize, t2: usize, t3: usize, t4: usize,
  n: i32, s: usize, t: usize, run: usize, part: i32,
  begin: i32, end: i32, thread: i32,
): void {
  const parts = (n + part - 1) / part
  for (let i = begin; i < end; i++) {
    const piece = i / parts
    const first = (i % parts) * part
    const last = min(n, first + part)
    let p = from + offset(piece, n1, n2, n3, n4, s0, s1, s2, s3, s4) + usize(first) * s
    let q = to + offset(piece, n1, n2, n3, n4, t0, t1, t2, t3, t4) + usize(first) * t
    for (let j = first; j < last; j++) {
      copyRun(p, q, run)
      p += s
      q += t
    }
  }
}

/** Copies `bytes` bytes, cut into parts of `part` bytes: the parts begin ≤ i < end. */
export function copy_bytes(from: usize, to: usize, bytes: usize, part: usize, begin: i32, end: i32, thread: i32): void {
  const first = usize(begin) * part
  memory.copy(to + first, from + first, min(bytes, usize(end) * part) - first)
}

/**
 * Writes rows of several inputs one after another: the output's rows begin ≤ i < end. `parts` lists `n` inputs: where its
 * rows begin, 4 bytes, and how many bytes each has, 4 bytes.
 */
export function concat_rows(parts: usize, n: i32, to: usize, row: usize, begin: i32, end: i32, thread: i32): void {
  const last = parts + (usize(n) << 3)
  let q = to + usize(begin) * row
  for (let i = begin; i < end; i++) {
    for (let part = parts; part < last; part += 8) {
      const run = usize(load<u32>(part, 4))
      copyRun(usize(load<u32>(part)) + usize(i) * run, q, run)
      q += run
    }
  }
}

// @ts-ignore: decorator
@inline
function copyEach<T>(p: usize, q: usize, n: i32, s: usize, t: usize): void {
  for (let j = 0; j < n; j++) {
    store<T>(q, load<T>(p))
    p += s
    q += t
  }
}

/** Copies values of 2^size bytes one by one; otherwise as copy_runs. */
export function copy_values(
  from: usize, to: usize,
  n1: i32, n2: i32, n3: i32, n4: i32,
  s0: usize, s1: usize, s2: usize, s3: usize, s4: usize, t0: usize, t1: usize, t2: usize, t3: usize, t4: usize,
  n: i32, s: usize, t: usize, size: i32, part: i32,
  begin: i32, end: i32, thread: i32,
): void {
  const parts = (n + part - 1) / part
  for (let i = begin; i < end; i++) {
    const piece = i / parts
    const first = (i % parts) * part
    const count = min(n, first + part) - first
    const p = from + offset(piece, n1, n2, n3, n4, s0, s1, s2, s3, s4) + usize(first) * s
    const q = to + offset(piece, n1, n2, n3, n4, t0, t1, t2, t3, t4) + usize(first) * t
    if (size == 2) copyEach<u32>(p, q, count, s, t)
    else if (size == 3) copyEach<u64>(p, q, count, s, t)
    else if (size == 0) copyEach<u8>(p, q, count, s, t)
    else copyEach<u16>(p, q, count, s, t)
  }
}

/** Rows of the input that a band holds: 16 values of 4 bytes fill a cache line of the output. */
const BAND: i32 = 16

/** Four rows of four values become four columns. */
// @ts-ignore: decorator
@inline
function turn4(p: usize, q: usize, s: usize, t: usize): void {
  const a = v128.load(p)
  const b = v128.load(p + s)
  const c = v128.load(p + 2 * s)
  const d = v128.load(p + 3 * s)
  const ab = i32x4.shuffle(a, b, 0, 4, 1, 5)
  const cd = i32x4.shuffle(c, d, 0, 4, 1, 5)
  const ab2 = i32x4.shuffle(a, b, 2, 6, 3, 7)
  const cd2 = i32x4.shuffle(c, d, 2, 6, 3, 7)
  v128.store(q, i64x2.shuffle(ab, cd, 0, 2))
  v128.store(q + t, i64x2.shuffle(ab, cd, 1, 3))
  v128.store(q + 2 * t, i64x2.shuffle(ab2, cd2, 0, 2))
  v128.store(q + 3 * t, i64x2.shuffle(ab2, cd2, 1, 3))
}

// @ts-ignore: decorator
@inline
function turn2(p: usize, q: usize, s: usize, t: usize): void {
  const a = v128.load(p)
  const b = v128.load(p + s)
  v128.store(q, i64x2.shuffle(a, b, 0, 2))
  v128.store(q + t, i64x2.shuffle(a, b, 1, 3))
}

/** Turns `rows` rows (step s in the input, one value in the output) of `cols` values (the other way round). */
// @ts-ignore: decorator
@inline
function turn<T>(p: usize, q: usize, rows: i32, cols: i32, s: usize, t: usize): void {
  const lanes: i32 = 16 / sizeof<T>()
  let j = 0
  for (; j + lanes <= cols; j += lanes) {
    let i = 0
    for (; i + lanes <= rows; i += lanes) {
      const from = p + usize(i) * s + usize(j) * sizeof<T>()
      const to = q + usize(i) * sizeof<T>() + usize(j) * t
      if (sizeof<T>() == 4) turn4(from, to, s, t)
      else turn2(from, to, s, t)
    }
    for (; i < rows; i++) {
      for (let k = j; k < j + lanes; k++) {
        store<T>(q + usize(i) * sizeof<T>() + usize(k) * t, load<T>(p + usize(i) * s + usize(k) * sizeof<T>()))
      }
    }
  }
  for (; j < cols; j++) {
    for (let i = 0; i < rows; i++) {
      store<T>(q + usize(i) * sizeof<T>() + usize(j) * t, load<T>(p + usize(i) * s + usize(j) * sizeof<T>()))
    }
  }
}

// @ts-ignore: decorator
@inline
function turnBands<T>(
  from: usize, to: usize,
  n1: i32, n2: i32, n3: i32, n4: i32,
  s0: usize, s1: usize, s2: usize, s3: usize, s4: usize, t0: usize, t1: usize, t2: usize, t3: usize, t4: usize,
  rows: i32, cols: i32, s: usize, t: usize,
  begin: i32, end: i32,
): void {
  const bands = (rows + BAND - 1) / BAND
  for (let i = begin; i < end; i++) {
    const piece = i / bands
    const first = (i % bands) * BAND
    turn<T>(
      from + offset(piece, n1, n2, n3, n4, s0, s1, s2, s3, s4) + usize(first) * s,
      to + offset(piece, n1, n2, n3, n4, t0, t1, t2, t3, t4) + usize(first) * sizeof<T>(),
      min(BAND, rows - first), cols, s, t,
    )
  }
}

/** Transposes rows × cols values of 4 bytes for every index of the outer axes: the bands begin ≤ i < end of all. */
export function turn_4(
  from: usize, to: usize,
  n1: i32, n2: i32, n3: i32, n4: i32,
  s0: usize, s1: usize, s2: usize, s3: usize, s4: usize, t0: usize, t1: usize, t2: usize, t3: usize, t4: usize,
  rows: i32, cols: i32, s: usize, t: usize,
  begin: i32, end: i32, thread: i32,
): void {
  turnBands<u32>(from, to, n1, n2, n3, n4, s0, s1, s2, s3, s4, t0, t1, t2, t3, t4, rows, cols, s, t, begin, end)
}

/** The same for values of 8 bytes. */
export function turn_8(
  from: usize, to: usize,
  n1: i32, n2: i32, n3: i32, n4: i32,
  s0: usize, s1: usize, s2: usize, s3: usize, s4: usize, t0: usize, t1: usize, t2: usize, t3: usize, t4: usize,
  rows: i32, cols: i32, s: usize, t: usize,
  begin: i32, end: i32, thread: i32,
): void {
  turnBands<u64>(from, to, n1, n2, n3, n4, s0, s1, s2, s3, s4, t0, t1, t2, t3, t4, rows, cols, s, t, begin, end)
}

/** Where the first index stands, among begin ≤ i < end, that is not in 0 … limit - 1; -1 if there is none. */
export function find_outside(index: usize, limit: i32, begin: i32, end: i32): i32 {
  return findOutside(index, limit, begin, end)
}

/** out[o, i] = x[o, index[i]], runs of `run` bytes; the output's rows begin ≤ o·m + i < end. */
export function gather(
  x: usize, index: usize, out: usize, n: i32, m: i32, run: usize, begin: i32, end: i32, thread: i32,
): void {
  let i = begin % m
  let base = x + usize(begin / m) * usize(n) * run
  let q = out + usize(begin) * run
  for (let row = begin; row < end; row++) {
    const p = base + usize(load<u32>(index + (usize(i) << 2))) * run
    if (run == 4) store<u32>(q, load<u32>(p))
    else if (run == 8) store<u64>(q, load<u64>(p))
    else copyRun(p, q, run)
    q += run
    if (++i == m) {
      i = 0
      base += usize(n) * run
    }
  }
}

// @ts-ignore: decorator
@inline
function addRun<T>(p: usize, q: usize, n: i32): void {
  const lanes: i32 = 16 / sizeof<T>()
  let j = 0
  for (; j + lanes <= n; j += lanes) {
    const a = v128.load(q)
    const b = v128.load(p)
    v128.store(q, sizeof<T>() == 4 ? f32x4.add(a, b) : f64x2.add(a, b))
    p += 16
    q += 16
  }
  for (; j < n; j++) {
    store<T>(q, load<T>(q) + load<T>(p))
    p += sizeof<T>()
    q += sizeof<T>()
  }
}

// @ts-ignore: decorator
@inline
function scatterAdd<T>(
  rows: usize, index: usize, out: usize, first: i32, last: i32, inner: i32, strip: i32, begin: i32, end: i32,
): void {
  const from = begin * strip
  const n = min(inner, end * strip) - from
  const step = usize(inner) * sizeof<T>()
  const q = out + usize(from) * sizeof<T>()
  let p = rows + usize(from) * sizeof<T>() + usize(first) * step
  for (let i = first; i < last; i++) {
    addRun<T>(p, q + usize(load<u32>(index + (usize(i) << 2))) * step, n)
    p += step
  }
}

/** out[index[i]] += rows[i] for first ≤ i < last in this order, in the strips begin ≤ j < end of `strip` columns. */
export function scatter_add_f32(
  rows: usize, index: usize, out: usize, first: i32, last: i32, inner: i32, strip: i32,
  begin: i32, end: i32, thread: i32,
): void {
  scatterAdd<f32>(rows, index, out, first, last, inner, strip, begin, end)
}

export function scatter_add_f64(
  rows: usize, index: usize, out: usize, first: i32, last: i32, inner: i32, strip: i32,
  begin: i32, end: i32, thread: i32,
): void {
  scatterAdd<f64>(rows, index, out, first, last, inner, strip, begin, end)
}
