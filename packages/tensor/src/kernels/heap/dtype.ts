/** The number types that kernel memory holds. */
export interface DTypeViews {
  f64: Float64Array<ArrayBufferLike>
  f32: Float32Array<ArrayBufferLike>
  i32: Int32Array<ArrayBufferLike>
  u32: Uint32Array<ArrayBufferLike>
  i16: Int16Array<ArrayBufferLike>
  u16: Uint16Array<ArrayBufferLike>
  i8: Int8Array<ArrayBufferLike>
  u8: Uint8Array<ArrayBufferLike>
}

/** `'f64'`, `'f32'`, `'i32'` … */
export type DType = keyof DTypeViews

/** The dtype that a type of typed array stands for: `DTypeOf<Float32Array>` is `'f32'`. */
export type DTypeOf<V> = { [D in DType]: V extends DTypeViews[D] ? D : never }[DType]

export const bytesOf: Readonly<Record<DType, number>> = { f64: 8, f32: 4, i32: 4, u32: 4, i16: 2, u16: 2, i8: 1, u8: 1 }

/** A typed array of the dtype over `length` values of `buffer`, starting at byte `ptr`. */
export function viewOf<D extends DType>(dtype: D, buffer: ArrayBufferLike, ptr: number, length: number): DTypeViews[D] {
  const view = makeView(dtype, buffer, ptr, length)
  // The switch below decides by the same dtype that the return type is looked up by, which the compiler cannot see.
  return view as DTypeViews[D]
}

function makeView(dtype: DType, buffer: ArrayBufferLike, ptr: number, length: number): DTypeViews[DType] {
  switch (dtype) {
    case 'f64':
      return new Float64Array(buffer, ptr, length)
    case 'f32':
      return new Float32Array(buffer, ptr, length)
    case 'i32':
      return new Int32Array(buffer, ptr, length)
    case 'u32':
      return new Uint32Array(buffer, ptr, length)
    case 'i16':
      return new Int16Array(buffer, ptr, length)
    case 'u16':
      return new Uint16Array(buffer, ptr, length)
    case 'i8':
      return new Int8Array(buffer, ptr, length)
    case 'u8':
      return new Uint8Array(buffer, ptr, length)
  }
}

/** The dtype whose view has this typed array's type. */
export function dtypeOf<V extends DTypeViews[DType]>(values: V): DTypeOf<V> {
  // The names below stand for the same classes as in DTypeViews, which the compiler cannot see.
  return nameOf(values) as DTypeOf<V>
}

function nameOf(values: DTypeViews[DType]): DType {
  if (values instanceof Float64Array) return 'f64'
  if (values instanceof Float32Array) return 'f32'
  if (values instanceof Int32Array) return 'i32'
  if (values instanceof Uint32Array) return 'u32'
  if (values instanceof Int16Array) return 'i16'
  if (values instanceof Uint16Array) return 'u16'
  if (values instanceof Int8Array) return 'i8'
  return 'u8'
}
