// 16-bit floats and their numbers, by their bits: so that NaN keeps its payload and what was read is written back.

const EXPONENT_32 = 0x7f800000

/** IEEE half precision to the same number in single precision. */
export function floatsFromHalf(bits: Uint16Array): Float32Array {
  const out = new Uint32Array(bits.length)
  for (let i = 0; i < bits.length; i++) out[i] = fromHalf(bits[i]!)
  return new Float32Array(out.buffer)
}

function fromHalf(half: number): number {
  const sign = (half & 0x8000) << 16
  const exponent = (half >>> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0x1f) return sign | EXPONENT_32 | (fraction << 13)
  if (exponent !== 0) return sign | ((exponent + 112) << 23) | (fraction << 13)
  if (fraction === 0) return sign
  // A subnormal half is a normal single: move its first bit to where single precision leaves it out.
  const shift = Math.clz32(fraction) - 21
  return sign | ((113 - shift) << 23) | ((fraction << (shift + 13)) & 0x7fffff)
}

/** Single precision to the nearest half, ties to the even one. */
export function halfFromFloats(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const out = new Uint16Array(bits.length)
  for (let i = 0; i < bits.length; i++) out[i] = toHalf(bits[i]!)
  return out
}

function toHalf(single: number): number {
  const sign = (single >>> 16) & 0x8000
  const magnitude = single & 0x7fffffff
  if (magnitude > EXPONENT_32) return sign | 0x7c00 | nanPayload((magnitude >>> 13) & 0x3ff, 0x200)
  // From half way between the largest half and the next power of two on, the nearest is infinity.
  if (magnitude >= 0x477ff000) return sign | 0x7c00
  if (magnitude >= 0x38800000) return sign | roundShift(magnitude - 0x38000000, 13)
  // Below a half of the smallest subnormal (or on it, a tie with 0) nothing is left.
  if (magnitude <= 0x33000000) return sign
  const fraction = (magnitude & 0x7fffff) | 0x800000
  return sign | roundShift(fraction, 126 - (magnitude >>> 23))
}

/** `value >>> shift` to the nearest, ties to even. A carry runs into the exponent, where it belongs. */
function roundShift(value: number, shift: number): number {
  const odd = (value >>> shift) & 1
  return (value + (1 << (shift - 1)) - 1 + odd) >>> shift
}

/** A NaN whose payload is cut off entirely would read as infinity. */
function nanPayload(kept: number, quiet: number): number {
  return kept === 0 ? quiet : kept
}

/** bfloat16 to the same number in single precision, of which it is the upper half. */
export function floatsFromBfloat(bits: Uint16Array): Float32Array {
  const out = new Uint32Array(bits.length)
  for (let i = 0; i < bits.length; i++) out[i] = bits[i]! << 16
  return new Float32Array(out.buffer)
}

/** Single precision to the nearest bfloat16, ties to the even one. */
export function bfloatFromFloats(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const out = new Uint16Array(bits.length)
  for (let i = 0; i < bits.length; i++) out[i] = toBfloat(bits[i]!)
  return out
}

function toBfloat(single: number): number {
  const sign = (single >>> 16) & 0x8000
  const magnitude = single & 0x7fffffff
  if (magnitude > EXPONENT_32) return sign | 0x7f80 | nanPayload((magnitude >>> 16) & 0x7f, 0x40)
  return sign | roundShift(magnitude, 16)
}
