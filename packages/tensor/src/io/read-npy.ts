import { ArrayFileError } from './array-file-error.ts'
import type { ArrayData, ArrayTypes, NpyDtype } from './array-data.ts'
import { decode, swapBytes } from './codec.ts'
import { decodeStrings } from './fixed-strings.ts'
import { shapeText } from './layout.ts'
import { readNpyHeader, type NpyHeader } from './npy-header.ts'
import { openReader } from './open-reader.ts'
import type { Reader } from './reader.ts'
import type { ByteSource } from './source.ts'
import { fromFortranOrder, isOneOrder } from './transpose.ts'

/** How to read one array. */
export interface ReadArrayOptions<D extends NpyDtype | 'str' = NpyDtype> {
  /**
   * What the file must hold: the result has this type, and anything else is refused. Left out, any number type is read.
   * NumPy's strings of one width (`U`, and `S` as UTF-8) are read only where `'str'` is asked for.
   */
  dtype?: D
  /** Leave a Fortran-ordered array as it lies, with `order: 'F'`, instead of putting it into C order. Default: false. */
  keepOrder?: boolean
  /** Ends the reading early. */
  signal?: AbortSignal
}

/** How to read an npy file. */
export interface ReadNpyOptions<D extends NpyDtype | 'str' = NpyDtype> extends ReadArrayOptions<D> {
  /** Accept a file that goes on behind the array, as files of several do, and read the first. Default: false. */
  allowTrailing?: boolean
}

/**
 * Reads an array from an npy file (NumPy's `np.load`).
 *
 * From bytes in memory the values are a view of them, without a copy, where the machine can have it so: in C order,
 * little-endian, and at a place that suits the type, as NumPy writes them.
 *
 * @example
 * ```ts
 * import { readNpy, writeNpy } from '@lab/tensor/io'
 *
 * const file = writeNpy({ dtype: 'f64', shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) })
 * const { shape, data } = await readNpy(file, { dtype: 'f64' })
 * shape // → [ 2, 2 ]
 * data // → Float64Array [ 1, 2, 3, 4 ]
 * ```
 */
export async function readNpy<D extends NpyDtype | 'str' = NpyDtype>(
  source: ByteSource,
  options: ReadNpyOptions<D> = {},
): Promise<ArrayData<D>> {
  const reader = openReader('readNpy', source, options.signal)
  try {
    return await readArray('readNpy', reader, options)
  } finally {
    await reader.close()
  }
}

/** Reads the array that a reader's bytes are. */
export async function readArray<D extends NpyDtype | 'str'>(
  who: string,
  reader: Reader,
  { dtype, keepOrder = false, allowTrailing = false }: ReadNpyOptions<D>,
): Promise<ArrayData<D>> {
  const header = await readNpyHeader(who, reader)
  checkDtype(who, header, dtype)
  const { item, shape, start, length, fortranOrder } = header
  const claim = `shape ${shapeText(shape)} of ${item.text}, ${length} bytes`
  if (reader.size !== undefined && start + length > reader.size) {
    const message = `${who}: the header says ${claim}, but the file has ${reader.size - start} after it: it was cut off. Get it again.`
    throw new ArrayFileError('truncated', message)
  }
  const bytes = await reader.read(start, length, claim)
  if (!allowTrailing && (await reader.reaches(start + length))) {
    const message = `${who}: the header says ${claim}, but the file goes on behind them. If it holds several arrays, pass allowTrailing: true for the first; else get it again.`
    throw new ArrayFileError('damaged', message)
  }
  const swapped = item.bigEndian && item.word > 1 ? swapBytes(bytes, item.word) : bytes
  const keeps = fortranOrder && keepOrder && !isOneOrder(shape)
  const ordered = fortranOrder && !keeps ? fromFortranOrder(swapped, shape, item.length) : swapped
  const data = valuesOf(who, ordered, header)
  const array = { dtype: item.dtype, shape, data, ...(keeps ? { order: 'F' } : {}) }
  // The dtype was compared with what was asked for.
  return array as ArrayData<keyof ArrayTypes> as ArrayData<D>
}

function checkDtype(who: string, { item }: NpyHeader, wanted: string | undefined): void {
  if (item.dtype === wanted || (wanted === undefined && item.dtype !== 'str')) return
  const message =
    wanted === undefined
      ? `${who}: the file holds strings (${item.text}). Ask for them: { dtype: 'str' }.`
      : `${who}: the file holds ${item.dtype} (${item.text}), not ${wanted}. Ask for { dtype: '${item.dtype}' }, or for any number type by leaving dtype out.`
  throw new ArrayFileError('argument', message)
}

function valuesOf(who: string, bytes: Uint8Array, { item, shape }: NpyHeader): ArrayTypes[keyof ArrayTypes] {
  if (item.dtype !== 'str') return decode(item.dtype, bytes)
  const count = shape.reduce((product, size) => product * size, 1)
  return decodeStrings(who, bytes, { count, length: item.length, wide: item.word === 4 })
}
