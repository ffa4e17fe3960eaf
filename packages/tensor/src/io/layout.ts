import type { Dtype } from './array-data.ts'

/** What can view stored bytes as words. Every engine this runs on is little-endian, as the files are by default. */
export type Words =
  | typeof Float64Array
  | typeof Float32Array
  | typeof BigInt64Array
  | typeof Int32Array
  | typeof Int16Array
  | typeof Int8Array
  | typeof BigUint64Array
  | typeof Uint32Array
  | typeof Uint16Array
  | typeof Uint8Array

interface Layout {
  /** Of one element in the file. */
  readonly bits: number
  /** The array over the stored bytes; for complex numbers its words are their parts. */
  readonly words: Words
}

/** How each dtype lies in a file. */
export const layouts: Readonly<Record<Dtype, Layout>> = {
  f64: { bits: 64, words: Float64Array },
  f32: { bits: 32, words: Float32Array },
  f16: { bits: 16, words: Uint16Array },
  bf16: { bits: 16, words: Uint16Array },
  i64: { bits: 64, words: BigInt64Array },
  i32: { bits: 32, words: Int32Array },
  i16: { bits: 16, words: Int16Array },
  i8: { bits: 8, words: Int8Array },
  u64: { bits: 64, words: BigUint64Array },
  u32: { bits: 32, words: Uint32Array },
  u16: { bits: 16, words: Uint16Array },
  u8: { bits: 8, words: Uint8Array },
  bool: { bits: 8, words: Uint8Array },
  c64: { bits: 64, words: Float32Array },
  c128: { bits: 128, words: Float64Array },
  f8_e4m3: { bits: 8, words: Uint8Array },
  f8_e5m2: { bits: 8, words: Uint8Array },
  f8_e8m0: { bits: 8, words: Uint8Array },
  f8_e4m3fnuz: { bits: 8, words: Uint8Array },
  f8_e5m2fnuz: { bits: 8, words: Uint8Array },
  f6_e2m3: { bits: 6, words: Uint8Array },
  f6_e3m2: { bits: 6, words: Uint8Array },
  f4: { bits: 4, words: Uint8Array },
}

/** The product of the sizes, or undefined where a size is not one or the product is more than a double counts. */
export function elementCount(shape: readonly number[]): number | undefined {
  let count = 1
  for (const size of shape) {
    if (!Number.isSafeInteger(size) || size < 0) return undefined
    count *= size
    if (!Number.isSafeInteger(count)) return undefined
  }
  return count
}

/** Bytes of so many elements in a file, or undefined where they are no whole number that a double counts. */
export function storedLength(dtype: Dtype, count: number): number | undefined {
  const { bits } = layouts[dtype]
  const length = bits < 8 ? (count / 8) * bits : count * (bits / 8)
  return Number.isSafeInteger(length) ? length : undefined
}

/** A shape as Python writes it: `(3,)`, `(3, 4)`. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
}
