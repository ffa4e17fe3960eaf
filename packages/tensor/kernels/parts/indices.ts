// Checks of indices that come from the user, before anything is written by them.

/** Where in index[begin] … index[end - 1] the first value stands that is not in 0 … limit - 1; -1 if nowhere. */
export function findOutside(index: usize, limit: i32, begin: i32, end: i32): i32 {
  const most = i32x4.splat(limit)
  let i = begin
  for (; i + 8 <= end; i += 8) {
    const p = index + (usize(i) << 2)
    // Unsigned, a negative index is larger than every limit.
    const bad = v128.or(i32x4.ge_u(v128.load(p), most), i32x4.ge_u(v128.load(p, 16), most))
    if (v128.any_true(bad)) break
  }
  for (; i < end; i++) if (load<u32>(index + (usize(i) << 2)) >= u32(limit)) return i
  return -1
}
