import { ArrayFileError } from './array-file-error.ts'
import type { ArrayData, SafetensorsDtype, TensorInfo } from './array-data.ts'
import { decode } from './codec.ts'
import { openReader } from './open-reader.ts'
import type { Reader } from './reader.ts'
import { goesOn, readSafetensorsHeader, type PlacedTensor } from './safetensors-header.ts'
import type { ByteSource } from './source.ts'

/** A safetensors file of which the header has been read. */
export interface SafetensorsFile {
  /** What the writer noted beside the tensors. */
  readonly metadata: ReadonlyMap<string, string>
  /** Every tensor's type and sizes, in the order of the file. */
  readonly tensors: ReadonlyMap<string, TensorInfo>
  /** One tensor. With a `dtype` it has this type, and another is refused. */
  read<D extends SafetensorsDtype = SafetensorsDtype>(name: string, options?: { dtype?: D }): Promise<ArrayData<D>>
  /** A tensor's bytes as they are stored, little-endian: for what is to be decoded elsewhere, or copied. */
  readBytes(name: string): Promise<Uint8Array>
  /** Every tensor, one after the other, in the order of the file: the only way through a stream. */
  entries(): AsyncIterable<[name: string, tensor: ArrayData<SafetensorsDtype>]>
  /** Ends a stream that is read no further. */
  close(): Promise<void>
}

/**
 * Opens a safetensors file: reads and checks its header, and each tensor when it is asked for. From bytes in memory
 * tensors are views of them where their place allows it; from a file only their own bytes are read; a stream gives them
 * in the order in which they come.
 *
 * @example
 * ```ts
 * import { openSafetensors, writeSafetensors } from '@lab/tensor/io'
 *
 * const weights = { dtype: 'f32', shape: [2], data: Float32Array.of(0.5, 2) } as const
 * const file = await openSafetensors(writeSafetensors({ weights }, { metadata: { epoch: '3' } }))
 * file.metadata.get('epoch') // → '3'
 * file.tensors.get('weights')?.shape // → [ 2 ]
 * const { data } = await file.read('weights', { dtype: 'f32' })
 * data // → Float32Array [ 0.5, 2 ]
 * ```
 */
export async function openSafetensors(
  source: ByteSource,
  { signal }: { signal?: AbortSignal } = {},
): Promise<SafetensorsFile> {
  const reader = openReader('openSafetensors', source, signal)
  try {
    const { metadata, tensors, end } = await readSafetensorsHeader('openSafetensors', reader)
    const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]))
    return {
      metadata,
      tensors: new Map(tensors.map(({ name, dtype, shape }) => [name, { dtype, shape }])),
      read: async (name, options) => {
        const who = `safetensors.read(${JSON.stringify(name)})`
        const tensor = find(who, byName, name, options?.dtype)
        return readTensor(reader, tensor)
      },
      readBytes: async (name) => {
        const who = `safetensors.readBytes(${JSON.stringify(name)})`
        return readBytes(reader, find(who, byName, name, undefined))
      },
      entries: () => entries(reader, tensors, end),
      close: () => reader.close(),
    }
  } catch (error) {
    await reader.close()
    throw error
  }
}

function find(
  who: string,
  tensors: ReadonlyMap<string, PlacedTensor>,
  name: string,
  dtype: string | undefined,
): PlacedTensor {
  const tensor = tensors.get(name)
  if (tensor === undefined) {
    const names = Array.from(tensors.keys()).slice(0, 8).join(', ')
    const some = tensors.size > 8 ? 'among others ' : ''
    const message = `${who}: there is no such tensor. The file has ${names === '' ? 'none' : `${some}${names}`}.`
    throw new ArrayFileError('argument', message)
  }
  if (dtype === undefined || dtype === tensor.dtype) return tensor
  const message = `${who}: the tensor is ${tensor.dtype}, not ${dtype}. Ask for { dtype: '${tensor.dtype}' }, or for any by leaving dtype out.`
  throw new ArrayFileError('argument', message)
}

function readBytes(reader: Reader, { name, start, end }: PlacedTensor): Promise<Uint8Array> {
  return reader.read(start, end - start, `tensor ${JSON.stringify(name)}`)
}

async function readTensor<D extends SafetensorsDtype>(reader: Reader, tensor: PlacedTensor): Promise<ArrayData<D>> {
  const { dtype, shape } = tensor
  const data = decode(dtype, await readBytes(reader, tensor))
  // The dtype was compared with what was asked for.
  return { dtype, shape, data } as ArrayData<SafetensorsDtype> as ArrayData<D>
}

async function* entries(
  reader: Reader,
  tensors: readonly PlacedTensor[],
  end: number,
): AsyncGenerator<[string, ArrayData<SafetensorsDtype>]> {
  try {
    for (const tensor of tensors) yield [tensor.name, await readTensor(reader, tensor)]
    if (await reader.reaches(end)) throw new ArrayFileError('damaged', `safetensors.entries: ${goesOn(end)}.`)
  } finally {
    // A stream can be walked through once; whoever leaves early has no use for the rest.
    if (reader.size === undefined) await reader.close()
  }
}
