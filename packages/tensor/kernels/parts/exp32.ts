// eˣ of four floats: x = n·ln 2 + r with |r| ≤ ln 2 / 2, then a polynomial in r (polynomials.py), then 2ⁿ.
import { madd32 } from './simd'

@unmanaged
export class Exp32 {
  /** Beyond these the result is Infinity, or rounds to 0. */
  most: v128
  least: v128
  log2e: v128
  /** 1.5·2²³: adding it leaves the nearest whole number in the low bits. */
  magic: v128
  /** ln 2 in two parts; the first has few enough bits that n times it is exact. */
  minusLn2: v128
  minusLn2Rest: v128
  one: v128
  half: v128
  p0: v128
  p1: v128
  p2: v128
  p3: v128
  p4: v128
  /** For expm1: below this it is −1, and nearer to zero than this it is x. */
  leastM1: v128
  tiny: v128
  sign: v128
  magnitude: v128

  @inline
  prepareExp(): void {
    this.most = f32x4.splat(89)
    this.least = f32x4.splat(-104.5)
    this.log2e = f32x4.splat(1.4426950408889634)
    this.magic = f32x4.splat(12582912)
    this.minusLn2 = f32x4.splat(-0.693359375)
    this.minusLn2Rest = f32x4.splat(2.1219444170128554e-4)
    this.one = f32x4.splat(1)
    this.half = f32x4.splat(0.5)
    this.p0 = f32x4.splat(0.4999999701976776)
    this.p1 = f32x4.splat(0.16666539013385773)
    this.p2 = f32x4.splat(0.04166722297668457)
    this.p3 = f32x4.splat(0.008367180824279785)
    this.p4 = f32x4.splat(0.0013882397906854749)
    this.leastM1 = f32x4.splat(-18)
    this.tiny = f32x4.splat(2.9802322387695312e-8)
    this.sign = i32x4.splat(0x80000000)
    this.magnitude = i32x4.splat(0x7fffffff)
  }

  /** (eʳ − 1 − r) / r² for z = r², in the order with the shortest chain of dependent steps: that is what takes time. */
  @inline
  tail(r: v128, z: v128): v128 {
    const low = madd32(this.p1, r, this.p0)
    const high = madd32(this.p4, z, madd32(this.p3, r, this.p2))
    return madd32(high, z, low)
  }

  @inline
  exp(v: v128): v128 {
    const x = f32x4.pmax(f32x4.pmin(v, this.most), this.least)
    const t = madd32(x, this.log2e, this.magic)
    const n = f32x4.sub(t, this.magic)
    const r = madd32(n, this.minusLn2Rest, madd32(n, this.minusLn2, x))
    const z = f32x4.mul(r, r)
    const y = f32x4.add(madd32(this.tail(r, z), z, r), this.one)
    // 2ⁿ in two factors, so that neither leaves the range of normal numbers and a subnormal result is rounded once.
    const k = i32x4.sub(t, this.magic)
    const k1 = i32x4.shr_s(k, 1)
    const first = i32x4.add(i32x4.shl(k1, 23), this.one)
    const second = i32x4.add(i32x4.shl(i32x4.sub(k, k1), 23), this.one)
    return f32x4.mul(f32x4.mul(y, first), second)
  }

  /** eˣ − 1 without cancellation. */
  @inline
  expm1(v: v128): v128 {
    const x = f32x4.pmax(f32x4.pmin(v, this.most), this.leastM1)
    const t = madd32(x, this.log2e, this.magic)
    const n = f32x4.sub(t, this.magic)
    // r + rest is x − n·ln 2 to more than single precision.
    const big = madd32(n, this.minusLn2, x)
    const small = f32x4.mul(n, this.minusLn2Rest)
    const r = f32x4.add(big, small)
    const rest = f32x4.add(f32x4.sub(big, r), small)
    const z = f32x4.mul(r, r)
    const after = madd32(this.tail(r, z), z, rest)
    const e = f32x4.add(r, after)
    const eRest = f32x4.sub(after, f32x4.sub(e, r))
    // 2ⁿ·e + (2ⁿ − 1), with the rounding error of the sum put back. All of it is halved, since 2ⁿ may overflow.
    const power = i32x4.add(i32x4.shl(t, 23), this.half)
    const a = f32x4.sub(power, this.half)
    const b = f32x4.mul(power, e)
    const sum = f32x4.add(a, b)
    const sumRest = f32x4.add(f32x4.sub(a, sum), b)
    const y = f32x4.add(sum, madd32(power, eRest, sumRest))
    return v128.bitselect(v, f32x4.add(y, y), f32x4.lt(v128.and(v, this.magnitude), this.tiny))
  }

  /** eˣ − 1 for x ≤ 0, where two roundings cannot cost more than an ulp; above 0 it is meaningless. */
  @inline
  expm1Below(v: v128): v128 {
    const x = f32x4.pmax(v, this.leastM1)
    const t = madd32(x, this.log2e, this.magic)
    const n = f32x4.sub(t, this.magic)
    const r = madd32(n, this.minusLn2Rest, madd32(n, this.minusLn2, x))
    const z = f32x4.mul(r, r)
    const power = i32x4.add(i32x4.shl(t, 23), this.one)
    return madd32(madd32(this.tail(r, z), z, r), power, f32x4.sub(power, this.one))
  }
}
