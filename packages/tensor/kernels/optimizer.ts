// One pass over a parameter and what its optimizer remembers of it.
import { loadSome, storeSome } from './parts/map'

/**
 * m = beta1·m + (1 − beta1)·g, v = beta2·v + (1 − beta2)·g², p = keep·p − rate·m / (√v·root + epsilon): the caller puts
 * the corrections for the first steps into `rate` and `root`, and the weight decay into `keep`.
 */
// @ts-ignore: decorator
@inline
function adam<T>(
  beta1: f64,
  beta2: f64,
  rate: f64,
  root: f64,
  epsilon: f64,
  keep: f64,
  p: usize,
  g: usize,
  m: usize,
  v: usize,
  n: i32,
): void {
  const lanes = 16 / <i32>sizeof<T>()
  const b1 = v128.splat<T>(beta1 as T)
  const c1 = v128.splat<T>((1 - beta1) as T)
  const b2 = v128.splat<T>(beta2 as T)
  const c2 = v128.splat<T>((1 - beta2) as T)
  const step = v128.splat<T>(rate as T)
  const scale = v128.splat<T>(root as T)
  const least = v128.splat<T>(epsilon as T)
  const rest = v128.splat<T>(keep as T)
  for (; n > 0; n -= lanes) {
    const slope = loadSome<T>(g, n)
    const mean = v128.add<T>(v128.mul<T>(b1, loadSome<T>(m, n)), v128.mul<T>(c1, slope))
    const square = v128.add<T>(v128.mul<T>(b2, loadSome<T>(v, n)), v128.mul<T>(v128.mul<T>(c2, slope), slope))
    const size = v128.add<T>(v128.mul<T>(v128.sqrt<T>(square), scale), least)
    const move = v128.div<T>(v128.mul<T>(step, mean), size)
    storeSome<T>(m, n, mean)
    storeSome<T>(v, n, square)
    storeSome<T>(p, n, v128.sub<T>(v128.mul<T>(loadSome<T>(p, n), rest), move))
    p += 16
    g += 16
    m += 16
    v += 16
  }
}

/** g' = g + decay·p, velocity = momentum·velocity + g', p −= rate·(velocity, or g' + momentum·velocity). */
// @ts-ignore: decorator
@inline
function sgd<T>(
  rate: f64,
  momentum: f64,
  decay: f64,
  nesterov: i32,
  p: usize,
  g: usize,
  velocity: usize,
  n: i32,
): void {
  const lanes = 16 / <i32>sizeof<T>()
  const step = v128.splat<T>(rate as T)
  const keep = v128.splat<T>(momentum as T)
  const shrink = v128.splat<T>(decay as T)
  for (; n > 0; n -= lanes) {
    const old = loadSome<T>(p, n)
    const slope = v128.add<T>(loadSome<T>(g, n), v128.mul<T>(shrink, old))
    let move = slope
    if (velocity !== 0) {
      const speed = v128.add<T>(v128.mul<T>(keep, loadSome<T>(velocity, n)), slope)
      storeSome<T>(velocity, n, speed)
      move = nesterov ? v128.add<T>(slope, v128.mul<T>(keep, speed)) : speed
      velocity += 16
    }
    storeSome<T>(p, n, v128.sub<T>(old, v128.mul<T>(step, move)))
    p += 16
    g += 16
  }
}

export function adam_f32(beta1: f64, beta2: f64, rate: f64, root: f64, epsilon: f64, keep: f64, p: usize, g: usize, m: usize, v: usize, begin: i32, end: i32, thread: i32): void {
  const at = usize(begin) << 2
  adam<f32>(beta1, beta2, rate, root, epsilon, keep, p + at, g + at, m + at, v + at, end - begin)
}

export function sgd_f32(rate: f64, momentum: f64, decay: f64, nesterov: i32, p: usize, g: usize, velocity: usize, begin: i32, end: i32, thread: i32): void {
  const at = usize(begin) << 2
  sgd<f32>(rate, momentum, decay, nesterov, p + at, g + at, velocity === 0 ? 0 : velocity + at, end - begin)
}

export function adam_f64(beta1: f64, beta2: f64, rate: f64, root: f64, epsilon: f64, keep: f64, p: usize, g: usize, m: usize, v: usize, begin: i32, end: i32, thread: i32): void {
  const at = usize(begin) << 3
  adam<f64>(beta1, beta2, rate, root, epsilon, keep, p + at, g + at, m + at, v + at, end - begin)
}

export function sgd_f64(rate: f64, momentum: f64, decay: f64, nesterov: i32, p: usize, g: usize, velocity: usize, begin: i32, end: i32, thread: i32): void {
  const at = usize(begin) << 3
  sgd<f64>(rate, momentum, decay, nesterov, p + at, g + at, velocity === 0 ? 0 : velocity + at, end - begin)
}
