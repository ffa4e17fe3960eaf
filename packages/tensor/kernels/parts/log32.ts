// log of four floats: x = 2ᵏ·m with ¾ ≤ m < 3/2, f = m − 1, log x = k·ln 2 + f + f²·p(f) (polynomials.py).
import { madd32 } from './simd'

@unmanaged
export class Log32 {
  /** Added to the bits of x, what exceeds `border` is no positive normal number. */
  shift: v128
  border: v128
  /** ¾ as bits, and the bits of a mantissa: they split x into k and m. */
  root: v128
  mantissa: v128
  mostK: v128
  one: v128
  /** As a float it is so near to ln 2 that its error times k does not count. */
  ln2: v128
  p0: v128
  p1: v128
  p2: v128
  p3: v128
  p4: v128
  p5: v128
  p6: v128
  p7: v128
  sign: v128

  @inline
  prepareLog(): void {
    this.shift = i32x4.splat(0x7f800000)
    this.border = i32x4.splat(0xfeffffff)
    this.root = i32x4.splat(0x3f400000)
    this.mantissa = i32x4.splat(0x007fffff)
    this.mostK = i32x4.splat(126)
    this.one = f32x4.splat(1)
    this.ln2 = f32x4.splat(0.6931471805599453)
    this.p0 = f32x4.splat(-0.5000005960464478)
    this.p1 = f32x4.splat(0.3333354890346527)
    this.p2 = f32x4.splat(-0.24993441998958588)
    this.p3 = f32x4.splat(0.19977077841758728)
    this.p4 = f32x4.splat(-0.16822810471057892)
    this.p5 = f32x4.splat(0.1498391181230545)
    this.p6 = f32x4.splat(-0.12067370861768723)
    this.p7 = f32x4.splat(0.05413258075714111)
    this.sign = i32x4.splat(0x80000000)
  }

  /** log(2ⁿ·(1 + f)) */
  @inline
  join(n: v128, f: v128): v128 {
    // Horner's order has the fewest instructions.
    let p = madd32(this.p7, f, this.p6)
    p = madd32(p, f, this.p5)
    p = madd32(p, f, this.p4)
    p = madd32(p, f, this.p3)
    p = madd32(p, f, this.p2)
    p = madd32(p, f, this.p1)
    p = madd32(p, f, this.p0)
    return madd32(n, this.ln2, madd32(p, f32x4.mul(f, f), f))
  }

  /** Whether a lane is subnormal, zero, negative, infinite or NaN. */
  @inline
  isRare(x: v128): bool {
    return v128.any_true(i32x4.gt_s(i32x4.add(x, this.shift), this.border))
  }

  /** k in the bits above the mantissa, and below it what m exceeds ¾ by. */
  @inline
  split(x: v128): v128 {
    return i32x4.sub(x, this.root)
  }

  /** f of a split number. */
  @inline
  fraction(bits: v128): v128 {
    return f32x4.sub(i32x4.add(v128.and(bits, this.mantissa), this.root), this.one)
  }

  @inline
  log(v: v128): v128 {
    const bits = this.split(v)
    const y = this.join(f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23)), this.fraction(bits))
    return this.isRare(v) ? log32Rare(this, v) : y
  }

  /** f for log(1 + v), where u is 1 + v rounded, and its split. */
  @inline
  reduced(v: v128, u: v128, bits: v128): v128 {
    // u + c = 1 + v, exactly as long as c matters.
    const c = f32x4.sub(v, f32x4.sub(u, this.one))
    // 2⁻ᵏ; where k is so large that it would not exist, c is 0.
    const k = i32x4.min_s(i32x4.shr_s(bits, 23), this.mostK)
    return madd32(c, i32x4.sub(this.one, i32x4.shl(k, 23)), this.fraction(bits))
  }

  /** log(1 + x) without cancellation. */
  @inline
  log1p(v: v128): v128 {
    const u = f32x4.add(v, this.one)
    const bits = this.split(u)
    const y = this.join(f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23)), this.reduced(v, u, bits))
    // Where v is −0, the sign was lost on the way.
    return this.isRare(u) ? logBeyond(u, v, y) : v128.or(y, v128.and(v, this.sign))
  }

  /**
   * y = log x, or log(1 + x), of sixteen floats, the same bits as `log` and `log1p` give. Four vectors step by step, so
   * that there is always one that need not wait for its last step.
   */
  @inline
  four(x: usize, y: usize, plusOne: bool): void {
    const one = this.one
    let fa = v128.load(x)
    const ua = plusOne ? f32x4.add(fa, one) : fa
    let fb = v128.load(x, 16)
    const ub = plusOne ? f32x4.add(fb, one) : fb
    let fc = v128.load(x, 32)
    const uc = plusOne ? f32x4.add(fc, one) : fc
    let fd = v128.load(x, 48)
    const ud = plusOne ? f32x4.add(fd, one) : fd
    const shift = this.shift
    const ab = i32x4.max_s(i32x4.add(ua, shift), i32x4.add(ub, shift))
    const cd = i32x4.max_s(i32x4.add(uc, shift), i32x4.add(ud, shift))
    if (v128.any_true(i32x4.gt_s(i32x4.max_s(ab, cd), this.border))) {
      for (let at: usize = 0; at < 64; at += 16) {
        const v = v128.load(x + at)
        v128.store(y + at, plusOne ? this.log1p(v) : this.log(v))
      }
      return
    }
    const root = this.root
    let na = i32x4.sub(ua, root)
    let nb = i32x4.sub(ub, root)
    let nc = i32x4.sub(uc, root)
    let nd = i32x4.sub(ud, root)
    const mantissa = this.mantissa
    if (plusOne) {
      fa = this.reduced(fa, ua, na)
      fb = this.reduced(fb, ub, nb)
      fc = this.reduced(fc, uc, nc)
      fd = this.reduced(fd, ud, nd)
    } else {
      fa = f32x4.sub(i32x4.add(v128.and(na, mantissa), root), one)
      fb = f32x4.sub(i32x4.add(v128.and(nb, mantissa), root), one)
      fc = f32x4.sub(i32x4.add(v128.and(nc, mantissa), root), one)
      fd = f32x4.sub(i32x4.add(v128.and(nd, mantissa), root), one)
    }
    na = f32x4.convert_i32x4_s(i32x4.shr_s(na, 23))
    nb = f32x4.convert_i32x4_s(i32x4.shr_s(nb, 23))
    nc = f32x4.convert_i32x4_s(i32x4.shr_s(nc, 23))
    nd = f32x4.convert_i32x4_s(i32x4.shr_s(nd, 23))
    const first = this.p7
    let term = this.p6
    let pa = madd32(first, fa, term)
    let pb = madd32(first, fb, term)
    let pc = madd32(first, fc, term)
    let pd = madd32(first, fd, term)
    term = this.p5
    pa = madd32(pa, fa, term)
    pb = madd32(pb, fb, term)
    pc = madd32(pc, fc, term)
    pd = madd32(pd, fd, term)
    term = this.p4
    pa = madd32(pa, fa, term)
    pb = madd32(pb, fb, term)
    pc = madd32(pc, fc, term)
    pd = madd32(pd, fd, term)
    term = this.p3
    pa = madd32(pa, fa, term)
    pb = madd32(pb, fb, term)
    pc = madd32(pc, fc, term)
    pd = madd32(pd, fd, term)
    term = this.p2
    pa = madd32(pa, fa, term)
    pb = madd32(pb, fb, term)
    pc = madd32(pc, fc, term)
    pd = madd32(pd, fd, term)
    term = this.p1
    pa = madd32(pa, fa, term)
    pb = madd32(pb, fb, term)
    pc = madd32(pc, fc, term)
    pd = madd32(pd, fd, term)
    term = this.p0
    pa = madd32(pa, fa, term)
    pb = madd32(pb, fb, term)
    pc = madd32(pc, fc, term)
    pd = madd32(pd, fd, term)
    pa = madd32(pa, f32x4.mul(fa, fa), fa)
    pb = madd32(pb, f32x4.mul(fb, fb), fb)
    pc = madd32(pc, f32x4.mul(fc, fc), fc)
    pd = madd32(pd, f32x4.mul(fd, fd), fd)
    term = this.ln2
    pa = madd32(na, term, pa)
    pb = madd32(nb, term, pb)
    pc = madd32(nc, term, pc)
    pd = madd32(nd, term, pd)
    if (plusOne) {
      term = this.sign
      pa = v128.or(pa, v128.and(v128.load(x), term))
      pb = v128.or(pb, v128.and(v128.load(x, 16), term))
      pc = v128.or(pc, v128.and(v128.load(x, 32), term))
      pd = v128.or(pd, v128.and(v128.load(x, 48), term))
    }
    v128.store(y, pa)
    v128.store(y, pb, 16)
    v128.store(y, pc, 32)
    v128.store(y, pd, 48)
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
  const bits = log.split(x)
  const k = i32x4.shr_s(bits, 23)
  const n = f32x4.convert_i32x4_s(i32x4.add(k, v128.and(i32x4.splat(-23), subnormal)))
  return logBeyond(v, v, log.join(n, log.fraction(bits)))
}
