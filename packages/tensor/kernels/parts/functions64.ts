// Functions of two doubles in the shape that `map` wants: `prepare` writes the constants, `at` computes. None of these
// classes is extended: a method that something overrides would be called through a table.
import { Exp64 } from './exp64'
import { Log64 } from './log64'
import { madd64 } from './simd'

@unmanaged
export class ExpOf64 extends Exp64 {
  @inline
  prepare(): void {
    this.prepareExp()
  }

  @inline
  at(v: v128): v128 {
    return this.exp(v)
  }
}

@unmanaged
export class Expm1Of64 extends Exp64 {
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
export class LogOf64 extends Log64 {
  @inline
  prepare(): void {
    this.prepareLog()
  }

  @inline
  at(v: v128): v128 {
    return this.log(v)
  }
}

@unmanaged
export class Log1pOf64 extends Log64 {
  @inline
  prepare(): void {
    this.prepareLog()
  }

  @inline
  at(v: v128): v128 {
    return this.log1p(v)
  }
}

/** 1/(1 + e⁻ˣ), with an exponential that never overflows. */
@unmanaged
export class SigmoidOf64 extends Exp64 {
  @inline
  prepare(): void {
    this.prepareExp()
  }

  @inline
  at(v: v128): v128 {
    const z = this.exp(f64x2.neg(f64x2.abs(v)))
    const above = v128.bitselect(z, this.one, f64x2.lt(v, f64x2.splat(0)))
    return f64x2.div(above, f64x2.add(z, this.one))
  }
}

/** log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|) */
@unmanaged
export class SoftplusOf64 extends Exp64 {
  @inline
  logarithm(): Log64 {
    return changetype<Log64>(changetype<usize>(this) + offsetof<SoftplusOf64>())
  }

  @inline
  prepare(): void {
    this.prepareExp()
    this.logarithm().prepareLog()
  }

  @inline
  at(v: v128): v128 {
    const z = this.exp(f64x2.neg(f64x2.abs(v)))
    return f64x2.add(f64x2.pmax(v, f64x2.splat(0)), this.logarithm().log1p(z))
  }
}

/** x, or alpha·(eˣ − 1) below zero. */
@unmanaged
export class EluOf64 extends Exp64 {
  alpha: v128

  @inline
  prepare(alpha: f64): void {
    this.prepareExp()
    this.alpha = f64x2.splat(alpha)
  }

  @inline
  at(v: v128): v128 {
    return v128.bitselect(f64x2.mul(this.alpha, this.expm1(v)), v, f64x2.lt(v, f64x2.splat(0)))
  }
}

/** With e = e²ˣ − 1: e/(e + 2); from 1 on 1 − 2/(e + 2), below 1 with the smaller e⁻²ˣ − 1. */
@unmanaged
export class TanhOf64 extends Exp64 {
  sign: v128
  two: v128
  slope: v128

  @inline
  prepare(): void {
    this.prepareExp()
    this.sign = i64x2.splat(0x8000000000000000)
    this.two = f64x2.splat(2)
    this.slope = f64x2.splat(-0.44)
  }

  @inline
  at(v: v128): v128 {
    const a = f64x2.abs(v)
    const near = f64x2.lt(a, this.one)
    const doubled = f64x2.add(a, a)
    const e = this.expm1(v128.bitselect(f64x2.neg(doubled), doubled, near))
    const sum = f64x2.add(e, this.two)
    const ratio = f64x2.div(v128.bitselect(e, this.two, near), sum)
    // Below 1 the rounding of e + 2 matters: take ratio·rest/(e + 2) off, with a rough 1/(e + 2).
    const rest = f64x2.sub(e, f64x2.sub(sum, this.two))
    const inverse = madd64(e, this.slope, this.half)
    const mended = f64x2.sub(ratio, f64x2.mul(f64x2.mul(ratio, rest), inverse))
    return v128.bitselect(v, v128.bitselect(mended, f64x2.sub(this.one, ratio), near), this.sign)
  }
}
