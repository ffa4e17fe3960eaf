import { ArrayFileError } from './array-file-error.ts'
import type { ArrayData, NpyDtype } from './array-data.ts'
import { concatenate, slices } from './chunks.ts'
import { checkStrings, encodeStrings } from './fixed-strings.ts'
import { elementCount, shapeText } from './layout.ts'
import { descrOf, isNpyDtype } from './npy-descr.ts'
import { npyHeader } from './npy-header.ts'
import { checkArray, isFortran, storedBytes, type StoredArray } from './stored-array.ts'

/** What an npy file can be made from. */
export type NpyArray = ArrayData<NpyDtype | 'str'> | StoredArray<NpyDtype>

/**
 * An npy file of an array, byte for byte what NumPy's `np.save` writes for the same one.
 *
 * @example
 * ```ts
 * import { writeNpy } from '@lab/tensor/io'
 *
 * const file = writeNpy({ dtype: 'i32', shape: [3], data: Int32Array.of(1, 2, 3) })
 * file.length // → 140
 * ```
 */
export function writeNpy(array: NpyArray): Uint8Array<ArrayBuffer> {
  checkNpy('writeNpy', array)
  return concatenate('writeNpy', npyParts(array))
}

/**
 * The same file in pieces, to be written one after the other: no copy of a large array is made. The pieces are views of
 * its data, so leave that alone until they are written.
 *
 * @example
 * ```ts
 * import { npyChunks } from '@lab/tensor/io'
 *
 * const chunks = [...npyChunks({ dtype: 'u8', shape: [2], data: Uint8Array.of(7, 8) })]
 * chunks.map((chunk) => chunk.length) // → [ 128, 2 ]
 * ```
 */
export function npyChunks(array: NpyArray): Iterable<Uint8Array> {
  checkNpy('npyChunks', array)
  return slices(npyParts(array))
}

/** NumPy's own limit. */
const AXES_AT_MOST = 64

/** Refuses what an npy file cannot hold. */
export function checkNpy(who: string, array: NpyArray): void {
  const { dtype, shape } = array
  if (Array.isArray(shape) && shape.length > AXES_AT_MOST) {
    throw new ArrayFileError('argument', `${who}: ${shape.length} axes are more than the ${AXES_AT_MOST} NumPy reads.`)
  }
  if (dtype === 'str') return checkStringArray(who, array)
  if (isNpyDtype(dtype)) return checkArray(who, array)
  const message = `${who}: an npy file cannot hold dtype ${String(dtype)}. Write safetensors, or another dtype.`
  throw new ArrayFileError('argument', message)
}

function checkStringArray(who: string, { shape, data }: ArrayData<'str'>): void {
  const count = Array.isArray(shape) ? elementCount(shape) : undefined
  if (count === undefined || !Array.isArray(data) || data.length !== count) {
    const sizes = Array.isArray(shape) ? shapeText(shape) : String(shape)
    const message = `${who}: shape ${sizes} of str needs as many strings in data. They must match.`
    throw new ArrayFileError('argument', message)
  }
  checkStrings(who, data)
}

/** The header and the values of an array that was checked. */
export function npyParts(array: NpyArray): [header: Uint8Array, values: Uint8Array] {
  const { shape } = array
  if (array.dtype !== 'str') {
    return [npyHeader(descrOf(array.dtype), shape, isFortran(array)), storedBytes(array)]
  }
  const { bytes, width } = encodeStrings(array.data)
  return [npyHeader(`<U${width}`, shape, isFortran(array)), bytes]
}
