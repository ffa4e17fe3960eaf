import type { ArrayTypes, Dtype } from './array-data.ts'
import { bfloatFromFloats, floatsFromBfloat, floatsFromHalf, halfFromFloats } from './half.ts'
import { layouts } from './layout.ts'

/** The values in stored little-endian bytes: a view of them where their place allows it, else a copy. */
export function decode(dtype: Dtype, bytes: Uint8Array): ArrayTypes[Dtype] {
  const { words } = layouts[dtype]
  const placed = bytes.byteOffset % words.BYTES_PER_ELEMENT === 0 ? bytes : bytes.slice()
  const view = new words(placed.buffer as ArrayBuffer, placed.byteOffset, placed.byteLength / words.BYTES_PER_ELEMENT)
  if (dtype === 'f16') return floatsFromHalf(view as Uint16Array)
  if (dtype === 'bf16') return floatsFromBfloat(view as Uint16Array)
  if (dtype === 'bool') return asBooleans(view as Uint8Array)
  return view
}

/** To NumPy every byte but 0 is true; here true is 1. */
function asBooleans(bytes: Uint8Array): Uint8Array {
  return bytes.some((byte) => byte > 1) ? bytes.map((byte) => (byte === 0 ? 0 : 1)) : bytes
}

/** The values as stored little-endian bytes: a view of them, or the 16-bit floats made from them. */
export function encode(dtype: Dtype, data: ArrayTypes[Dtype]): Uint8Array {
  const stored =
    dtype === 'f16'
      ? halfFromFloats(data as Float32Array)
      : dtype === 'bf16'
        ? bfloatFromFloats(data as Float32Array)
        : data
  return new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength)
}

/** A copy with the bytes of each word the other way round. */
export function swapBytes(bytes: Uint8Array, wordLength: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes.length)
  for (let at = 0; at < bytes.length; at += wordLength) {
    for (let i = 0; i < wordLength; i++) out[at + i] = bytes[at + wordLength - 1 - i]!
  }
  return out
}
