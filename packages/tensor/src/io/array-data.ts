/**
 * Which array holds the values of each dtype.
 *
 * `f16` and `bf16` come as the numbers they are, in a Float32Array, and go back to their 16 bits when written: exactly
 * for values that were read, to the nearest otherwise. `c64` and `c128` alternate real and imaginary parts. `bool` is 0
 * or 1. The eight-bit floats are one byte each and the smaller ones are packed, both as the file has them.
 */
export interface ArrayTypes {
  f64: Float64Array
  f32: Float32Array
  f16: Float32Array
  bf16: Float32Array
  i64: BigInt64Array
  i32: Int32Array
  i16: Int16Array
  i8: Int8Array
  u64: BigUint64Array
  u32: Uint32Array
  u16: Uint16Array
  u8: Uint8Array
  bool: Uint8Array
  c64: Float32Array
  c128: Float64Array
  f8_e4m3: Uint8Array
  f8_e5m2: Uint8Array
  f8_e8m0: Uint8Array
  f8_e4m3fnuz: Uint8Array
  f8_e5m2fnuz: Uint8Array
  f6_e2m3: Uint8Array
  f6_e3m2: Uint8Array
  f4: Uint8Array
  str: readonly string[]
}

/** The name of a number type. */
export type Dtype = Exclude<keyof ArrayTypes, 'str'>

/** The number types that an npy file can hold. */
export type NpyDtype =
  'f64' | 'f32' | 'f16' | 'i64' | 'i32' | 'i16' | 'i8' | 'u64' | 'u32' | 'u16' | 'u8' | 'bool' | 'c64' | 'c128'

/** The number types that a safetensors file can hold. */
export type SafetensorsDtype = Exclude<Dtype, 'c128'>

/** An array as plain data: `dtype` tells the type of `data`, so that checking the one narrows the other. */
export type ArrayData<D extends keyof ArrayTypes = Dtype> = {
  [K in D]: {
    readonly dtype: K
    readonly shape: readonly number[]
    readonly data: ArrayTypes[K]
    /** How the values lie: rows one after the other (`C`, when left out) or columns (`F`). */
    readonly order?: 'C' | 'F'
  }
}[D]

/** A tensor's type and sizes. */
export interface TensorInfo {
  readonly dtype: SafetensorsDtype
  readonly shape: readonly number[]
}
