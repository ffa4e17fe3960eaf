import { fma } from './fma.ts'
import { ratio, rootsOfTwo, toFixed } from './fixed-point.ts'

const PER_LN2 = 184.6649652337873
const LN2_HIGH = -0.005415212348111709
const LN2_LOW = -1.2864023111638346e-14
const C2 = 0.49999999999996786
const C3 = 0.16666666666665886
const C4 = 0.0416666808410674
const C5 = 0.008333335853059549
/** Adding and taking away 1.5·2⁵² rounds to a whole number. */
const SHIFT = 6755399441055744

const double = /* @__PURE__ */ new Float64Array(1)
const words = /* @__PURE__ */ new Uint32Array(double.buffer)
let table: Float64Array | undefined

/** 2^(i/128) as a double, and what that double lacks of it, relative to itself. */
function expTable(): Float64Array {
  return Float64Array.from(
    rootsOfTwo().flatMap((power) => {
      const value = ratio(power, toFixed(1))
      return [value, ratio(power - toFixed(value), toFixed(value))]
    }),
  )
}

/** eˣ, the same bits in every engine. */
export function exp(x: number): number {
  return expOfSum(x, 0)
}

/**
 * e^(high + low) for a `low` far smaller than `high`: x = (k/128) ln 2 + r, then a polynomial in r times 2^(k/128).
 * The steps are those of Arm's Optimized Routines and glibc with fused multiply-add, so that `pow` ends in its bits.
 */
export function expOfSum(high: number, low: number): number {
  if (Number.isNaN(high)) return NaN
  if (Math.abs(high) < 2 ** -54) return 1 + high
  if (high >= 1024) return Infinity
  if (high <= -1024) return 0
  table ??= expTable()
  const k = fma(high, PER_LN2, SHIFT) - SHIFT
  const r = fma(k, LN2_LOW, fma(k, LN2_HIGH, high)) + low
  const i = (k & 127) << 1
  const r2 = r * r
  const head = fma(fma(C3, r, C2), r2, r + table[i + 1]!)
  const correction = fma(fma(r, C5, C4), r2 * r2, head)
  const exponent = k >> 7
  if (high > -512 && high < 512) {
    const scale = table[i]! * powerOfTwo(exponent)
    return fma(correction, scale, scale)
  }
  if (high > 0) {
    const scale = table[i]! * powerOfTwo(exponent - 1009)
    return fma(correction, scale, scale) * powerOfTwo(1009)
  }
  return nearUnderflow(table[i]! * powerOfTwo(exponent + 1022), correction)
}

/** By its bits: the standard lets an engine approximate `**`. */
function powerOfTwo(exponent: number): number {
  words[1] = (exponent + 1023) << 20
  return double[0]!
}

/** The result times 2¹⁰²²; what is below the normal numbers must be rounded once, to the digits that are left there. */
function nearUnderflow(scale: number, correction: number): number {
  const y = scale + scale * correction
  if (y >= 1) return y * powerOfTwo(-1022)
  const rest = scale - y + scale * correction
  const sum = 1 + y
  return (sum + (1 - sum + y + rest) - 1) * powerOfTwo(-1022)
}
