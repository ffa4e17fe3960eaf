// One loop for every function of one value. A function is an unmanaged class whose fields are the constants that it
// needs: they are written to scratch memory once per call and loaded where they are used. Literals in the loop would
// cost three instructions each, every time round (V8 builds a v128 constant out of general registers).

/** The first `count` lanes, fewer than a whole vector, and zeros. */
// @ts-ignore: decorator
@inline
export function loadPart<T>(p: usize, count: i32): v128 {
  if (sizeof<T>() == 8) return v128.load64_zero(p)
  let v = v128.load32_zero(p)
  if (count > 1) v = v128.load32_lane(p, v, 1, 4)
  if (count > 2) v = v128.load32_lane(p, v, 2, 8)
  return v
}

// @ts-ignore: decorator
@inline
function storePart<T>(p: usize, count: i32, v: v128): void {
  if (sizeof<T>() == 8) {
    v128.store64_lane(p, v, 0)
    return
  }
  v128.store32_lane(p, v, 0)
  if (count > 1) v128.store32_lane(p, v, 1, 4)
  if (count > 2) v128.store32_lane(p, v, 2, 8)
}

/** A whole vector, or what is left of a row. */
// @ts-ignore: decorator
@inline
export function loadSome<T>(p: usize, left: i32): v128 {
  return left >= 16 / <i32>sizeof<T>() ? v128.load(p) : loadPart<T>(p, left)
}

// @ts-ignore: decorator
@inline
export function storeSome<T>(p: usize, left: i32, v: v128): void {
  if (left >= 16 / <i32>sizeof<T>()) v128.store(p, v)
  else storePart<T>(p, left, v)
}

/** y = f(x) on the values begin ≤ i < end, for functions with enough work to fill the pipes. */
// @ts-ignore: decorator
@inline
export function map<F, T>(f: F, x: usize, y: usize, begin: i32, end: i32): void {
  const lanes = 16 / <i32>sizeof<T>()
  let p = x + usize(begin) * sizeof<T>()
  let q = y + usize(begin) * sizeof<T>()
  for (let left = end - begin; left > 0; left -= lanes) {
    storeSome<T>(q, left, f.at(loadSome<T>(p, left)))
    p += 16
    q += 16
  }
}

/** The same for functions of an instruction or two: four vectors at a time. */
// @ts-ignore: decorator
@inline
export function mapShort<F, T>(f: F, x: usize, y: usize, begin: i32, end: i32): void {
  const lanes = 16 / <i32>sizeof<T>()
  let p = x + usize(begin) * sizeof<T>()
  let q = y + usize(begin) * sizeof<T>()
  let left = end - begin
  for (; left >= 4 * lanes; left -= 4 * lanes) {
    v128.store(q, f.at(v128.load(p)))
    v128.store(q, f.at(v128.load(p, 16)), 16)
    v128.store(q, f.at(v128.load(p, 32)), 32)
    v128.store(q, f.at(v128.load(p, 48)), 48)
    p += 64
    q += 64
  }
  map<F, T>(f, p, q, 0, left)
}
