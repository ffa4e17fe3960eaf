import { ArrayFileError } from './array-file-error.ts'
import type { ArrayData, NpyDtype } from './array-data.ts'
import { openReader } from './open-reader.ts'
import { sourceFailed, type Reader } from './reader.ts'
import { readArray, type ReadArrayOptions } from './read-npy.ts'
import type { ByteSource } from './source.ts'
import { readZipDirectory, type ZipEntry } from './zip-directory.ts'
import { openMember } from './zip-member.ts'

/** An npz archive of which the directory has been read. */
export interface NpzFile {
  /** The arrays' names, without `.npy`, in the order of the archive. */
  readonly names: readonly string[]
  /** One array, unpacked and checked now. With a `dtype` it has this type, and another is refused. */
  read<D extends NpyDtype | 'str' = NpyDtype>(name: string, options?: ReadArrayOptions<D>): Promise<ArrayData<D>>
  /** Every array of numbers, one after the other, in the order of the archive. Strings are refused: `read` them. */
  entries(options?: Omit<ReadArrayOptions, 'dtype'>): AsyncIterable<[name: string, array: ArrayData<NpyDtype>]>
}

/**
 * Opens an npz archive (NumPy's `np.savez`, `np.savez_compressed`): reads its directory, and each array when it is asked
 * for. As the directory stands at the end, a stream is first read to the end into memory.
 *
 * @example
 * ```ts
 * import { openNpz, writeNpz } from '@lab/tensor/io'
 *
 * const x = { dtype: 'u8', shape: [3], data: Uint8Array.of(1, 2, 3) } as const
 * const archive = await openNpz(await writeNpz({ x }, { compress: true }))
 * archive.names // → [ 'x' ]
 * const { data } = await archive.read('x')
 * data // → Uint8Array [ 1, 2, 3 ]
 * ```
 */
export async function openNpz(source: ByteSource, { signal }: { signal?: AbortSignal } = {}): Promise<NpzFile> {
  const whole = source instanceof ReadableStream ? await gather(source, signal) : source
  const reader = openReader('openNpz', whole, signal)
  const entries = await readZipDirectory('openNpz', reader, reader.size!)
  const arrays = namedArrays(entries)
  const read = <D extends NpyDtype | 'str'>(name: string, entry: ZipEntry, options: ReadArrayOptions<D>) =>
    readMember(reader, entry, name, { ...options, ...anySignal(signal, options.signal) })
  return {
    names: Array.from(arrays.keys()),
    read: async (name, options) => read(name, find(arrays, name), options ?? {}),
    async *entries(options) {
      for (const [name, entry] of arrays) yield [name, await read(name, entry, options ?? {})]
    },
  }
}

/** One signal for both: that of the archive and that of a read. */
function anySignal(...signals: (AbortSignal | undefined)[]): { signal?: AbortSignal } {
  const given = signals.filter((signal) => signal !== undefined)
  return given.length === 0 ? {} : { signal: AbortSignal.any(given) }
}

/** All that a stream gives. */
async function gather(stream: ReadableStream<Uint8Array>, signal: AbortSignal | undefined): Promise<ArrayBuffer> {
  try {
    const through = stream.pipeThrough(new TransformStream(), signal === undefined ? {} : { signal })
    return await new Response(through as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer()
  } catch (cause) {
    signal?.throwIfAborted()
    throw sourceFailed('openNpz', 'the archive', cause)
  }
}

/** Other files in the archive are not NumPy's business, nor ours. */
function namedArrays(entries: readonly ZipEntry[]): ReadonlyMap<string, ZipEntry> {
  const arrays = new Map<string, ZipEntry>()
  for (const entry of entries) {
    if (!entry.name.endsWith('.npy')) continue
    const name = entry.name.slice(0, -'.npy'.length)
    if (arrays.has(name)) {
      const message = `openNpz: the archive has ${JSON.stringify(name)} twice, so nobody knows which is meant. Save it again.`
      throw new ArrayFileError('damaged', message)
    }
    arrays.set(name, entry)
  }
  return arrays
}

function find(arrays: ReadonlyMap<string, ZipEntry>, name: string): ZipEntry {
  const entry = arrays.get(name)
  if (entry !== undefined) return entry
  const names = Array.from(arrays.keys()).join(', ')
  const message = `npz.read(${JSON.stringify(name)}): there is no such array. The archive has ${names === '' ? 'none' : names}.`
  throw new ArrayFileError('argument', message)
}

async function readMember<D extends NpyDtype | 'str'>(
  archive: Reader,
  entry: ZipEntry,
  name: string,
  options: ReadArrayOptions<D>,
): Promise<ArrayData<D>> {
  const who = `npz.read(${JSON.stringify(name)})`
  const { reader, finish } = await openMember(who, archive, entry, options.signal)
  try {
    const array = await readArray(who, reader, options)
    finish()
    return array
  } finally {
    await reader.close()
  }
}
