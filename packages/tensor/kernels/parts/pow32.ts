// Powers of floats through logarithms in double precision: |x|ʸ = 2^(y·log2|x|). With p of polynomials.py.
import { madd64 } from './simd'

@unmanaged
export class Pow32 {
  /** 1 − √½ as bits, √½ as bits, and the bits of a mantissa: they split x into 2ᵏ·m. */
  shift: v128
  root: v128
  mantissa: v128
  /** 2⁵² as bits, which makes a double out of k + 1023, and 2⁵² + 1023. */
  whole: v128
  wholeBias: v128
  one: v128
  /** 1.5·2⁵²: adding it leaves the nearest whole number in the low bits. */
  magic: v128
  /** Beyond these powers of 2 a float is Infinity, or rounds to 0. */
  most: v128
  least: v128
  l0: v128
  l1: v128
  l2: v128
  l3: v128
  l4: v128
  e0: v128
  e1: v128
  e2: v128
  e3: v128
  e4: v128
  e5: v128
  e6: v128

  @inline
  preparePow(): void {
    this.shift = i64x2.splat(0x3ff0000000000000 - 0x3fe6a09e667f3bcd)
    this.root = i64x2.splat(0x3fe6a09e667f3bcd)
    this.mantissa = i64x2.splat(0x000fffffffffffff)
    this.whole = f64x2.splat(4503599627370496)
    this.wholeBias = f64x2.splat(4503599627371519)
    this.one = f64x2.splat(1)
    this.magic = f64x2.splat(6755399441055744)
    this.most = f64x2.splat(129)
    this.least = f64x2.splat(-151)
    this.l0 = f64x2.splat(2.8853900817901668)
    this.l1 = f64x2.splat(0.9617966732470313)
    this.l2 = f64x2.splat(0.577083602023627)
    this.l3 = f64x2.splat(0.41167174057884487)
    this.l4 = f64x2.splat(0.3407475918168077)
    this.e0 = f64x2.splat(0.9999999999191637)
    this.e1 = f64x2.splat(0.6931472067087653)
    this.e2 = f64x2.splat(0.24022651503704015)
    this.e3 = f64x2.splat(0.055503272175007105)
    this.e4 = f64x2.splat(0.009617994683177058)
    this.e5 = f64x2.splat(0.0013400431166189443)
    this.e6 = f64x2.splat(0.0001547797567395805)
  }

  /** log2 of two positive numbers that fit a float: m's logarithm is 2·artanh((m − 1)/(m + 1)). */
  @inline
  log2(x: v128): v128 {
    const bits = i64x2.add(x, this.shift)
    const n = f64x2.sub(v128.or(i64x2.shr_u(bits, 52), this.whole), this.wholeBias)
    const m = i64x2.add(v128.and(bits, this.mantissa), this.root)
    const s = f64x2.div(f64x2.sub(m, this.one), f64x2.add(m, this.one))
    const z = f64x2.mul(s, s)
    // In the order with the shortest chain of dependent steps: that is what takes time.
    const w = f64x2.mul(z, z)
    const high = madd64(this.l4, w, madd64(this.l3, z, this.l2))
    const p = madd64(high, w, madd64(this.l1, z, this.l0))
    return madd64(p, s, n)
  }

  /** 2ᵗ, exact enough for a float. */
  @inline
  exp2(v: v128): v128 {
    const t = f64x2.pmax(f64x2.pmin(v, this.most), this.least)
    const shifted = f64x2.add(t, this.magic)
    const f = f64x2.sub(t, f64x2.sub(shifted, this.magic))
    const z = f64x2.mul(f, f)
    const low = madd64(madd64(this.e3, f, this.e2), z, madd64(this.e1, f, this.e0))
    const high = madd64(this.e6, z, madd64(this.e5, f, this.e4))
    const p = madd64(high, f64x2.mul(z, z), low)
    return i64x2.add(p, i64x2.shl(shifted, 52))
  }

  @inline
  half(a: v128, y: v128): v128 {
    return f32x4.demote_f64x2_zero(
      this.exp2(f64x2.mul(this.log2(f64x2.promote_low_f32x4(a)), f64x2.promote_low_f32x4(y))),
    )
  }

  /** xʸ of four floats, with all the special cases of IEEE 754's pow. */
  @inline
  pow(x: v128, y: v128): v128 {
    const a = f32x4.abs(x)
    const low = this.half(a, y)
    const high = this.half(v128.shuffle<i64>(a, a, 1, 1), v128.shuffle<i64>(y, y, 1, 1))
    const r = v128.shuffle<i64>(low, high, 0, 2)
    const infinity = f32x4.splat(Infinity)
    const ordinary = v128.and(
      v128.and(f32x4.gt(x, f32x4.splat(0)), f32x4.lt(x, infinity)),
      f32x4.lt(f32x4.abs(y), infinity),
    )
    return i32x4.all_true(ordinary) ? r : powRare(x, y, r)
  }
}

/** Puts right what 2^(y·log2|x|) gives for zeros, infinities, NaN and negative x. */
function powRare(x: v128, y: v128, r: v128): v128 {
  const zero = f32x4.splat(0)
  const one = f32x4.splat(1)
  const infinity = f32x4.splat(Infinity)
  const a = f32x4.abs(x)
  const none = f32x4.eq(a, zero)
  const extreme = v128.or(none, f32x4.eq(a, infinity))
  const grows = v128.xor(f32x4.gt(y, zero), none)
  r = v128.bitselect(v128.and(grows, infinity), r, extreme)
  // (±1)^±∞ is 1.
  r = v128.bitselect(one, r, v128.and(f32x4.eq(f32x4.abs(y), infinity), f32x4.eq(a, one)))
  const whole = f32x4.eq(f32x4.nearest(y), y)
  const halved = f32x4.mul(y, f32x4.splat(0.5))
  const odd = v128.andnot(whole, f32x4.eq(f32x4.nearest(halved), halved))
  r = v128.xor(r, v128.and(v128.and(x, odd), i32x4.splat(0x80000000)))
  const bent = v128.andnot(v128.andnot(f32x4.lt(x, zero), extreme), whole)
  const unordered = v128.or(f32x4.ne(x, x), f32x4.ne(y, y))
  r = v128.bitselect(f32x4.splat(NaN), r, v128.or(bent, unordered))
  return v128.bitselect(one, r, v128.or(f32x4.eq(y, zero), f32x4.eq(x, one)))
}
