// Functions of one value: y = f(x), where y may be x. Each kernel writes its constants to its thread's scratch memory.
import {
  EluOf32,
  ErfOf32,
  CosOf32,
  Expm1Of32,
  ExpOf32,
  Log1pOf32,
  LogOf32,
  SigmoidOf32,
  SinOf32,
  SoftplusOf32,
  TanhOf32,
} from './parts/functions32'
import {
  EluOf64,
  Expm1Of64,
  ExpOf64,
  Log1pOf64,
  LogOf64,
  SigmoidOf64,
  SoftplusOf64,
  TanhOf64,
} from './parts/functions64'
import { GeluOf32 } from './parts/gelu32'
import { map, mapShort } from './parts/map'
import {
  Abs,
  Ceil,
  Clip,
  Floor,
  LeakyRelu,
  Neg,
  Reciprocal,
  Relu,
  Round,
  Rsqrt,
  Sign,
  Sqrt,
  Square,
} from './parts/short'

// @ts-ignore: decorator
@inline
function long<F, T>(x: usize, y: usize, k: usize, begin: i32, end: i32): void {
  const f = changetype<F>(k)
  f.prepare()
  map<F, T>(f, x, y, begin, end)
}

// @ts-ignore: decorator
@inline
function short<F, T>(x: usize, y: usize, begin: i32, end: i32): void {
  mapShort<F, T>(changetype<F>(0), x, y, begin, end)
}

/** Sixteen values at a time, then the rest. */
// @ts-ignore: decorator
@inline
function sixteens<F>(x: usize, y: usize, k: usize, begin: i32, end: i32): void {
  const f = changetype<F>(k)
  f.prepare()
  let p = x + (usize(begin) << 2)
  let q = y + (usize(begin) << 2)
  let left = end - begin
  for (; left >= 16; left -= 16) {
    f.sixteen(p, q)
    p += 64
    q += 64
  }
  map<F, f32>(f, p, q, 0, left)
}

export function exp_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  sixteens<ExpOf32>(x, y, scratch + usize(thread) * stride, begin, end)
}

export function exp_f64(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  long<ExpOf64, f64>(x, y, scratch + usize(thread) * stride, begin, end)
}

export function expm1_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  long<Expm1Of32, f32>(x, y, scratch + usize(thread) * stride, begin, end)
}

export function expm1_f64(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  long<Expm1Of64, f64>(x, y, scratch + usize(thread) * stride, begin, end)
}

export function log_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  sixteens<LogOf32>(x, y, scratch + usize(thread) * stride, begin, end)
}

export function log_f64(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  long<LogOf64, f64>(x, y, scratch + usize(thread) * stride, begin, end)
}

export function log1p_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  sixteens<Log1pOf32>(x, y, scratch + usize(thread) * stride, begin, end)
}

export function log1p_f64(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  long<Log1pOf64, f64>(x, y, scratch + usize(thread) * stride, begin, end)
}

export function tanh_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  long<TanhOf32, f32>(x, y, scratch + usize(thread) * stride, begin, end)
}

export function tanh_f64(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  long<TanhOf64, f64>(x, y, scratch + usize(thread) * stride, begin, end)
}

export function sigmoid_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  sixteens<SigmoidOf32>(x, y, scratch + usize(thread) * stride, begin, end)
}

export function sigmoid_f64(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  long<SigmoidOf64, f64>(x, y, scratch + usize(thread) * stride, begin, end)
}

export function softplus_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  long<SoftplusOf32, f32>(x, y, scratch + usize(thread) * stride, begin, end)
}

export function softplus_f64(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  long<SoftplusOf64, f64>(x, y, scratch + usize(thread) * stride, begin, end)
}

export function erf_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  long<ErfOf32, f32>(x, y, scratch + usize(thread) * stride, begin, end)
}

export function gelu_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  long<GeluOf32, f32>(x, y, scratch + usize(thread) * stride, begin, end)
}

export function sin_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  long<SinOf32, f32>(x, y, scratch + usize(thread) * stride, begin, end)
}

export function cos_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  long<CosOf32, f32>(x, y, scratch + usize(thread) * stride, begin, end)
}

export function elu_f32(alpha: f64, x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  const f = changetype<EluOf32>(scratch + usize(thread) * stride)
  f.prepare(alpha)
  map<EluOf32, f32>(f, x, y, begin, end)
}

export function elu_f64(alpha: f64, x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  const f = changetype<EluOf64>(scratch + usize(thread) * stride)
  f.prepare(alpha)
  map<EluOf64, f64>(f, x, y, begin, end)
}

export function clip_f32(low: f64, high: f64, x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  const f = changetype<Clip<f32>>(scratch + usize(thread) * stride)
  f.prepare(low, high)
  mapShort<Clip<f32>, f32>(f, x, y, begin, end)
}

export function leakyRelu_f32(alpha: f64, x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  const f = changetype<LeakyRelu<f32>>(scratch + usize(thread) * stride)
  f.prepare(alpha)
  mapShort<LeakyRelu<f32>, f32>(f, x, y, begin, end)
}

export function clip_f64(low: f64, high: f64, x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  const f = changetype<Clip<f64>>(scratch + usize(thread) * stride)
  f.prepare(low, high)
  mapShort<Clip<f64>, f64>(f, x, y, begin, end)
}

export function leakyRelu_f64(alpha: f64, x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  const f = changetype<LeakyRelu<f64>>(scratch + usize(thread) * stride)
  f.prepare(alpha)
  mapShort<LeakyRelu<f64>, f64>(f, x, y, begin, end)
}

export function abs_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Abs<f32>, f32>(x, y, begin, end)
}

export function abs_f64(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Abs<f64>, f64>(x, y, begin, end)
}

export function neg_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Neg<f32>, f32>(x, y, begin, end)
}

export function neg_f64(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Neg<f64>, f64>(x, y, begin, end)
}

export function square_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Square<f32>, f32>(x, y, begin, end)
}

export function square_f64(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Square<f64>, f64>(x, y, begin, end)
}

export function sqrt_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Sqrt<f32>, f32>(x, y, begin, end)
}

export function sqrt_f64(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Sqrt<f64>, f64>(x, y, begin, end)
}

export function rsqrt_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Rsqrt<f32>, f32>(x, y, begin, end)
}

export function rsqrt_f64(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Rsqrt<f64>, f64>(x, y, begin, end)
}

export function reciprocal_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Reciprocal<f32>, f32>(x, y, begin, end)
}

export function reciprocal_f64(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Reciprocal<f64>, f64>(x, y, begin, end)
}

export function floor_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Floor<f32>, f32>(x, y, begin, end)
}

export function floor_f64(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Floor<f64>, f64>(x, y, begin, end)
}

export function ceil_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Ceil<f32>, f32>(x, y, begin, end)
}

export function ceil_f64(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Ceil<f64>, f64>(x, y, begin, end)
}

export function round_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Round<f32>, f32>(x, y, begin, end)
}

export function round_f64(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Round<f64>, f64>(x, y, begin, end)
}

export function sign_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Sign<f32>, f32>(x, y, begin, end)
}

export function sign_f64(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Sign<f64>, f64>(x, y, begin, end)
}

export function relu_f32(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Relu<f32>, f32>(x, y, begin, end)
}

export function relu_f64(x: usize, y: usize, scratch: usize, stride: usize, begin: i32, end: i32, thread: i32): void {
  short<Relu<f64>, f64>(x, y, begin, end)
}
