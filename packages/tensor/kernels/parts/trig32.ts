// sin and cos of four floats. The quarter turns are taken off in double precision: x = n·π/2 + r, |r| ≤ π/4, and sin r
// and cos r are polynomials (polynomials.py). From 2²⁸ on, n·π/2 needs more digits of π: quarterTurns has them.
import { madd32, madd64 } from './simd'

@unmanaged
export class Trig32 {
  /** 2²⁸ */
  large: v128
  magnitude: v128
  turns: v128
  /** 1.5·2⁵²: adding it leaves the nearest whole number in the low bits. */
  magic: v128
  /** π/2 in two parts; the first has few enough bits that n times it is exact. */
  minusPi2: v128
  minusPi2Rest: v128
  one: v128
  minusHalf: v128
  s0: v128
  s1: v128
  s2: v128
  s3: v128
  c0: v128
  c1: v128
  c2: v128

  @inline
  prepareTrig(): void {
    this.large = f32x4.splat(268435456)
    this.magnitude = i32x4.splat(0x7fffffff)
    this.turns = f64x2.splat(0.6366197723675814)
    this.magic = f64x2.splat(6755399441055744)
    this.minusPi2 = f64x2.splat(-1.5707963109016418)
    this.minusPi2Rest = f64x2.splat(-1.5893254773528196e-8)
    this.one = f32x4.splat(1)
    this.minusHalf = f32x4.splat(-0.5)
    this.s0 = f32x4.splat(-0.1666666716337204)
    this.s1 = f32x4.splat(0.008333329111337662)
    this.s2 = f32x4.splat(-0.00019839256128761917)
    this.s3 = f32x4.splat(2.7175644845556235e-6)
    this.c0 = f32x4.splat(0.04166664555668831)
    this.c1 = f32x4.splat(-0.0013887305976822972)
    this.c2 = f32x4.splat(2.44312068389263e-5)
  }

  /** sin(r + (q + offset)·π/2) */
  @inline
  ofParts(r: v128, quarter: v128): v128 {
    const z = f32x4.mul(r, r)
    const s = madd32(madd32(madd32(this.s3, z, this.s2), z, this.s1), z, this.s0)
    // The sign is r's own, also where r is −0.
    const sine = v128.bitselect(madd32(f32x4.mul(s, z), r, r), r, this.magnitude)
    const c = madd32(madd32(this.c2, z, this.c1), z, this.c0)
    const cosine = f32x4.add(madd32(f32x4.mul(z, z), c, f32x4.mul(z, this.minusHalf)), this.one)
    const odd = i32x4.shr_s(i32x4.shl(quarter, 31), 31)
    const negative = i32x4.shl(i32x4.shr_u(quarter, 1), 31)
    return v128.xor(v128.bitselect(cosine, sine, odd), negative)
  }

  /** sin(v + offset·π/2) */
  @inline
  sin(v: v128, offset: i32): v128 {
    const d0 = f64x2.promote_low_f32x4(v)
    const d1 = f64x2.promote_low_f32x4(v128.shuffle<i64>(v, v, 1, 1))
    const t0 = madd64(d0, this.turns, this.magic)
    const t1 = madd64(d1, this.turns, this.magic)
    const n0 = f64x2.sub(t0, this.magic)
    const n1 = f64x2.sub(t1, this.magic)
    const r0 = f32x4.demote_f64x2_zero(madd64(n0, this.minusPi2Rest, madd64(n0, this.minusPi2, d0)))
    const r1 = f32x4.demote_f64x2_zero(madd64(n1, this.minusPi2Rest, madd64(n1, this.minusPi2, d1)))
    const quarter = v128.shuffle<i32>(t0, t1, 0, 2, 4, 6)
    const y = this.ofParts(v128.shuffle<i64>(r0, r1, 0, 2), i32x4.add(quarter, i32x4.splat(offset)))
    const large = f32x4.ge(v128.and(v, this.magnitude), this.large)
    return v128.any_true(large) ? trigLarge(this, v, offset, y) : y
  }
}

/** Puts into `y` the results of the lanes from 2²⁸ on; NaN for ±∞. */
function trigLarge(trig: Trig32, v: v128, offset: i32, y: v128): v128 {
  y = v128.bitselect(f32x4.splat(NaN), y, f32x4.ge(f32x4.abs(v), f32x4.splat(Infinity)))
  for (let lane = 0; lane < 4; lane++) {
    const x = f32x4.extract_lane(v, 0)
    if (abs(x) >= 268435456 && abs(x) < Infinity) {
      const turns = quarterTurns(x)
      // Two bits before the point, 62 after it; the nearest whole number first.
      const n = (turns + (u64(1) << 61)) >> 62
      const rest = f64(i64(turns - (n << 62))) * 3.4061215800865545e-19
      const negative = x < 0
      const r = f32x4.splat(f32(negative ? -rest : rest))
      const quarter = i32x4.splat((negative ? -i32(n) : i32(n)) + offset)
      y = f32x4.replace_lane(y, 0, f32x4.extract_lane(trig.ofParts(r, quarter), 0))
    }
    v = v128.shuffle<i32>(v, v, 1, 2, 3, 0)
    y = v128.shuffle<i32>(y, y, 1, 2, 3, 0)
  }
  return y
}

/** |x|·2/π modulo 4, in units of 2⁻⁶², for |x| ≥ 2²⁸: whole turns are dropped by leaving the first digits of 2/π out. */
function quarterTurns(x: f32): u64 {
  const bits = reinterpret<u32>(x)
  const mantissa = u64((bits & 0x007fffff) | 0x00800000)
  const exponent = i32((bits >> 23) & 0xff) - 150
  const first = exponent - 2
  const next = mantissa * (digits(first + 64) >> 32)
  return mantissa * digits(first) + (next >> 32)
}

/** 64 binary digits of 2/π, from digit `first` after the point on. */
function digits(first: i32): u64 {
  const word = first >> 6
  const skip = u64(first & 63)
  return skip === 0 ? word64(word) : (word64(word) << skip) | (word64(word + 1) >> (64 - skip))
}

/** 2/π, 64 binary digits at a time. */
function word64(index: i32): u64 {
  if (index === 0) return 0xa2f9836e4e441529
  if (index === 1) return 0xfc2757d1f534ddc0
  if (index === 2) return 0xdb6295993c439041
  return 0xfe5163abdebbc561
}
