// Functions of four floats in the shape that `map` wants: `prepare` writes the constants, `at` computes. None of these
// classes is extended: a method that something overrides would be called through a table.
import { Exp32 } from './exp32'
import { Log32 } from './log32'
import { madd32 } from './simd'
import { Trig32 } from './trig32'

@unmanaged
export class ExpOf32 extends Exp32 {
  @inline
  prepare(): void {
    this.prepareExp()
  }

  @inline
  at(v: v128): v128 {
    return this.exp(v)
  }

  @inline
  sixteen(x: usize, y: usize): void {
    this.four(x, y, f32x4.splat(0), false, false, true)
  }
}

@unmanaged
export class Expm1Of32 extends Exp32 {
  @inline
  prepare(): void {
    this.prepareExp()
  }

  @inline
  at(v: v128): v128 {
    return this.expm1(v)
  }
}

@unmanaged
export class LogOf32 extends Log32 {
  @inline
  prepare(): void {
    this.prepareLog()
  }

  @inline
  at(v: v128): v128 {
    return this.log(v)
  }

  @inline
  sixteen(x: usize, y: usize): void {
    this.four(x, y, false)
  }
}

@unmanaged
export class Log1pOf32 extends Log32 {
  @inline
  prepare(): void {
    this.prepareLog()
  }

  @inline
  at(v: v128): v128 {
    return this.log1p(v)
  }

  @inline
  sixteen(x: usize, y: usize): void {
    this.four(x, y, true)
  }
}

@unmanaged
export class SinOf32 extends Trig32 {
  @inline
  prepare(): void {
    this.prepareTrig()
  }

  @inline
  at(v: v128): v128 {
    return this.sin(v, 0)
  }
}

/** A quarter turn ahead of the sine. */
@unmanaged
export class CosOf32 extends Trig32 {
  @inline
  prepare(): void {
    this.prepareTrig()
  }

  @inline
  at(v: v128): v128 {
    return this.sin(v, 1)
  }
}

/** 1/(1 + e⁻ˣ) */
@unmanaged
export class SigmoidOf32 extends Exp32 {
  @inline
  prepare(): void {
    this.prepareExp()
  }

  @inline
  at(v: v128): v128 {
    return this.sigmoid(v)
  }

  @inline
  sixteen(x: usize, y: usize): void {
    this.four(x, y, f32x4.splat(0), false, true, true)
  }
}

/**
 * log(1 + eˣ) = max(x, 0) + log(1 + z) with z = e^−|x|. As z is at most 1, 1 + z is 1 + f or 2·(1 + f) with f between −¼
 * and ½. The polynomial is a degree above that of `Log32`, since the error of z comes on top of its own.
 */
@unmanaged
export class SoftplusOf32 extends Exp32 {
  ln2: v128
  u0: v128
  u1: v128
  u2: v128
  u3: v128
  u4: v128
  u5: v128
  u6: v128
  u7: v128
  u8: v128

  @inline
  prepare(): void {
    this.prepareExp()
    this.ln2 = f32x4.splat(0.6931471805599453)
    this.u0 = f32x4.splat(-0.5)
    this.u1 = f32x4.splat(0.3333345353603363)
    this.u2 = f32x4.splat(-0.250000536441803)
    this.u3 = f32x4.splat(0.19990606606006622)
    this.u4 = f32x4.splat(-0.16647768020629883)
    this.u5 = f32x4.splat(0.14482057094573975)
    this.u6 = f32x4.splat(-0.13162219524383545)
    this.u7 = f32x4.splat(0.10448331385850906)
    this.u8 = f32x4.splat(-0.044909752905368805)
  }

  @inline
  at(v: v128): v128 {
    const z = this.below(v128.or(v, this.sign))
    // From one half on, z − 1 is exact.
    const large = f32x4.ge(z, this.half)
    const f = v128.bitselect(f32x4.mul(f32x4.sub(z, this.one), this.half), z, large)
    // Horner's order has the fewest instructions.
    let p = madd32(this.u8, f, this.u7)
    p = madd32(p, f, this.u6)
    p = madd32(p, f, this.u5)
    p = madd32(p, f, this.u4)
    p = madd32(p, f, this.u3)
    p = madd32(p, f, this.u2)
    p = madd32(p, f, this.u1)
    p = madd32(p, f, this.u0)
    const y = f32x4.add(v128.and(this.ln2, large), madd32(p, f32x4.mul(f, f), f))
    return f32x4.add(f32x4.pmax(v, f32x4.splat(0)), y)
  }
}

/** x, or alpha·(eˣ − 1) below zero. */
@unmanaged
export class EluOf32 extends Exp32 {
  alpha: v128

  @inline
  prepare(alpha: f64): void {
    this.prepareExp()
    this.alpha = f32x4.splat(f32(alpha))
  }

  @inline
  at(v: v128): v128 {
    return v128.bitselect(f32x4.mul(this.alpha, this.expm1Below(v)), v, f32x4.lt(v, f32x4.splat(0)))
  }
}

/** A polynomial up to 0.625, from there on 1 − 2/(e²ˣ + 1). */
@unmanaged
export class TanhOf32 extends Exp32 {
  border: v128
  two: v128
  t0: v128
  t1: v128
  t2: v128
  t3: v128
  t4: v128
  t5: v128

  @inline
  prepare(): void {
    this.prepareExp()
    this.border = f32x4.splat(0.625)
    this.two = f32x4.splat(2)
    this.t0 = f32x4.splat(-0.3333333134651184)
    this.t1 = f32x4.splat(0.13333195447921753)
    this.t2 = f32x4.splat(-0.053945377469062805)
    this.t3 = f32x4.splat(0.021692605689167976)
    this.t4 = f32x4.splat(-0.008156277239322662)
    this.t5 = f32x4.splat(0.0021227439865469933)
  }

  @inline
  at(v: v128): v128 {
    const a = v128.and(v, this.magnitude)
    const z = f32x4.mul(v, v)
    // In the order with the shortest chain of dependent steps: that is what takes time.
    const w = f32x4.mul(z, z)
    const high = madd32(madd32(this.t5, z, this.t4), w, madd32(this.t3, z, this.t2))
    const p = madd32(high, w, madd32(this.t1, z, this.t0))
    const near = madd32(f32x4.mul(p, z), a, a)
    const far = f32x4.sub(this.one, f32x4.div(this.two, f32x4.add(this.easy(f32x4.pmin(f32x4.add(a, a), this.mostEasy)), this.one)))
    return v128.bitselect(v, v128.bitselect(near, far, f32x4.lt(a, this.border)), this.sign)
  }
}

/** x + x·p(x²) up to 0.927, from there on 1 − e^q(x), which is 1 from 4 on. */
@unmanaged
export class ErfOf32 extends Exp32 {
  border: v128
  end: v128
  s0: v128
  s1: v128
  s2: v128
  s3: v128
  s4: v128
  s5: v128
  s6: v128
  q0: v128
  q1: v128
  q2: v128
  q3: v128
  q4: v128
  q5: v128
  q6: v128
  q7: v128
  q8: v128

  @inline
  prepare(): void {
    this.prepareExp()
    this.border = f32x4.splat(0.927)
    this.end = f32x4.splat(4)
    this.s0 = f32x4.splat(0.12837916612625122)
    this.s1 = f32x4.splat(-0.37612634897232056)
    this.s2 = f32x4.splat(0.11283691227436066)
    this.s3 = f32x4.splat(-0.026859119534492493)
    this.s4 = f32x4.splat(0.005200260318815708)
    this.s5 = f32x4.splat(-0.0008133209776133299)
    this.s6 = f32x4.splat(8.32746663945727e-5)
    this.q0 = f32x4.splat(0.0001604044809937477)
    this.q1 = f32x4.splat(-1.1294341087341309)
    this.q2 = f32x4.splat(-0.6335434913635254)
    this.q3 = f32x4.splat(-0.10801193863153458)
    this.q4 = f32x4.splat(0.024895193055272102)
    this.q5 = f32x4.splat(-0.0040534380823373795)
    this.q6 = f32x4.splat(0.000396687159081921)
    this.q7 = f32x4.splat(-1.4307735000329558e-5)
    this.q8 = f32x4.splat(-5.221621108830732e-7)
  }

  @inline
  at(v: v128): v128 {
    const z = f32x4.mul(v, v)
    // In the order with the shortest chain of dependent steps: that is what takes time.
    const w = f32x4.mul(z, z)
    const top = madd32(this.s6, w, madd32(this.s5, z, this.s4))
    const bottom = madd32(madd32(this.s3, z, this.s2), w, madd32(this.s1, z, this.s0))
    const s = madd32(top, f32x4.mul(w, w), bottom)
    const a = f32x4.pmin(v128.and(v, this.magnitude), this.end)
    const near = madd32(s, a, a)
    const a2 = f32x4.mul(a, a)
    const a4 = f32x4.mul(a2, a2)
    const low = madd32(madd32(this.q3, a, this.q2), a2, madd32(this.q1, a, this.q0))
    const middle = madd32(madd32(this.q7, a, this.q6), a2, madd32(this.q5, a, this.q4))
    const q = madd32(madd32(this.q8, a4, middle), a4, low)
    const far = f32x4.sub(this.one, this.easy(q))
    return v128.or(v128.bitselect(near, far, f32x4.lt(a, this.border)), v128.and(v, this.sign))
  }
}
