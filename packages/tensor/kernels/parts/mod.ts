// The remainder of division rounded towards −∞, as Python's %: it has the sign of the divisor, and is exact.

/** x modulo y of one pair, through the exact remainder that has the sign of x. */
function modOne<T>(x: T, y: T): T {
  const r = x % y
  if (r === 0) return copysign<T>(0 as T, y)
  return r < (0 as T) === y < (0 as T) ? r : r + y
}

/** Four floats: the quotient is whole and exact in double precision as long as it is below 2²⁹. */
@unmanaged
export class ModOf32 {
  @inline
  prepare(): void {}

  /** |x| − |y|·⌊|x|/|y|⌋ of two pairs. */
  @inline
  two(a: v128, b: v128): v128 {
    const r = f64x2.sub(a, f64x2.mul(f64x2.trunc(f64x2.div(a, b)), b))
    // The quotient may have been rounded up to the next whole number.
    return v128.bitselect(f64x2.add(r, b), r, f64x2.lt(r, f64x2.splat(0)))
  }

  @inline
  at(x: v128, y: v128): v128 {
    const a = f32x4.abs(x)
    const b = f32x4.abs(y)
    const low = this.two(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(b))
    const high = this.two(
      f64x2.promote_low_f32x4(v128.shuffle<i64>(a, a, 1, 1)),
      f64x2.promote_low_f32x4(v128.shuffle<i64>(b, b, 1, 1)),
    )
    // Remainders of floats are floats, so nothing is rounded here.
    const size = v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2)
    const signs = i32x4.splat(0x80000000)
    const r = v128.bitselect(x, size, signs)
    const turn = v128.andnot(i32x4.shr_s(v128.xor(x, y), 31), f32x4.eq(size, f32x4.splat(0)))
    const floored = f32x4.add(r, v128.and(y, turn))
    const result = v128.bitselect(v128.bitselect(y, floored, signs), floored, f32x4.eq(floored, f32x4.splat(0)))
    // Comparisons are false for NaN, which goes the long way too.
    const near = f32x4.lt(a, f32x4.mul(b, f32x4.splat(268435456)))
    const finite = f32x4.lt(b, f32x4.splat(Infinity))
    return i32x4.all_true(v128.and(near, finite)) ? result : modRare32(x, y)
  }
}

function modRare32(x: v128, y: v128): v128 {
  let r = f32x4.splat(modOne<f32>(f32x4.extract_lane(x, 0), f32x4.extract_lane(y, 0)))
  r = f32x4.replace_lane(r, 1, modOne<f32>(f32x4.extract_lane(x, 1), f32x4.extract_lane(y, 1)))
  r = f32x4.replace_lane(r, 2, modOne<f32>(f32x4.extract_lane(x, 2), f32x4.extract_lane(y, 2)))
  return f32x4.replace_lane(r, 3, modOne<f32>(f32x4.extract_lane(x, 3), f32x4.extract_lane(y, 3)))
}

/** Two doubles, one after the other: without a wider type there is no short exact way. */
@unmanaged
export class ModOf64 {
  @inline
  prepare(): void {}

  @inline
  at(x: v128, y: v128): v128 {
    const r = f64x2.splat(modOne<f64>(f64x2.extract_lane(x, 0), f64x2.extract_lane(y, 0)))
    return f64x2.replace_lane(r, 1, modOne<f64>(f64x2.extract_lane(x, 1), f64x2.extract_lane(y, 1)))
  }
}
