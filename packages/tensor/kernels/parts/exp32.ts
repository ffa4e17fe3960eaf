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
  /** (eʳ − 1)/r to 2⁻²³, where the argument is not known better. */
  c0: v128
  c1: v128
  c2: v128
  c3: v128
  c4: v128
  /** For expm1: below this it is −1, and nearer to zero than this it is x. */
  leastM1: v128
  tiny: v128
  sign: v128
  /** For sigmoid. */
  mostEasy: v128
  leastEasy: v128
  /** `magic` with an exponent's bias added: the low bits are then those of 2ⁿ. */
  biased: v128
  /** 64 and 2⁻⁶⁴. */
  lift: v128
  lower: v128
  magnitude: v128
  /** For four vectors at once: added to the bits of a size, it sets the sign where eˣ might be no normal number. */
  hard: v128

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
    this.c0 = f32x4.splat(0.9999997019767761)
    this.c1 = f32x4.splat(0.4999913275241852)
    this.c2 = f32x4.splat(0.16667655110359192)
    this.c3 = f32x4.splat(0.041900236159563065)
    this.c4 = f32x4.splat(0.008289897814393044)
    this.leastM1 = f32x4.splat(-18)
    this.tiny = f32x4.splat(2.9802322387695312e-8)
    this.mostEasy = f32x4.splat(87)
    this.leastEasy = f32x4.splat(-87)
    this.biased = f32x4.splat(12583039)
    this.lift = i32x4.splat(64)
    this.lower = f32x4.splat(5.421010862427522e-20)
    this.sign = i32x4.splat(0x80000000)
    this.magnitude = i32x4.splat(0x7fffffff)
    this.hard = i32x4.splat(0x7fffffff - reinterpret<i32>(<f32>87))
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
    const y = this.mantissa(x, f32x4.sub(t, this.magic))
    // 2ⁿ in two factors, so that neither leaves the range of normal numbers and a subnormal result is rounded once.
    const k = i32x4.sub(t, this.magic)
    const k1 = i32x4.shr_s(k, 1)
    const first = i32x4.add(i32x4.shl(k1, 23), this.one)
    const second = i32x4.add(i32x4.shl(i32x4.sub(k, k1), 23), this.one)
    return f32x4.mul(f32x4.mul(y, first), second)
  }

  /** `exp` of values between −87 and 87, where 2ⁿ is one normal number; NaN stays. */
  @inline
  easy(x: v128): v128 {
    const t = madd32(x, this.log2e, this.biased)
    return f32x4.mul(this.mantissa(x, f32x4.sub(t, this.biased)), i32x4.shl(t, 23))
  }

  /** `exp` of values that are not above 0; NaN stays. */
  @inline
  below(v: v128): v128 {
    const x = f32x4.pmax(v, this.least)
    const t = madd32(x, this.log2e, this.biased)
    // First times 2ⁿ⁺⁶⁴, a normal number, so that a subnormal result is rounded once.
    const power = i32x4.shl(i32x4.add(t, this.lift), 23)
    return f32x4.mul(f32x4.mul(this.mantissa(x, f32x4.sub(t, this.biased)), power), this.lower)
  }

  /** eʳ for r = x − n·ln 2. */
  @inline
  mantissa(x: v128, n: v128): v128 {
    const r = madd32(n, this.minusLn2Rest, madd32(n, this.minusLn2, x))
    // Horner's order has the fewest instructions.
    let q = madd32(this.p4, r, this.p3)
    q = madd32(q, r, this.p2)
    q = madd32(q, r, this.p1)
    q = madd32(q, r, this.p0)
    return f32x4.add(madd32(q, f32x4.mul(r, r), r), this.one)
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

  /** Whether one of four vectors holds a value beyond ±87, an infinity or NaN. */
  @inline
  isHard(a: v128, b: v128, c: v128, d: v128): bool {
    const magnitude = this.magnitude
    const hard = this.hard
    // Bitwise and whole-number sums run beside the floating-point ones; comparisons would take their place.
    const ab = v128.or(i32x4.add(v128.and(a, magnitude), hard), i32x4.add(v128.and(b, magnitude), hard))
    const cd = v128.or(i32x4.add(v128.and(c, magnitude), hard), i32x4.add(v128.and(d, magnitude), hard))
    return i32x4.bitmask(v128.or(ab, cd)) !== 0
  }

  /** The same for values that are not above 0; NaN is passed over. */
  @inline
  isLow(a: v128, b: v128, c: v128, d: v128): bool {
    const lowest = f32x4.pmin(f32x4.pmin(a, b), f32x4.pmin(c, d))
    return v128.any_true(f32x4.lt(lowest, this.leastEasy))
  }

  /**
   * y = e^(x − shift), or 1/(1 + e⁻ˣ), of sixteen floats; gives the sum of e's four vectors.
   * The same bits as `exp` gives, unless shifted.
   * Four vectors step by step, so that each constant is loaded once for all of them: loads are a third of the
   * instructions otherwise. `write` says whether to y.
   */
  @inline
  four(x: usize, y: usize, shift: v128, shifted: bool, sigmoid: bool, write: bool): v128 {
    let a = v128.load(x)
    let b = v128.load(x, 16)
    let c = v128.load(x, 32)
    let d = v128.load(x, 48)
    if (shifted) {
      a = f32x4.sub(a, shift)
      b = f32x4.sub(b, shift)
      c = f32x4.sub(c, shift)
      d = f32x4.sub(d, shift)
    }
    if (shifted ? this.isLow(a, b, c, d) : this.isHard(a, b, c, d)) {
      return each(this, x, write ? y : 0, shifted ? shift : f32x4.splat(0), sigmoid)
    }
    const log2e = this.log2e
    const magic = shifted ? this.biased : this.magic
    let ta = madd32(a, log2e, magic)
    let tb = madd32(b, log2e, magic)
    let tc = madd32(c, log2e, magic)
    let td = madd32(d, log2e, magic)
    const na = f32x4.sub(ta, magic)
    const nb = f32x4.sub(tb, magic)
    const nc = f32x4.sub(tc, magic)
    const nd = f32x4.sub(td, magic)
    const ln2 = this.minusLn2
    a = madd32(na, ln2, a)
    b = madd32(nb, ln2, b)
    c = madd32(nc, ln2, c)
    d = madd32(nd, ln2, d)
    const rest = this.minusLn2Rest
    a = madd32(na, rest, a)
    b = madd32(nb, rest, b)
    c = madd32(nc, rest, c)
    d = madd32(nd, rest, d)
    ta = i32x4.shl(ta, 23)
    tb = i32x4.shl(tb, 23)
    tc = i32x4.shl(tc, 23)
    td = i32x4.shl(td, 23)
    const one = this.one
    let first = this.p4
    let term = this.p3
    if (shifted) {
      first = this.c4
      term = this.c3
    }
    let qa = madd32(first, a, term)
    let qb = madd32(first, b, term)
    let qc = madd32(first, c, term)
    let qd = madd32(first, d, term)
    term = shifted ? this.c2 : this.p2
    qa = madd32(qa, a, term)
    qb = madd32(qb, b, term)
    qc = madd32(qc, c, term)
    qd = madd32(qd, d, term)
    term = shifted ? this.c1 : this.p1
    qa = madd32(qa, a, term)
    qb = madd32(qb, b, term)
    qc = madd32(qc, c, term)
    qd = madd32(qd, d, term)
    term = shifted ? this.c0 : this.p0
    qa = madd32(qa, a, term)
    qb = madd32(qb, b, term)
    qc = madd32(qc, c, term)
    qd = madd32(qd, d, term)
    if (shifted) {
      qa = madd32(qa, a, one)
      qb = madd32(qb, b, one)
      qc = madd32(qc, c, one)
      qd = madd32(qd, d, one)
    } else {
      qa = f32x4.add(madd32(qa, f32x4.mul(a, a), a), one)
      qb = f32x4.add(madd32(qb, f32x4.mul(b, b), b), one)
      qc = f32x4.add(madd32(qc, f32x4.mul(c, c), c), one)
      qd = f32x4.add(madd32(qd, f32x4.mul(d, d), d), one)
    }
    if (shifted) {
      a = f32x4.mul(qa, ta)
      b = f32x4.mul(qb, tb)
      c = f32x4.mul(qc, tc)
      d = f32x4.mul(qd, td)
    } else {
      // Both q and the result are normal numbers, so n may be added to the exponent as it is.
      a = i32x4.add(qa, ta)
      b = i32x4.add(qb, tb)
      c = i32x4.add(qc, tc)
      d = i32x4.add(qd, td)
    }
    const sum = f32x4.add(f32x4.add(a, b), f32x4.add(c, d))
    if (sigmoid) {
      a = this.share(a)
      b = this.share(b)
      c = this.share(c)
      d = this.share(d)
    }
    if (write) {
      v128.store(y, a)
      v128.store(y, b, 16)
      v128.store(y, c, 32)
      v128.store(y, d, 48)
    }
    return sum
  }

  /** 1/(1 + e⁻ˣ) from e = eˣ. */
  @inline
  share(e: v128): v128 {
    // 1 − 1/(1 + e) above zero and e − e·e/(1 + e) below: in both the rounding of 1 + e hardly shows.
    const most = f32x4.pmin(e, this.one)
    return f32x4.sub(most, f32x4.mul(most, f32x4.div(most, f32x4.add(e, this.one))))
  }

  /** 1/(1 + e⁻ˣ); from 87 on it is 1. */
  @inline
  sigmoid(x: v128): v128 {
    return this.share(this.exp(f32x4.pmin(x, this.mostEasy)))
  }
}

/** `four` for vectors with values where it does not hold. */
function each(exp: Exp32, x: usize, y: usize, shift: v128, sigmoid: bool): v128 {
  let sum = f32x4.splat(0)
  for (let at: usize = 0; at < 64; at += 16) {
    const v = f32x4.sub(v128.load(x + at), shift)
    const e = sigmoid ? exp.sigmoid(v) : exp.exp(v)
    sum = f32x4.add(sum, e)
    if (y !== 0) v128.store(y + at, e)
  }
  return sum
}
