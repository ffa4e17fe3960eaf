// eˣ of two doubles: x = n·ln 2 + r with |r| ≤ ln 2 / 2, then a polynomial in r (polynomials.py), then 2ⁿ.
import { madd64 } from './simd'

@unmanaged
export class Exp64 {
  /** Beyond these the result is Infinity, or rounds to 0. */
  most: v128
  least: v128
  log2e: v128
  /** 1.5·2⁵²: adding it leaves the nearest whole number in the low bits. */
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
  p5: v128
  p6: v128
  p7: v128
  p8: v128
  p9: v128
  p10: v128
  /** For expm1: below this it is −1, and nearer to zero than this it is x. */
  leastM1: v128
  tiny: v128

  @inline
  prepareExp(): void {
    this.most = f64x2.splat(710)
    this.least = f64x2.splat(-746)
    this.log2e = f64x2.splat(1.4426950408889634)
    this.magic = f64x2.splat(6755399441055744)
    this.minusLn2 = f64x2.splat(-0.6931471805592082)
    this.minusLn2Rest = f64x2.splat(-7.371002565167799e-13)
    this.one = f64x2.splat(1)
    this.half = f64x2.splat(0.5)
    this.p0 = f64x2.splat(0.5)
    this.p1 = f64x2.splat(0.16666666666666677)
    this.p2 = f64x2.splat(0.04166666666666649)
    this.p3 = f64x2.splat(0.008333333333320739)
    this.p4 = f64x2.splat(0.0013888888888968405)
    this.p5 = f64x2.splat(0.0001984126988868378)
    this.p6 = f64x2.splat(2.480158716465825e-5)
    this.p7 = f64x2.splat(2.7557241236818763e-6)
    this.p8 = f64x2.splat(2.7557406018795363e-7)
    this.p9 = f64x2.splat(2.5110109960525168e-8)
    this.p10 = f64x2.splat(2.0875293652011547e-9)
    this.leastM1 = f64x2.splat(-38)
    this.tiny = f64x2.splat(5.551115123125783e-17)
  }

  /** (eʳ − 1 − r) / r² */
  @inline
  tail(r: v128): v128 {
    const z = f64x2.mul(r, r)
    // Two chains of every other power, half as long as one of all.
    let even = madd64(this.p10, z, this.p8)
    let odd = madd64(this.p9, z, this.p7)
    even = madd64(even, z, this.p6)
    odd = madd64(odd, z, this.p5)
    even = madd64(even, z, this.p4)
    odd = madd64(odd, z, this.p3)
    even = madd64(even, z, this.p2)
    odd = madd64(odd, z, this.p1)
    even = madd64(even, z, this.p0)
    return madd64(odd, r, even)
  }

  @inline
  exp(v: v128): v128 {
    const x = f64x2.pmax(f64x2.pmin(v, this.most), this.least)
    const t = madd64(x, this.log2e, this.magic)
    const n = f64x2.sub(t, this.magic)
    const r = madd64(n, this.minusLn2Rest, madd64(n, this.minusLn2, x))
    const y = f64x2.add(madd64(this.tail(r), f64x2.mul(r, r), r), this.one)
    // 2ⁿ in two factors, so that neither leaves the range of normal numbers and a subnormal result is rounded once.
    const t1 = madd64(n, this.half, this.magic)
    const first = i64x2.add(i64x2.shl(t1, 52), this.one)
    const second = i64x2.add(i64x2.shl(i64x2.sub(t, t1), 52), this.one)
    return f64x2.mul(f64x2.mul(y, first), second)
  }

  /** eˣ − 1 without cancellation; the steps are those of Exp32. */
  @inline
  expm1(v: v128): v128 {
    const x = f64x2.pmax(f64x2.pmin(v, this.most), this.leastM1)
    const t = madd64(x, this.log2e, this.magic)
    const n = f64x2.sub(t, this.magic)
    const big = madd64(n, this.minusLn2, x)
    const small = f64x2.mul(n, this.minusLn2Rest)
    const r = f64x2.add(big, small)
    const rest = f64x2.add(f64x2.sub(big, r), small)
    const after = madd64(this.tail(r), f64x2.mul(r, r), rest)
    const e = f64x2.add(r, after)
    const eRest = f64x2.sub(after, f64x2.sub(e, r))
    const power = i64x2.add(i64x2.shl(t, 52), this.half)
    const a = f64x2.sub(power, this.half)
    const b = f64x2.mul(power, e)
    const sum = f64x2.add(a, b)
    const sumRest = f64x2.add(f64x2.sub(a, sum), b)
    const y = f64x2.add(sum, madd64(power, eRest, sumRest))
    return v128.bitselect(v, f64x2.add(y, y), f64x2.lt(f64x2.abs(v), this.tiny))
  }
}
