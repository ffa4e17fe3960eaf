// Sorting by digits. Values become unsigned keys whose order is the wanted one, NaN last of all; the keys are then
// brought into order digit by digit, lowest first, each time keeping the order of equals. The keys are cut into chunks:
// every chunk counts its digits, the counts are added up in the order (digit, chunk), and every chunk then moves its
// keys to places that are its own. So the result is the one of a single thread, whoever does what.

/** What the flags of `encode` say. */
const DESCENDING: i32 = 1
/** -0 and +0 are equal: their order stays. Otherwise -0 comes first. */
const EQUAL_ZEROS: i32 = 2

// @ts-ignore: decorator
@inline
function key64(p: usize, flags: i32): u64 {
  const value = load<f64>(p)
  if (value != value) return u64.MAX_VALUE
  let bits = load<u64>(p)
  if (flags & EQUAL_ZEROS && value == 0) bits = 0
  bits ^= u64(i64(bits) >> 63) | 0x8000000000000000
  return flags & DESCENDING ? ~bits : bits
}

/** The values of two keys. */
// @ts-ignore: decorator
@inline
function values64(keys: v128, turn: v128): v128 {
  const isNaN = i64x2.eq(keys, i64x2.splat(-1))
  const bits = v128.xor(keys, turn)
  const value = v128.xor(bits, v128.or(v128.not(i64x2.shr_s(bits, 63)), i64x2.splat(i64.MIN_VALUE)))
  return v128.bitselect(i64x2.splat(0x7ff8000000000000), value, isNaN)
}

// @ts-ignore: decorator
@inline
function key32<T>(p: usize, flags: i32): u32 {
  let bits = load<u32>(p)
  if (isFloat<T>()) {
    const value = load<f32>(p)
    if (value != value) return u32.MAX_VALUE
    if (flags & EQUAL_ZEROS && value == 0) bits = 0
    bits ^= u32(i32(bits) >> 31) | 0x80000000
  } else bits ^= 0x80000000
  return flags & DESCENDING ? ~bits : bits
}

// @ts-ignore: decorator
@inline
function value32<T>(key: u32, flags: i32): u32 {
  if (isFloat<T>() && key == u32.MAX_VALUE) return 0x7fc00000
  if (flags & DESCENDING) key = ~key
  return isFloat<T>() ? key ^ (((key >> 31) - 1) | 0x80000000) : key ^ 0x80000000
}

/** Notes in which bits the keys of chunk i differ. */
// @ts-ignore: decorator
@inline
function note(seen: usize, i: i32, any: u64, all: u64): void {
  store<u64>(seen + (usize(i) << 4), any)
  store<u64>(seen + (usize(i) << 4), all, 8)
}

/** The keys of two values. */
// @ts-ignore: decorator
@inline
function keys64(value: v128, flags: i32): v128 {
  let bits = value
  if (flags & EQUAL_ZEROS) bits = v128.and(bits, f64x2.ne(value, i64x2.splat(0)))
  bits = v128.xor(bits, v128.or(i64x2.shr_s(bits, 63), i64x2.splat(i64.MIN_VALUE)))
  if (flags & DESCENDING) bits = v128.not(bits)
  return v128.or(bits, f64x2.ne(value, value))
}

// @ts-ignore: decorator
@inline
function encode64(x: usize, keys: usize, index: usize, n: i32, chunk: i32, seen: usize, flags: i32, begin: i32, end: i32): void {
  for (let i = begin; i < end; i++) {
    const last = min(n, (i + 1) * chunk)
    let any = i64x2.splat(0)
    let all = i64x2.splat(-1)
    let j = i * chunk
    for (; j + 2 <= last; j += 2) {
      const pair = keys64(v128.load(x + (usize(j) << 3)), flags)
      any = v128.or(any, pair)
      all = v128.and(all, pair)
      v128.store(keys + (usize(j) << 3), pair)
      if (index) store<u64>(index + (usize(j) << 2), (u64(j + 1) << 32) | j)
    }
    if (j < last) {
      const key = keys64(v128.load64_splat(x + (usize(j) << 3)), flags)
      any = v128.or(any, key)
      all = v128.and(all, key)
      v128.store64_lane(keys + (usize(j) << 3), key, 0)
      if (index) store<u32>(index + (usize(j) << 2), j)
    }
    note(
      seen, i, i64x2.extract_lane(any, 0) | i64x2.extract_lane(any, 1),
      i64x2.extract_lane(all, 0) & i64x2.extract_lane(all, 1),
    )
  }
}

/** The keys of the chunks begin ≤ i < end; with `index` also the places that the values come from. */
export function encode_f64(
  x: usize, keys: usize, index: usize, n: i32, chunk: i32, seen: usize, flags: i32, begin: i32, end: i32, thread: i32,
): void {
  // Two loops, each free of what the other does besides.
  if (index) encode64(x, keys, index, n, chunk, seen, flags, begin, end)
  else encode64(x, keys, 0, n, chunk, seen, flags, begin, end)
}

// @ts-ignore: decorator
@inline
function encode32<T>(
  x: usize, keys: usize, packed: i32, n: i32, chunk: i32, seen: usize, flags: i32, begin: i32, end: i32,
): void {
  for (let i = begin; i < end; i++) {
    const last = min(n, (i + 1) * chunk)
    let any: u64 = 0
    let all: u64 = u64.MAX_VALUE
    for (let j = i * chunk; j < last; j++) {
      const key = key32<T>(x + (usize(j) << 2), flags)
      if (packed) {
        const pair = (u64(key) << 32) | j
        any |= pair
        all &= pair
        store<u64>(keys + (usize(j) << 3), pair)
      } else {
        any |= key
        all &= key
        store<u32>(keys + (usize(j) << 2), key)
      }
    }
    note(seen, i, any, all)
  }
}

/** Keys of four bytes; if `packed`, each in the upper half of eight bytes, with the value's place in the lower half. */
export function encode_f32(
  x: usize, keys: usize, packed: i32, n: i32, chunk: i32, seen: usize, flags: i32, begin: i32, end: i32, thread: i32,
): void {
  encode32<f32>(x, keys, packed, n, chunk, seen, flags, begin, end)
}

export function encode_i32(
  x: usize, keys: usize, packed: i32, n: i32, chunk: i32, seen: usize, flags: i32, begin: i32, end: i32, thread: i32,
): void {
  encode32<i32>(x, keys, packed, n, chunk, seen, flags, begin, end)
}

/** The values of the keys begin ≤ i < end. */
export function decode_f64(keys: usize, x: usize, flags: i32, begin: i32, end: i32, thread: i32): void {
  const turn = i64x2.splat(flags & DESCENDING ? -1 : 0)
  const last = usize(end) << 3
  let i = usize(begin) << 3
  for (; i + 16 <= last; i += 16) v128.store(x + i, values64(v128.load(keys + i), turn))
  if (i < last) v128.store64_lane(x + i, values64(v128.load64_splat(keys + i), turn), 0)
}

export function decode_f32(keys: usize, x: usize, flags: i32, begin: i32, end: i32, thread: i32): void {
  for (let i = usize(begin) << 2; i < usize(end) << 2; i += 4) store<u32>(x + i, value32<f32>(load<u32>(keys + i), flags))
}

export function decode_i32(keys: usize, x: usize, flags: i32, begin: i32, end: i32, thread: i32): void {
  for (let i = usize(begin) << 2; i < usize(end) << 2; i += 4) store<u32>(x + i, value32<i32>(load<u32>(keys + i), flags))
}

/** The places in the lower halves of packed keys. */
export function unpack(keys: usize, out: usize, begin: i32, end: i32, thread: i32): void {
  for (let i = begin; i < end; i++) store<u32>(out + (usize(i) << 2), load<u32>(keys + (usize(i) << 3)))
}

// @ts-ignore: decorator
@inline
function count<T>(keys: usize, tables: usize, n: i32, chunk: i32, shift: i32, bits: i32, begin: i32, end: i32): void {
  const mask = (1 << bits) - 1
  for (let i = begin; i < end; i++) {
    const table = tables + (usize(i) << (bits + 2))
    memory.fill(table, 0, usize(4) << bits)
    const last = min(n, (i + 1) * chunk)
    for (let j = i * chunk; j < last; j++) {
      const q = table + ((usize(load<T>(keys + usize(j) * sizeof<T>()) >> <T>shift) & mask) << 2)
      store<u32>(q, load<u32>(q) + 1)
    }
  }
}

/** How often each digit occurs in the chunks begin ≤ i < end. */
export function count_4(
  keys: usize, tables: usize, n: i32, chunk: i32, shift: i32, bits: i32, begin: i32, end: i32, thread: i32,
): void {
  count<u32>(keys, tables, n, chunk, shift, bits, begin, end)
}

export function count_8(
  keys: usize, tables: usize, n: i32, chunk: i32, shift: i32, bits: i32, begin: i32, end: i32, thread: i32,
): void {
  count<u64>(keys, tables, n, chunk, shift, bits, begin, end)
}

/** Turns the counts of all chunks into the places where each chunk's keys of each digit begin. */
export function places(tables: usize, chunks: i32, bits: i32): void {
  let next: u32 = 0
  const size = usize(4) << bits
  for (let digit: usize = 0; digit < size; digit += 4) {
    let q = tables + digit
    for (let i = 0; i < chunks; i++) {
      const many = load<u32>(q)
      store<u32>(q, next)
      next += many
      q += size
    }
  }
}

// @ts-ignore: decorator
@inline
function move<T>(
  keys: usize, to: usize, index: usize, indexTo: usize, tables: usize, n: i32, chunk: i32, shift: i32, bits: i32, begin: i32, end: i32,
): void {
  const mask = (1 << bits) - 1
  for (let i = begin; i < end; i++) {
    const table = tables + (usize(i) << (bits + 2))
    const last = min(n, (i + 1) * chunk)
    for (let j = i * chunk; j < last; j++) {
      const key = load<T>(keys + usize(j) * sizeof<T>())
      const q = table + ((usize(key >> <T>shift) & mask) << 2)
      const place = load<u32>(q)
      store<u32>(q, place + 1)
      store<T>(to + usize(place) * sizeof<T>(), key)
      if (index) store<u32>(indexTo + (usize(place) << 2), load<u32>(index + (usize(j) << 2)))
    }
  }
}

/** Moves the keys of the chunks begin ≤ i < end to their places. */
export function move_4(
  keys: usize, to: usize, tables: usize, n: i32, chunk: i32, shift: i32, bits: i32, begin: i32, end: i32, thread: i32,
): void {
  move<u32>(keys, to, 0, 0, tables, n, chunk, shift, bits, begin, end)
}

export function move_8(
  keys: usize, to: usize, tables: usize, n: i32, chunk: i32, shift: i32, bits: i32, begin: i32, end: i32, thread: i32,
): void {
  move<u64>(keys, to, 0, 0, tables, n, chunk, shift, bits, begin, end)
}

/** The same for keys of eight bytes whose values' places go along. */
export function move_pairs(
  keys: usize, to: usize, index: usize, indexTo: usize, tables: usize, n: i32, chunk: i32, shift: i32, bits: i32,
  begin: i32, end: i32, thread: i32,
): void {
  move<u64>(keys, to, index, indexTo, tables, n, chunk, shift, bits, begin, end)
}

// @ts-ignore: decorator
@inline
function insert<T>(keys: usize, n: i32): void {
  for (let i = 1; i < n; i++) {
    const p = keys + usize(i) * sizeof<T>()
    const key = load<T>(p)
    let q = p
    for (; q > keys && load<T>(q - sizeof<T>()) > key; q -= sizeof<T>()) store<T>(q, load<T>(q - sizeof<T>()))
    store<T>(q, key)
  }
}

/** Sorts few keys, each moved past those before it that are larger. */
export function insert_4(keys: usize, n: i32): void {
  insert<u32>(keys, n)
}

export function insert_8(keys: usize, n: i32): void {
  insert<u64>(keys, n)
}

export function insert_pairs(keys: usize, index: usize, n: i32): void {
  for (let i = 1; i < n; i++) {
    const key = load<u64>(keys + (usize(i) << 3))
    let j = i
    for (; j > 0 && load<u64>(keys + (usize(j - 1) << 3)) > key; j--) {
      store<u64>(keys + (usize(j) << 3), load<u64>(keys + (usize(j - 1) << 3)))
      store<u32>(index + (usize(j) << 2), load<u32>(index + (usize(j - 1) << 2)))
    }
    store<u64>(keys + (usize(j) << 3), key)
    store<u32>(index + (usize(j) << 2), i)
  }
}

// ---- the first k of each row, through a heap whose root is the worst that was kept

/** Whether entry a comes after entry b: by key, then by place. An entry is a key of 8 bytes and a place in 8. */
// @ts-ignore: decorator
@inline
function after(key: u64, place: u32, otherKey: u64, otherPlace: u32): bool {
  return key > otherKey || (key == otherKey && place > otherPlace)
}

/** Puts an entry where `at` was free, and moves it down until nothing below comes after it. */
function sink(kept: usize, size: i32, at: i32, key: u64, place: u32): void {
  while (true) {
    let below = 2 * at + 1
    if (below >= size) break
    let q = kept + (usize(below) << 4)
    if (below + 1 < size && after(load<u64>(q, 16), load<u32>(q, 24), load<u64>(q), load<u32>(q, 8))) {
      below++
      q += 16
    }
    if (!after(load<u64>(q), load<u32>(q, 8), key, place)) break
    const p = kept + (usize(at) << 4)
    store<u64>(p, load<u64>(q))
    store<u32>(p, load<u32>(q, 8), 8)
    at = below
  }
  const p = kept + (usize(at) << 4)
  store<u64>(p, key)
  store<u32>(p, place, 8)
}

// @ts-ignore: decorator
@inline
function keyOf<T>(p: usize, flags: i32): u64 {
  return sizeof<T>() == 8 ? key64(p, flags) : u64(key32<T>(p, flags))
}

// @ts-ignore: decorator
@inline
function top<T>(x: usize, values: usize, index: usize, n: i32, k: i32, flags: i32, kept: usize, begin: i32, end: i32): void {
  for (let i = begin; i < end; i++) {
    const row = x + usize(i) * usize(n) * sizeof<T>()
    for (let j = 0; j < k; j++) {
      store<u64>(kept + (usize(j) << 4), keyOf<T>(row + usize(j) * sizeof<T>(), flags))
      store<u32>(kept + (usize(j) << 4), j, 8)
    }
    for (let j = (k >> 1) - 1; j >= 0; j--) {
      sink(kept, k, j, load<u64>(kept + (usize(j) << 4)), load<u32>(kept + (usize(j) << 4), 8))
    }
    let worst = load<u64>(kept)
    for (let j = k; j < n; j++) {
      const key = keyOf<T>(row + usize(j) * sizeof<T>(), flags)
      // Of equals the first is kept, and that one is in already.
      if (key >= worst) continue
      sink(kept, k, 0, key, j)
      worst = load<u64>(kept)
    }
    const first = usize(i) * usize(k)
    for (let size = k - 1; size >= 0; size--) {
      const place = load<u32>(kept, 8)
      store<u32>(index + ((first + usize(size)) << 2), place)
      store<T>(values + (first + usize(size)) * sizeof<T>(), load<T>(row + usize(place) * sizeof<T>()))
      const q = kept + (usize(size) << 4)
      sink(kept, size, 0, load<u64>(q), load<u32>(q, 8))
    }
  }
}

/** The first k values, and their places, of the rows begin ≤ i < end. The scratch holds k entries. */
export function top_f64(
  x: usize, values: usize, index: usize, n: i32, k: i32, flags: i32, scratch: usize, stride: usize,
  begin: i32, end: i32, thread: i32,
): void {
  top<f64>(x, values, index, n, k, flags, scratch + usize(thread) * stride, begin, end)
}

export function top_f32(
  x: usize, values: usize, index: usize, n: i32, k: i32, flags: i32, scratch: usize, stride: usize,
  begin: i32, end: i32, thread: i32,
): void {
  top<f32>(x, values, index, n, k, flags, scratch + usize(thread) * stride, begin, end)
}

export function top_i32(
  x: usize, values: usize, index: usize, n: i32, k: i32, flags: i32, scratch: usize, stride: usize,
  begin: i32, end: i32, thread: i32,
): void {
  top<i32>(x, values, index, n, k, flags, scratch + usize(thread) * stride, begin, end)
}
