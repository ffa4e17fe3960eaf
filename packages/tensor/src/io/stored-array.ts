import { ArrayFileError } from './array-file-error.ts'
import type { ArrayData, Dtype } from './array-data.ts'
import { encode } from './codec.ts'
import { elementCount, layouts, shapeText, storedLength } from './layout.ts'
import { isOneOrder } from './transpose.ts'

/** An array as the bytes that a file holds for it: little-endian, in C order. */
export interface StoredArray<D extends Dtype = Dtype> {
  readonly dtype: D
  readonly shape: readonly number[]
  readonly bytes: Uint8Array
}

/** An array whose stored bytes are made or fetched when their turn comes, so that a file may exceed the memory. */
export interface LazyArray<D extends Dtype = Dtype> {
  readonly dtype: D
  readonly shape: readonly number[]
  /** The stored bytes (little-endian, in C order), whole or in pieces. */
  readonly load: () => Uint8Array | Promise<Uint8Array> | AsyncIterable<Uint8Array>
}

/** How many bytes an array of these sizes has in a file. `who` begins the error. */
export function checkShape(who: string, dtype: Dtype, shape: readonly number[]): { count: number; length: number } {
  if (!Array.isArray(shape)) throw new ArrayFileError('argument', `${who}: shape must be an array of sizes.`)
  const count = elementCount(shape)
  const length = count === undefined ? undefined : storedLength(dtype, count)
  if (count !== undefined && length !== undefined) return { count, length }
  const message =
    count === undefined
      ? `${who}: shape ${shapeText(shape)} must be whole numbers from 0 on with a product below 2⁵³.`
      : `${who}: ${count} values of ${dtype} are no whole number of bytes. Add or remove some.`
  throw new ArrayFileError('argument', message)
}

/** Checks an array's data against its dtype and shape. */
export function checkArray(who: string, array: ArrayData | StoredArray): void {
  const { dtype, shape } = array
  const { count, length } = checkShape(who, dtype, shape)
  if ('bytes' in array) return checkStored(who, array, length)
  const { bits } = layouts[dtype]
  const wanted = dtype === 'f16' || dtype === 'bf16' ? Float32Array : layouts[dtype].words
  if (!(array.data instanceof wanted)) {
    throw new ArrayFileError('argument', `${who}: data of dtype ${dtype} must be a ${wanted.name}.`)
  }
  const values = dtype === 'c64' || dtype === 'c128' ? 2 * count : bits < 8 ? length : count
  if (array.data.length !== values) {
    const message = `${who}: shape ${shapeText(shape)} of ${dtype} needs ${values} values, but data has ${array.data.length}. They must match.`
    throw new ArrayFileError('argument', message)
  }
  if (dtype === 'bool' && array.data.some((value) => value > 1)) {
    throw new ArrayFileError('argument', `${who}: data of dtype bool must be 0 or 1 everywhere. Or use dtype u8.`)
  }
  if (bits < 8 && isFortran(array)) {
    throw new ArrayFileError('argument', `${who}: values of ${dtype} are packed, and must be in C order.`)
  }
}

function checkStored(who: string, { dtype, shape, bytes }: StoredArray, length: number): void {
  if (bytes instanceof Uint8Array && bytes.length === length) return
  const got = bytes instanceof Uint8Array ? `${bytes.length}` : `a value of type ${typeof bytes}`
  const message = `${who}: shape ${shapeText(shape)} of ${dtype} is stored in ${length} bytes, but bytes has ${got}. They must match.`
  throw new ArrayFileError('argument', message)
}

/** The stored bytes of an array that was checked, in its own order; a view of its data where it can be. */
export function storedBytes(array: ArrayData | StoredArray): Uint8Array {
  return 'bytes' in array ? array.bytes : encode(array.dtype, array.data)
}

/** Whether the values lie in Fortran order, and it makes a difference. */
export function isFortran(array: ArrayData<Dtype | 'str'> | StoredArray): boolean {
  return 'order' in array && array.order === 'F' && !isOneOrder(array.shape)
}
