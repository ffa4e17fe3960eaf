// log of four floats: x = 2ᵏ·m with √½ ≤ m < √2, f = m − 1, log x = k·ln 2 + f − f²/2 + f³·p(f) (polynomials.py).
import { madd32 } from './simd'

@unmanaged
export class Log32 {
  /** Added to the bits of x, what exceeds `border` is no positive normal number. */
  shift: v128
  border: v128
  /** √½ as bits: splits x into k and m. */
  root: v128
  mostK: v128
  one: v128
  minusHalf: v128
  ln2: v128
  ln2Rest: v128
  p0: v128
  p1: v128
  p2: v128
  p3: v128
  p4: v128
  p5: v128
  p6: v128
  p7: v128
  p8: v128
  sign: v128

  @inline
  prepareLog(): void {
    this.shift = i32x4.splat(0x7f800000)
    this.border = i32x4.splat(0xfeffffff)
    this.root = i32x4.splat(0x3f3504f3)
    this.mostK = i32x4.splat(126)
    this.one = f32x4.splat(1)
    this.minusHalf = f32x4.splat(-0.5)
    this.ln2 = f32x4.splat(0.693359375)
    this.ln2Rest = f32x4.splat(-2.1219444170128554e-4)
    this.p0 = f32x4.splat(0.3333331346511841)
    this.p1 = f32x4.splat(-0.25000008940696716)
    this.p2 = f32x4.splat(0.2000211924314499)
    this.p3 = f32x4.splat(-0.1666799634695053)
    this.p4 = f32x4.splat(0.14219555258750916)
    this.p5 = f32x4.splat(-0.124055877327919)
    this.p6 = f32x4.splat(0.11888142675161362)
    this.p7 = f32x4.splat(-0.11675652116537094)
    this.p8 = f32x4.splat(0.0674668699502945)
    this.sign = i32x4.splat(0x80000000)
  }

  /** log(2ⁿ·(1 + f)) */
  @inline
  join(n: v128, f: v128): v128 {
    const z = f32x4.mul(f, f)
    const w = f32x4.mul(z, z)
    // In the order with the shortest chain of dependent steps: that is what takes time.
    const low = madd32(madd32(this.p3, f, this.p2), z, madd32(this.p1, f, this.p0))
    const middle = madd32(madd32(this.p7, f, this.p6), z, madd32(this.p5, f, this.p4))
    const p = madd32(madd32(this.p8, w, middle), w, low)
    let y = f32x4.mul(f32x4.mul(z, f), p)
    y = madd32(n, this.ln2Rest, y)
    y = madd32(z, this.minusHalf, y)
    return madd32(n, this.ln2, f32x4.add(f, y))
  }

  /** Whether a lane is subnormal, zero, negative, infinite or NaN. */
  @inline
  isRare(x: v128): bool {
    return v128.any_true(i32x4.gt_s(i32x4.add(x, this.shift), this.border))
  }

  /** The k of a positive normal number. */
  @inline
  exponent(x: v128): v128 {
    return i32x4.shr_s(i32x4.sub(x, this.root), 23)
  }

  @inline
  log(v: v128): v128 {
    const k = this.exponent(v)
    const m = i32x4.sub(v, i32x4.shl(k, 23))
    const y = this.join(f32x4.convert_i32x4_s(k), f32x4.sub(m, this.one))
    return this.isRare(v) ? log32Rare(this, v) : y
  }

  /** log(1 + x) without cancellation. */
  @inline
  log1p(v: v128): v128 {
    // u + c = 1 + v, exactly as long as c matters.
    const u = f32x4.add(v, this.one)
    const c = f32x4.sub(v, f32x4.sub(u, this.one))
    const k = this.exponent(u)
    const m = i32x4.sub(u, i32x4.shl(k, 23))
    // 2⁻ᵏ; where k is so large that it would not exist, c is 0.
    const scale = i32x4.sub(this.one, i32x4.shl(i32x4.min_s(k, this.mostK), 23))
    const f = madd32(c, scale, f32x4.sub(m, this.one))
    const y = v128.bitselect(v, this.join(f32x4.convert_i32x4_s(k), f), this.sign)
    return this.isRare(u) ? logBeyond(u, v, y) : y
  }

  /**
   * y = log x, or log(1 + x), of eight floats, the same bits as `log` and `log1p` give. Two vectors step by step, so that
   * each constant is loaded once for both.
   */
  @inline
  two(x: usize, y: usize, plusOne: bool): void {
    const a = v128.load(x)
    const b = v128.load(x, 16)
    const ua = plusOne ? f32x4.add(a, this.one) : a
    const ub = plusOne ? f32x4.add(b, this.one) : b
    const shift = this.shift
    const highest = i32x4.max_s(i32x4.add(ua, shift), i32x4.add(ub, shift))
    if (v128.any_true(i32x4.gt_s(highest, this.border))) {
      v128.store(y, plusOne ? this.log1p(a) : this.log(a))
      v128.store(y, plusOne ? this.log1p(b) : this.log(b), 16)
      return
    }
    const ka = this.exponent(ua)
    const kb = this.exponent(ub)
    const one = this.one
    let fa = f32x4.sub(i32x4.sub(ua, i32x4.shl(ka, 23)), one)
    let fb = f32x4.sub(i32x4.sub(ub, i32x4.shl(kb, 23)), one)
    if (plusOne) {
      const ca = f32x4.sub(a, f32x4.sub(ua, one))
      const cb = f32x4.sub(b, f32x4.sub(ub, one))
      fa = madd32(ca, i32x4.sub(one, i32x4.shl(i32x4.min_s(ka, this.mostK), 23)), fa)
      fb = madd32(cb, i32x4.sub(one, i32x4.shl(i32x4.min_s(kb, this.mostK), 23)), fb)
    }
    const za = f32x4.mul(fa, fa)
    const zb = f32x4.mul(fb, fb)
    const wa = f32x4.mul(za, za)
    const wb = f32x4.mul(zb, zb)
    // The order of `join`, from the end of the polynomial on.
    let factor = this.p7
    let term = this.p6
    let pa = madd32(factor, fa, term)
    let pb = madd32(factor, fb, term)
    factor = this.p5
    term = this.p4
    pa = madd32(pa, za, madd32(factor, fa, term))
    pb = madd32(pb, zb, madd32(factor, fb, term))
    factor = this.p8
    pa = madd32(factor, wa, pa)
    pb = madd32(factor, wb, pb)
    factor = this.p3
    term = this.p2
    let la = madd32(factor, fa, term)
    let lb = madd32(factor, fb, term)
    factor = this.p1
    term = this.p0
    la = madd32(la, za, madd32(factor, fa, term))
    lb = madd32(lb, zb, madd32(factor, fb, term))
    pa = f32x4.mul(f32x4.mul(za, fa), madd32(pa, wa, la))
    pb = f32x4.mul(f32x4.mul(zb, fb), madd32(pb, wb, lb))
    const na = f32x4.convert_i32x4_s(ka)
    const nb = f32x4.convert_i32x4_s(kb)
    factor = this.ln2Rest
    pa = madd32(na, factor, pa)
    pb = madd32(nb, factor, pb)
    factor = this.minusHalf
    pa = f32x4.add(fa, madd32(za, factor, pa))
    pb = f32x4.add(fb, madd32(zb, factor, pb))
    factor = this.ln2
    pa = madd32(na, factor, pa)
    pb = madd32(nb, factor, pb)
    if (plusOne) {
      const sign = this.sign
      pa = v128.bitselect(a, pa, sign)
      pb = v128.bitselect(b, pb, sign)
    }
    v128.store(y, pa)
    v128.store(y, pb, 16)
  }
}

/** Puts into `y` the log of u where u is 0 (−∞), below (NaN), or ∞ or NaN (`v` itself). */
function logBeyond(u: v128, v: v128, y: v128): v128 {
  const zero = f32x4.splat(0)
  const infinity = f32x4.splat(Infinity)
  const other = v128.bitselect(f32x4.splat(NaN), v, f32x4.lt(u, zero))
  const special = v128.bitselect(f32x4.neg(infinity), other, f32x4.eq(u, zero))
  return v128.bitselect(y, special, v128.and(f32x4.gt(u, zero), f32x4.lt(u, infinity)))
}

/** For vectors with a lane that is subnormal, zero, negative, infinite or NaN. */
function log32Rare(log: Log32, v: v128): v128 {
  const subnormal = f32x4.lt(v, f32x4.splat(1.1754943508222875e-38))
  const x = v128.bitselect(f32x4.mul(v, f32x4.splat(8388608)), v, subnormal)
  const k = log.exponent(x)
  const m = i32x4.sub(x, i32x4.shl(k, 23))
  const n = f32x4.convert_i32x4_s(i32x4.add(k, v128.and(i32x4.splat(-23), subnormal)))
  return logBeyond(v, v, log.join(n, f32x4.sub(m, log.one)))
}
