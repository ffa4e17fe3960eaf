// log of four floats: x = 2ᵏ·m with √½ ≤ m < √2, f = m − 1, log x = k·ln 2 + f − f²/2 + f³·p(f) (polynomials.py).
import { madd32 } from './simd'

@unmanaged
export class Log32 {
  /** The least normal number; Infinity. */
  least: v128
  infinity: v128
  /** 1 − √½ as bits, √½ as bits, and the bits of a mantissa: they split x into k and m. */
  shift: v128
  root: v128
  mantissa: v128
  bias: v128
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
    this.least = f32x4.splat(1.1754943508222875e-38)
    this.infinity = f32x4.splat(Infinity)
    this.shift = i32x4.splat(0x3f800000 - 0x3f3504f3)
    this.root = i32x4.splat(0x3f3504f3)
    this.mantissa = i32x4.splat(0x007fffff)
    this.bias = i32x4.splat(127)
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
    // Two chains of every other power, half as long as one of all.
    let even = madd32(this.p8, z, this.p6)
    let odd = madd32(this.p7, z, this.p5)
    even = madd32(even, z, this.p4)
    odd = madd32(odd, z, this.p3)
    even = madd32(even, z, this.p2)
    odd = madd32(odd, z, this.p1)
    even = madd32(even, z, this.p0)
    const p = madd32(odd, f, even)
    let y = f32x4.mul(f32x4.mul(z, f), p)
    y = madd32(n, this.ln2Rest, y)
    y = madd32(z, this.minusHalf, y)
    return madd32(n, this.ln2, f32x4.add(f, y))
  }

  /** For positive normal numbers. `extra` is added to the exponent. */
  @inline
  ofNormal(x: v128, extra: v128): v128 {
    const bits = i32x4.add(x, this.shift)
    const k = i32x4.sub(i32x4.shr_u(bits, 23), this.bias)
    const m = i32x4.add(v128.and(bits, this.mantissa), this.root)
    return this.join(f32x4.convert_i32x4_s(i32x4.add(k, extra)), f32x4.sub(m, this.one))
  }

  @inline
  log(v: v128): v128 {
    const normal = v128.and(f32x4.ge(v, this.least), f32x4.lt(v, this.infinity))
    return i32x4.all_true(normal) ? this.ofNormal(v, i32x4.splat(0)) : log32Rare(this, v)
  }

  /** log(1 + x) without cancellation. */
  @inline
  log1p(v: v128): v128 {
    const ordinary = v128.and(f32x4.gt(v, f32x4.splat(-1)), f32x4.lt(v, this.infinity))
    // u + c = 1 + v exactly.
    const u = f32x4.add(v, this.one)
    const back = f32x4.sub(u, this.one)
    const c = f32x4.add(f32x4.sub(this.one, f32x4.sub(u, back)), f32x4.sub(v, back))
    const bits = i32x4.add(u, this.shift)
    const k = i32x4.sub(i32x4.shr_u(bits, 23), this.bias)
    const m = i32x4.add(v128.and(bits, this.mantissa), this.root)
    // 2⁻ᵏ; where k is so large that it would not exist, c is 0.
    const scale = i32x4.sub(this.one, i32x4.shl(i32x4.min_s(k, i32x4.splat(126)), 23))
    const f = madd32(c, scale, f32x4.sub(m, this.one))
    const y = v128.bitselect(v, this.join(f32x4.convert_i32x4_s(k), f), this.sign)
    return i32x4.all_true(ordinary) ? y : v128.bitselect(y, logBeyond(f32x4.add(v, this.one), v), ordinary)
  }
}

/** log of u where it is not an ordinary number: −∞ at 0, NaN below, and `v` itself where it is ∞ or NaN. */
function logBeyond(u: v128, v: v128): v128 {
  const zero = f32x4.eq(u, f32x4.splat(0))
  const negative = f32x4.lt(u, f32x4.splat(0))
  return v128.bitselect(f32x4.splat(-Infinity), v128.bitselect(f32x4.splat(NaN), v, negative), zero)
}

/** Vectors with a lane that is subnormal, zero, negative, infinite or NaN. */
function log32Rare(log: Log32, v: v128): v128 {
  const subnormal = v128.and(f32x4.lt(v, log.least), f32x4.gt(v, f32x4.splat(0)))
  const x = v128.bitselect(f32x4.mul(v, f32x4.splat(8388608)), v, subnormal)
  const y = log.ofNormal(x, v128.and(i32x4.splat(-23), subnormal))
  const ordinary = v128.and(f32x4.gt(v, f32x4.splat(0)), f32x4.lt(v, log.infinity))
  return v128.bitselect(y, logBeyond(v, v), ordinary)
}
