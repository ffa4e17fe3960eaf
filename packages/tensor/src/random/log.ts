import { fma } from './fma.ts'
import { logTable } from './log-table.ts'

const LN2_HIGH = 0.6931471805598903
const LN2_LOW = 5.497923018708371e-14
// log(1 + r) = r + A0 r² + … for |r| < 2⁻⁸, and = r + B0 r² + … for -1/16 ≤ r < 0.0647: minimax coefficients.
const A0 = -0.5000000000000001
const A1 = 0.33333333331825593
const A2 = -0.2499999999622955
const A3 = 0.20000304511814496
const A4 = -0.16667054827627667
const B1 = 0.3333333333333352
const B2 = -0.24999999999998432
const B3 = 0.19999999999320328
const B4 = -0.16666666669929706
const B5 = 0.14285715076560868
const B6 = -0.12499997863982555
const B7 = 0.11110712032936046
const B8 = -0.10000486757818193
const B9 = 0.09181994006195467
const B10 = -0.08328363062289341
/** 2²⁷ + 1 splits a double into two halves of 26 bits. */
const SPLITTER = 134217729
/** 2⁻⁶⁸: without the fused steps the sum is off by less. */
const UNSURE = 3.4e-21

const double = /* @__PURE__ */ new Float64Array(1)
const words = /* @__PURE__ */ new Uint32Array(double.buffer)
let table: Float64Array | undefined

/**
 * The natural logarithm, the same bits in every engine, and the bits that NumPy gets from glibc (2.28 and later, on a
 * processor with fused multiply-add). Engines differ in the last bit of `Math.log`, and a legacy normal draw shows it.
 *
 * x = 2ᵏ z with z near a subinterval's centre c: log x = k ln 2 + log c + log1p(z/c - 1). The sum is done in plain
 * arithmetic with a bound on its error; only where that bound straddles a rounding boundary are the fused operations
 * of the original emulated one by one.
 */
export function log(x: number): number {
  if (x >= 0.9375 && x < 1.064697265625) return logNearOne(x)
  if (!(x >= 2.2250738585072014e-308 && x < Infinity)) return logUnusual(x)
  table ??= logTable()
  double[0] = x
  const offset = (words[1]! - 0x3fe60000) | 0
  const k = offset >> 20
  words[1] = words[1]! - (offset & 0xfff00000)
  const z = double[0]
  const i = ((offset >>> 13) & 127) << 2
  const reciprocal = table[i]!
  const upper = table[i + 1]!
  const lower = table[i + 2]!
  // r = z/c - 1 with a single rounding.
  const quotient = z * reciprocal
  const shifted = SPLITTER * z
  const zUpper = shifted - (shifted - z)
  const zLower = z - zUpper
  const r = quotient - 1 + (zLower * lower - (quotient - zUpper * upper - zLower * upper - zUpper * lower))
  const base = k * LN2_HIGH + table[i + 3]!
  const high = base + r
  const rest = base - high + r
  const r2 = r * r
  const low = rest + k * LN2_LOW + r2 * A0 + r * r2 * (A1 + r * A2 + r2 * (A3 + r * A4))
  const y = high + (low - UNSURE)
  if (y === high + (low + UNSURE)) return y
  const p = fma(fma(r, A4, A3), r2, fma(A2, r, A1))
  return fma(r * r2, p, fma(r2, A0, fma(k, LN2_LOW, rest))) + high
}

/** log(1 + r) for a small r: cancellation would ruin the general form, so r and r²/2 are kept in two parts. */
function logNearOne(x: number): number {
  const r = x - 1
  const r2 = r * r
  const r3 = r * r2
  const shifted = SPLITTER * r
  const upper = shifted - 134217728 * r
  const half = upper * upper * -0.5
  const high = r + half
  const low = r - high + half
  const cross = -0.5 * (r - upper) * (r + upper)
  const q1 = B1 + r * B2 + r2 * B3
  const q2 = B4 + r * B5 + r2 * B6
  const q3 = B7 + r * B8 + r2 * B9 + r3 * B10
  const sum = low + cross + r3 * (q1 + r3 * (q2 + r3 * q3))
  const bound = Math.abs(r3) * 8.9e-16 + r2 * 3.3e-24
  const y = high + (sum - bound)
  if (y === high + (sum + bound)) return y
  const p1 = fma(r2, B3, fma(B2, r, B1))
  const p2 = fma(r2, B6, fma(B5, r, B4))
  const p3 = fma(r3, B10, fma(r2, B9, fma(B8, r, B7)))
  const p = fma(fma(p3, r3, p2), r3, p1)
  return high + fma(p, r3, fma(-0.5 * (r - upper), r + upper, low))
}

/** Zero, negative, infinite, not a number, and what is too small to be normal (which no distribution here asks for). */
function logUnusual(x: number): number {
  if (x === 0) return -Infinity
  if (!(x > 0)) return NaN
  return x === Infinity ? x : log(x * 2 ** 52) - 52 * Math.LN2
}
