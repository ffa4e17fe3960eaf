// x·Φ(x) of four floats, in double precision: Φ(x) = erfc(a)/2 on the left, 1 − erfc(a)/2 on the right, a = |x|/√2, and
// erfc(a) = e^−a²·p((a − 3)/(a + 3))/(1 + 2a) with p of polynomials.py.
import { Pow32 } from './pow32'
import { madd64 } from './simd'

@unmanaged
export class GeluOf32 extends Pow32 {
  rootHalf: v128
  /** From here on the left side rounds to 0. */
  end: v128
  three: v128
  minusLog2e: v128
  g0: v128
  g1: v128
  g2: v128
  g3: v128
  g4: v128
  g5: v128
  g6: v128
  g7: v128
  g8: v128
  g9: v128
  g10: v128
  g11: v128

  @inline
  prepare(): void {
    this.preparePow()
    // The exponent goes below what a float holds, since x is multiplied later.
    this.least = f64x2.splat(-180)
    this.rootHalf = f64x2.splat(0.7071067811865476)
    this.end = f64x2.splat(10.9)
    this.three = f64x2.splat(3)
    this.minusLog2e = f64x2.splat(-1.4426950408889634)
    this.g0 = f64x2.splat(1.2530080591621091)
    this.g1 = f64x2.splat(-0.13562111043924552)
    this.g2 = f64x2.splat(-0.04756240707171983)
    this.g3 = f64x2.splat(0.12964530472776134)
    this.g4 = f64x2.splat(-0.11927130061077051)
    this.g5 = f64x2.splat(0.06830741540855832)
    this.g6 = f64x2.splat(-0.023788541457140013)
    this.g7 = f64x2.splat(0.0025227409406689627)
    this.g8 = f64x2.splat(0.0019464437729837837)
    this.g9 = f64x2.splat(-0.0007317406467315396)
    this.g10 = f64x2.splat(-0.0001698125645010669)
    this.g11 = f64x2.splat(3.983198301917819e-5)
  }

  @inline
  two(x: v128): v128 {
    const a = f64x2.pmin(f64x2.mul(f64x2.abs(x), this.rootHalf), this.end)
    const sum = f64x2.add(a, this.three)
    const slope = f64x2.add(f64x2.add(a, a), this.one)
    // One division for both quotients.
    const inverse = f64x2.div(this.one, f64x2.mul(sum, slope))
    const t = f64x2.mul(f64x2.mul(f64x2.sub(a, this.three), slope), inverse)
    const z = f64x2.mul(t, t)
    // In the order with the shortest chain of dependent steps: that is what takes time.
    const w = f64x2.mul(z, z)
    const low = madd64(madd64(this.g3, t, this.g2), z, madd64(this.g1, t, this.g0))
    const middle = madd64(madd64(this.g7, t, this.g6), z, madd64(this.g5, t, this.g4))
    const high = madd64(madd64(this.g11, t, this.g10), z, madd64(this.g9, t, this.g8))
    const curve = madd64(madd64(high, w, middle), w, low)
    const p = f64x2.mul(curve, f64x2.mul(sum, inverse))
    const e = this.exp2(f64x2.mul(f64x2.mul(a, a), this.minusLog2e))
    const tail = f64x2.mul(f64x2.mul(p, e), f64x2.splat(0.5))
    const left = f64x2.lt(x, f64x2.splat(0))
    const share = v128.bitselect(tail, f64x2.sub(this.one, tail), left)
    // −∞ takes the limit 0 instead of −∞·0.
    const bounded = f64x2.pmax(x, f64x2.splat(-1000))
    return f32x4.demote_f64x2_zero(f64x2.mul(bounded, share))
  }

  @inline
  at(v: v128): v128 {
    const low = this.two(f64x2.promote_low_f32x4(v))
    const high = this.two(f64x2.promote_low_f32x4(v128.shuffle<i64>(v, v, 1, 1)))
    return v128.shuffle<i64>(low, high, 0, 2)
  }
}
