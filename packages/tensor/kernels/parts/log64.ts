// log of two doubles: x = 2ᵏ·m with √½ ≤ m < √2, f = m − 1, s = f/(2 + f), log m = 2·artanh s = f − s·(f − s²·p(s²))
// with p of polynomials.py.
import { madd64 } from './simd'

@unmanaged
export class Log64 {
  /** The least normal number; Infinity. */
  least: v128
  infinity: v128
  /** 1 − √½ as bits, √½ as bits, and the bits of a mantissa: they split x into k and m. */
  shift: v128
  root: v128
  mantissa: v128
  /** 2⁵² as bits, which makes a double out of k + 1023, and 2⁵² + 1023. */
  whole: v128
  wholeBias: v128
  one: v128
  two: v128
  half: v128
  ln2: v128
  ln2Rest: v128
  p0: v128
  p1: v128
  p2: v128
  p3: v128
  p4: v128
  p5: v128
  p6: v128
  sign: v128

  @inline
  prepareLog(): void {
    this.least = f64x2.splat(2.2250738585072014e-308)
    this.infinity = f64x2.splat(Infinity)
    this.shift = i64x2.splat(0x3ff0000000000000 - 0x3fe6a09e667f3bcd)
    this.root = i64x2.splat(0x3fe6a09e667f3bcd)
    this.mantissa = i64x2.splat(0x000fffffffffffff)
    this.whole = f64x2.splat(4503599627370496)
    this.wholeBias = f64x2.splat(4503599627371519)
    this.one = f64x2.splat(1)
    this.two = f64x2.splat(2)
    this.half = f64x2.splat(0.5)
    this.ln2 = f64x2.splat(0.6931471805592082)
    this.ln2Rest = f64x2.splat(7.371002565167799e-13)
    this.p0 = f64x2.splat(0.6666666666666735)
    this.p1 = f64x2.splat(0.39999999999413133)
    this.p2 = f64x2.splat(0.2857142874276438)
    this.p3 = f64x2.splat(0.22222198531391826)
    this.p4 = f64x2.splat(0.1818356665197037)
    this.p5 = f64x2.splat(0.15313987293657777)
    this.p6 = f64x2.splat(0.14796618660013547)
    this.sign = i64x2.splat(0x8000000000000000)
  }

  /** log(2ⁿ·(1 + f)) + rest, for a rest that is far smaller. */
  @inline
  join(n: v128, f: v128, rest: v128): v128 {
    const s = f64x2.div(f, f64x2.add(f, this.two))
    const z = f64x2.mul(s, s)
    const w = f64x2.mul(z, z)
    let even = madd64(this.p6, w, this.p4)
    let odd = madd64(this.p5, w, this.p3)
    even = madd64(even, w, this.p2)
    odd = madd64(odd, w, this.p1)
    even = madd64(even, w, this.p0)
    const p = f64x2.mul(madd64(odd, z, even), z)
    const square = f64x2.mul(f64x2.mul(f, f), this.half)
    const low = madd64(n, this.ln2Rest, rest)
    const curve = f64x2.sub(square, madd64(s, f64x2.add(square, p), low))
    return f64x2.sub(f64x2.mul(n, this.ln2), f64x2.sub(curve, f))
  }

  /** k as a double, from the shifted bits of a positive normal number. */
  @inline
  exponent(bits: v128): v128 {
    return f64x2.sub(v128.or(i64x2.shr_u(bits, 52), this.whole), this.wholeBias)
  }

  /** m − 1 */
  @inline
  fraction(bits: v128): v128 {
    return f64x2.sub(i64x2.add(v128.and(bits, this.mantissa), this.root), this.one)
  }

  /** For positive normal numbers. `extra` is added to the exponent. */
  @inline
  ofNormal(x: v128, extra: v128): v128 {
    const bits = i64x2.add(x, this.shift)
    return this.join(f64x2.add(this.exponent(bits), extra), this.fraction(bits), f64x2.splat(0))
  }

  @inline
  log(v: v128): v128 {
    const normal = v128.and(f64x2.ge(v, this.least), f64x2.lt(v, this.infinity))
    return i64x2.all_true(normal) ? this.ofNormal(v, f64x2.splat(0)) : log64Rare(this, v)
  }

  /** log(1 + x) without cancellation. */
  @inline
  log1p(v: v128): v128 {
    const ordinary = v128.and(f64x2.gt(v, f64x2.splat(-1)), f64x2.lt(v, this.infinity))
    // u + c = 1 + v exactly.
    const u = f64x2.add(v, this.one)
    const back = f64x2.sub(u, this.one)
    const c = f64x2.add(f64x2.sub(this.one, f64x2.sub(u, back)), f64x2.sub(v, back))
    const bits = i64x2.add(u, this.shift)
    const n = this.exponent(bits)
    // With n = 0 the f of 1 + v is v itself; else log(u + c) = log u + c/u.
    const near = f64x2.eq(n, f64x2.splat(0))
    const f = v128.bitselect(v, this.fraction(bits), near)
    const rest = v128.andnot(f64x2.div(c, u), near)
    const y = v128.bitselect(v, this.join(n, f, rest), this.sign)
    return i64x2.all_true(ordinary) ? y : v128.bitselect(y, logBeyond(f64x2.add(v, this.one), v), ordinary)
  }
}

/** log of u where it is not an ordinary number: −∞ at 0, NaN below, and `v` itself where it is ∞ or NaN. */
function logBeyond(u: v128, v: v128): v128 {
  const zero = f64x2.eq(u, f64x2.splat(0))
  const negative = f64x2.lt(u, f64x2.splat(0))
  return v128.bitselect(f64x2.splat(-Infinity), v128.bitselect(f64x2.splat(NaN), v, negative), zero)
}

/** Vectors with a lane that is subnormal, zero, negative, infinite or NaN. */
function log64Rare(log: Log64, v: v128): v128 {
  const subnormal = v128.and(f64x2.lt(v, log.least), f64x2.gt(v, f64x2.splat(0)))
  const x = v128.bitselect(f64x2.mul(v, f64x2.splat(18014398509481984)), v, subnormal)
  const y = log.ofNormal(x, v128.and(f64x2.splat(-54), subnormal))
  const ordinary = v128.and(f64x2.gt(v, f64x2.splat(0)), f64x2.lt(v, log.infinity))
  return v128.bitselect(y, logBeyond(v, v), ordinary)
}
