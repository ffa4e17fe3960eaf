// Functions of two values with broadcasting (see parts/pairs), comparisons, and the choice between two values.
import { storeSome } from './parts/map'
import { ModOf32, ModOf64 } from './parts/mod'
import { operand, pairs } from './parts/pairs'
import { Pow32 } from './parts/pow32'
import {
  Add,
  Div,
  Equal,
  Less,
  LessEqual,
  Maximum,
  Minimum,
  Mul,
  NotEqual,
  SquaredDifference,
  Sub,
} from './parts/short-pairs'

// How `pairs` runs a function, told apart by their sizes.
type Short = i8
type Long = i16
type Comparison = i32

@unmanaged
class PowOf32 extends Pow32 {
  @inline
  prepare(): void {
    this.preparePow()
  }

  @inline
  at(x: v128, y: v128): v128 {
    return this.pow(x, y)
  }
}

export function add_f32(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<Add<f32>, f32, Short>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function add_f64(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<Add<f64>, f64, Short>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function sub_f32(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<Sub<f32>, f32, Short>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function sub_f64(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<Sub<f64>, f64, Short>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function mul_f32(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<Mul<f32>, f32, Short>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function mul_f64(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<Mul<f64>, f64, Short>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function div_f32(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<Div<f32>, f32, Short>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function div_f64(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<Div<f64>, f64, Short>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function maximum_f32(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<Maximum<f32>, f32, Short>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function maximum_f64(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<Maximum<f64>, f64, Short>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function minimum_f32(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<Minimum<f32>, f32, Short>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function minimum_f64(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<Minimum<f64>, f64, Short>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function squaredDifference_f32(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<SquaredDifference<f32>, f32, Short>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function squaredDifference_f64(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<SquaredDifference<f64>, f64, Short>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function equal_f32(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<Equal<f32>, f32, Comparison>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function equal_f64(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<Equal<f64>, f64, Comparison>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function notEqual_f32(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<NotEqual<f32>, f32, Comparison>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function notEqual_f64(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<NotEqual<f64>, f64, Comparison>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function less_f32(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<Less<f32>, f32, Comparison>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function less_f64(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<Less<f64>, f64, Comparison>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function lessEqual_f32(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<LessEqual<f32>, f32, Comparison>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function lessEqual_f64(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<LessEqual<f64>, f64, Comparison>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function pow_f32(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<PowOf32, f32, Long>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function mod_f32(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<ModOf32, f32, Long>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

export function mod_f64(x: usize, y: usize, out: usize, layout: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  pairs<ModOf64, f64, Long>(x, y, out, layout, scratch + usize(thread) * stride, begin, end)
}

/** out = x where the byte of `condition` is not 0, else y; a step is 16, or 0 for a vector of one value repeated. */
// @ts-ignore: decorator
@inline
function select<T>(condition: usize, x: usize, xStep: usize, y: usize, yStep: usize, out: usize, n: i32): void {
  const lanes = 16 / <i32>sizeof<T>()
  for (; n > 0; n -= lanes) {
    let mask = i8x16.splat(0)
    if (sizeof<T>() === 4 && n >= 4) {
      mask = i16x8.extend_low_i8x16_u(v128.load32_zero(condition))
      mask = i32x4.ne(i32x4.extend_low_i16x8_u(mask), i32x4.splat(0))
    } else {
      mask = v128.replace_lane<T>(mask, 0, load<u8>(condition) as T)
      if (n > 1) mask = v128.replace_lane<T>(mask, 1, load<u8>(condition, 1) as T)
      if (sizeof<T>() === 4 && n > 2) mask = f32x4.replace_lane(mask, 2, load<u8>(condition, 2) as f32)
      mask = v128.ne<T>(mask, v128.splat<T>(0 as T))
    }
    storeSome<T>(out, n, v128.bitselect(operand<T>(x, xStep, n), operand<T>(y, yStep, n), mask))
    condition += usize(lanes)
    x += xStep
    y += yStep
    out += 16
  }
}

export function select_f32(condition: usize, x: usize, xStep: usize, y: usize, yStep: usize, out: usize, begin: i32, end: i32, thread: i32): void {
  const at = usize(begin)
  const p = x + (xStep === 0 ? 0 : at << 2)
  const q = y + (yStep === 0 ? 0 : at << 2)
  select<f32>(condition + at, p, xStep, q, yStep, out + (at << 2), end - begin)
}

export function select_f64(condition: usize, x: usize, xStep: usize, y: usize, yStep: usize, out: usize, begin: i32, end: i32, thread: i32): void {
  const at = usize(begin)
  const p = x + (xStep === 0 ? 0 : at << 3)
  const q = y + (yStep === 0 ? 0 : at << 3)
  select<f64>(condition + at, p, xStep, q, yStep, out + (at << 3), end - begin)
}
