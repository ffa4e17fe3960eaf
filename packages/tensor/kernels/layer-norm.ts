// Layer normalization of rows: y = (x − mean)·rstd·gamma + beta, and its gradients. The statistics are double precision,
// in two passes, so a mean far from zero costs no digits. gamma and beta have one value per column.
import { loadSome, storeSome } from './parts/map'
import { sum64 } from './parts/simd'

/** Rows of a block of the gradient: their contributions to gamma and beta are added in single precision. */
const BLOCK: i32 = 32

// @ts-ignore: decorator
@inline
function high(v: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(v, v, 1, 1))
}

// @ts-ignore: decorator
@inline
function mean(x: usize, n: i32): f64 {
  let a = f64x2.splat(0)
  let b = a
  for (let left = n; left > 0; left -= 4) {
    const v = loadSome<f32>(x, left)
    a = f64x2.add(a, f64x2.promote_low_f32x4(v))
    b = f64x2.add(b, high(v))
    x += 16
  }
  return sum64(f64x2.add(a, b)) / f64(n)
}

// @ts-ignore: decorator
@inline
function variance(x: usize, n: i32, mean: f64): f64 {
  const centre = f64x2.splat(mean)
  let a = f64x2.splat(0)
  let b = a
  let left = n
  for (; left >= 4; left -= 4) {
    const v = v128.load(x)
    const low = f64x2.sub(f64x2.promote_low_f32x4(v), centre)
    const far = f64x2.sub(high(v), centre)
    a = f64x2.add(a, f64x2.mul(low, low))
    b = f64x2.add(b, f64x2.mul(far, far))
    x += 16
  }
  let sum = sum64(f64x2.add(a, b))
  for (; left > 0; left--) {
    const d = f64(load<f32>(x)) - mean
    sum += d * d
    x += 4
  }
  return sum / f64(n)
}

/** (x − mean)·rstd, the mean in two floats. */
// @ts-ignore: decorator
@inline
function normal(x: v128, mean: v128, rest: v128, rstd: v128): v128 {
  return f32x4.mul(f32x4.sub(f32x4.sub(x, mean), rest), rstd)
}

/** A piece is a row. gamma and beta may be 0, and count as ones and zeros then. */
export function layerNorm_f32(
  epsilon: f64,
  x: usize,
  gamma: usize,
  beta: usize,
  y: usize,
  means: usize,
  rstds: usize,
  cols: i32,
  begin: i32,
  end: i32,
  thread: i32,
): void {
  for (let row = begin; row < end; row++) {
    const first = (usize(row) * usize(cols)) << 2
    const m = mean(x + first, cols)
    const r = 1 / sqrt(variance(x + first, cols, m) + epsilon)
    store<f64>(means + (usize(row) << 3), m)
    store<f64>(rstds + (usize(row) << 3), r)
    const centre = f32x4.splat(f32(m))
    const rest = f32x4.splat(f32(m - f64(f32(m))))
    const rstd = f32x4.splat(f32(r))
    let at: usize = 0
    for (let left = cols; left > 0; left -= 4) {
      let v = normal(loadSome<f32>(x + first + at, left), centre, rest, rstd)
      if (gamma !== 0) v = f32x4.mul(v, loadSome<f32>(gamma + at, left))
      if (beta !== 0) v = f32x4.add(v, loadSome<f32>(beta + at, left))
      storeSome<f32>(y + first + at, left, v)
      at += 16
    }
  }
}

/**
 * A piece is a block of rows. dx = rstd·(g − mean(g) − x̂·mean(g·x̂)) with g = dy·gamma, and into row `block` of
 * `partials` (2·cols floats) the block's sums of dy·x̂ and of dy.
 */
export function layerNormGradient_f32(
  rows: i32,
  cols: i32,
  x: usize,
  dy: usize,
  gamma: usize,
  means: usize,
  rstds: usize,
  dx: usize,
  partials: usize,
  begin: i32,
  end: i32,
  thread: i32,
): void {
  const bytes = usize(cols) << 2
  for (let block = begin; block < end; block++) {
    const scales = partials + 2 * usize(block) * bytes
    const shifts = scales + bytes
    memory.fill(scales, 0, 2 * bytes)
    const last = min(rows, (block + 1) * BLOCK)
    for (let row = block * BLOCK; row < last; row++) {
      const first = usize(row) * bytes
      const m = load<f64>(means + (usize(row) << 3))
      const centre = f32x4.splat(f32(m))
      const rest = f32x4.splat(f32(m - f64(f32(m))))
      const rstd = f32x4.splat(f32(load<f64>(rstds + (usize(row) << 3))))
      let plain = f64x2.splat(0)
      let along = plain
      let at: usize = 0
      for (let left = cols; left > 0; left -= 4) {
        const d = loadSome<f32>(dy + first + at, left)
        const unit = normal(loadSome<f32>(x + first + at, left), centre, rest, rstd)
        const share = f32x4.mul(d, unit)
        storeSome<f32>(scales + at, left, f32x4.add(loadSome<f32>(scales + at, left), share))
        storeSome<f32>(shifts + at, left, f32x4.add(loadSome<f32>(shifts + at, left), d))
        let g = d
        let slope = share
        if (gamma !== 0) {
          const factor = loadSome<f32>(gamma + at, left)
          g = f32x4.mul(g, factor)
          slope = f32x4.mul(slope, factor)
        }
        plain = f64x2.add(plain, f64x2.add(f64x2.promote_low_f32x4(g), high(g)))
        along = f64x2.add(along, f64x2.add(f64x2.promote_low_f32x4(slope), high(slope)))
        at += 16
      }
      const level = f32x4.splat(f32(sum64(plain) / f64(cols)))
      const tilt = f32x4.splat(f32(sum64(along) / f64(cols)))
      at = 0
      for (let left = cols; left > 0; left -= 4) {
        let g = loadSome<f32>(dy + first + at, left)
        const unit = normal(loadSome<f32>(x + first + at, left), centre, rest, rstd)
        if (gamma !== 0) g = f32x4.mul(g, loadSome<f32>(gamma + at, left))
        const v = f32x4.sub(f32x4.sub(g, level), f32x4.mul(unit, tilt))
        storeSome<f32>(dx + first + at, left, f32x4.mul(v, rstd))
        at += 16
      }
    }
  }
}

/** The sums of the columns of `partials`, block after block, in double precision; a piece is a column. */
export function layerNormParameters_f32(
  blocks: i32,
  cols: i32,
  partials: usize,
  dGamma: usize,
  dBeta: usize,
  begin: i32,
  end: i32,
  thread: i32,
): void {
  const bytes = usize(cols) << 2
  for (let column = begin; column < end; column++) {
    let at = partials + (usize(column) << 2)
    let scale: f64 = 0
    let shift: f64 = 0
    for (let block = 0; block < blocks; block++) {
      scale += f64(load<f32>(at))
      shift += f64(load<f32>(at + bytes))
      at += 2 * bytes
    }
    store<f32>(dGamma + (usize(column) << 2), f32(scale))
    store<f32>(dBeta + (usize(column) << 2), f32(shift))
  }
}
