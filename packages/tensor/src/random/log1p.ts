import { fma } from './fma.ts'

const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
// log(1 + f) = f - f²/2 + s (f²/2 + R(s²)), s = f / (2 + f): Sun's minimax coefficients of R.
const R1 = 0.6666666666666735
const R2 = 0.3999999999940942
const R3 = 0.2857142874366239
const R4 = 0.22222198432149784
const R5 = 0.1818357216161805
const R6 = 0.15313837699209373
const R7 = 0.14798198605116586
const TWO_THIRDS = 0.6666666666666666

const double = /* @__PURE__ */ new Float64Array(1)
const words = /* @__PURE__ */ new Uint32Array(double.buffer)

/**
 * log(1 + x) for -1 ≤ x: the same bits in every engine, and those of Sun's algorithm with fused multiply-add, which is
 * what NumPy finds in glibc. The tails of normal and exponential numbers are made with it.
 */
export function log1p(x: number): number {
  if (x === -1) return -Infinity
  const size = Math.abs(x)
  if (size < 2 ** -29) return size < 2 ** -54 ? x : fma(x * x, -0.5, x)
  // No reduction is needed where 1 + x lies between √½ and √2: the bounds are Sun's, which look at 32 bits only.
  if (x > -0.2928934097290039 && x < 0.4142136573791504) return reduced(x, 0, 0)
  const u = 1 + x
  double[0] = u
  const exponent = (words[1]! >>> 20) - 1023
  // What rounding 1 + x lost, relative to it.
  const lost = (exponent > 0 ? 1 - (u - x) : x - (u - 1)) / u
  const fraction = words[1]! & 0xfffff
  const above = fraction >= 0x6a09e
  words[1] = fraction | (above ? 0x3fe00000 : 0x3ff00000)
  const f = double[0] - 1
  const k = above ? exponent + 1 : exponent
  const tiny = above ? 0x100000 - fraction < 4 : fraction === 0
  return tiny ? nearPowerOfTwo(f, k, lost) : reduced(f, k, lost)
}

function reduced(f: number, k: number, lost: number): number {
  const half = 0.5 * f * f
  const s = f / (2 + f)
  const z = s * s
  const z2 = z * z
  const z4 = z2 * z2
  const start = fma(z, R1, z2 * fma(R3, z, R2))
  const series = fma(z2 * z4, fma(R7, z, R6), fma(z4, fma(R5, z, R4), start))
  const correction = (series + half) * s
  if (k === 0) return f - (half - correction)
  return fma(k, LN2_HIGH, -(half - (fma(k, LN2_LOW, lost) + correction) - f))
}

/** 1 + x = 2ᵏ (1 + f) with |f| below some 2⁻²⁰: two terms do. */
function nearPowerOfTwo(f: number, k: number, lost: number): number {
  const rest = fma(k, LN2_LOW, lost)
  if (f === 0) return fma(k, LN2_HIGH, rest)
  const square = fma(-TWO_THIRDS, f, 1) * (0.5 * f * f)
  return k === 0 ? f - square : fma(k, LN2_HIGH, -(square - rest - f))
}
