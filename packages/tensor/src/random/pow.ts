import { expOfSum, expOfSumIfClear } from './exp.ts'
import { fma, lostBy } from './fma.ts'
import { logOfRatio, ratio, toFixed } from './fixed-point.ts'

const LN2_HIGH = 0.6931471805598903
const LN2_LOW = 5.497923018708371e-14
// log(1 + r) = r + A0 r² + …, each coefficient after the first scaled by a power of A0: minimax coefficients.
const A0 = -0.5
const A1 = -0.6666666666666679
const A2 = 0.5000000000000007
const A3 = 0.7999999995323976
const A4 = -0.6666666663487739
const A5 = -1.142909628459501
const A6 = 1.0000415263675542

const double = /* @__PURE__ */ new Float64Array(1)
const words = /* @__PURE__ */ new Uint32Array(double.buffer)
/** 2²⁷ + 1 splits a double into two halves. */
const SPLITTER = 134217729
let table: Float64Array | undefined

/** Per subinterval: 1/c with few bits, log(c) to a multiple of 2⁻⁴³, and the rest of log(c). */
function powTable(): Float64Array {
  const result = new Float64Array(3 * 128)
  for (let i = 0; i < 128; i++) {
    words[0] = 0
    words[1] = 0x3fe69555 + (i << 13)
    const lowerEnd = double[0]!
    words[1] = 0x3fe69555 + ((i + 1) << 13)
    const centre = (lowerEnd + double[0]!) / 2
    // In 512ths: multiples of four below one, of two above, so that z/c - 1 keeps all its digits.
    const reciprocal = i <= 82 ? 4 * Math.round(128 / centre) : 2 * Math.round(256 / centre)
    const logarithm = logOfRatio(512, reciprocal)
    const rounded = Math.round(ratio(logarithm, toFixed(1)) * 2 ** 43) / 2 ** 43
    result.set([reciprocal / 512, rounded, ratio(logarithm - toFixed(rounded), toFixed(1))], 3 * i)
  }
  return result
}

/**
 * x to the power y for x ≥ 0 and y > 0: the same bits in every engine, and those that NumPy gets from glibc (2.28 and
 * later, with fused multiply-add). Gamma and beta draws with shapes below one are such powers.
 *
 * log(x) is built in two parts with some 68 bits between them, multiplied by y, and put through `expOfSum`.
 */
export function pow(x: number, y: number): number {
  if (x === 1) return 1
  if (x === 0 || (x < 1 && y > 2 ** 62)) return 0
  table ??= powTable()
  double[0] = x
  const offset = (words[1]! - 0x3fe69555) | 0
  const k = offset >> 20
  words[1] = words[1]! - (offset & 0xfff00000)
  const i = 3 * ((offset >>> 13) & 127)
  const z = double[0]
  const reciprocal = table[i]!
  // z/c - 1 with one rounding: the reciprocal has nine bits, so that both halves of z take it exactly.
  const shifted = SPLITTER * z
  const upperZ = shifted - (shifted - z)
  const r = upperZ * reciprocal - 1 + (z - upperZ) * reciprocal
  const base = k * LN2_HIGH + table[i + 1]!
  const sum = r + base
  const halfR = r * A0
  const square = r * halfR
  const high = sum + square
  const rest = base - sum + r
  const late = sum - high + square
  const quick = powIfClear(y, {
    high,
    low: k * LN2_LOW + table[i + 2]! + rest + lostBy(r, halfR, square) + late,
    r,
    square,
  })
  if (!Number.isNaN(quick)) return quick
  const low1 = fma(k, LN2_LOW, table[i + 2]!)
  const low3 = fma(r, halfR, -square)
  const p = fma(square, fma(fma(r, A6, A5), square, fma(A4, r, A3)), fma(A2, r, A1))
  const low = fma(r * square, p, low1 + rest + low3 + late)
  const logarithm = high + low
  const product = y * logarithm
  return expOfSum(product, fma(y, high - logarithm + low, fma(y, logarithm, -product)))
}

/** log(x) on its way: what is summed of it, in two parts, and what its polynomial is in. */
interface Parts {
  high: number
  low: number
  r: number
  square: number
}

/** The rest of the way in plain arithmetic, or NaN where that cannot tell the last bit. */
function powIfClear(y: number, { high, low, r, square }: Parts): number {
  const p = A1 + r * A2 + square * (A3 + r * A4 + square * (A5 + r * A6))
  const sum = low + r * square * p
  const logarithm = high + sum
  const product = y * logarithm
  if (!(Math.abs(product) < 64) || Math.abs(product) < 1e-6) return NaN
  return expOfSumIfClear(product, y * (high - logarithm + sum) + lostBy(y, logarithm, product))
}
