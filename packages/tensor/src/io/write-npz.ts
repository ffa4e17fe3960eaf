import { ArrayFileError } from './array-file-error.ts'
import { collect, entriesOf, slices, type Named } from './chunks.ts'
import { crc32 } from './crc32.ts'
import { checkNpy, npyParts, type NpyArray } from './write-npy.ts'
import * as zip from './zip-format.ts'
import { zipDirectory, zipLocal, type WrittenEntry } from './zip-records.ts'
import { isWellFormed } from './well-formed.ts'

/** How to write an npz archive. */
export interface WriteNpzOptions {
  /** Compress the arrays, as `np.savez_compressed` does. Default: false, which is faster to write and to read. */
  compress?: boolean
  /** Ends the writing early. */
  signal?: AbortSignal
}

/**
 * An npz archive of named arrays, for NumPy's `np.load` or `openNpz`. The same arrays give the same archive.
 *
 * @example
 * ```ts
 * import { writeNpz } from '@lab/tensor/io'
 *
 * const x = { dtype: 'f64', shape: [1000], data: new Float64Array(1000) } as const
 * const archive = await writeNpz({ x, again: x })
 * archive.length // → 16458
 * ```
 */
export async function writeNpz(
  arrays: Named<NpyArray>,
  options: WriteNpzOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  return collect('writeNpz', npzPieces('writeNpz', arrays, options))
}

/**
 * The same archive in pieces, to be written one after the other. Arrays that are not compressed are not copied; of a
 * compressed one, the packed bytes are held until it is whole.
 *
 * @example
 * ```ts
 * import { npzChunks } from '@lab/tensor/io'
 *
 * const x = { dtype: 'u8', shape: [5], data: new Uint8Array(5) } as const
 * let length = 0
 * for await (const chunk of npzChunks({ x })) length += chunk.length
 * length // → 241
 * ```
 */
export function npzChunks(arrays: Named<NpyArray>, options: WriteNpzOptions = {}): AsyncIterable<Uint8Array> {
  return npzPieces('npzChunks', arrays, options)
}

async function* npzPieces(
  who: string,
  arrays: Named<NpyArray>,
  { compress = false, signal }: WriteNpzOptions,
): AsyncGenerator<Uint8Array> {
  const members = checkedMembers(who, arrays)
  const written: WrittenEntry[] = []
  let offset = 0
  for (const { name, parts } of members) {
    signal?.throwIfAborted()
    const content = parts()
    const body = compress ? await deflated(content, signal) : content
    const entry = {
      name,
      method: compress ? zip.DEFLATED : zip.STORED,
      crc: content.reduce((sum, part) => crc32(part, sum), 0),
      packed: lengthOf(body),
      size: lengthOf(content),
      offset,
    }
    const header = zipLocal(entry)
    yield header
    for (const chunk of slices(body)) {
      signal?.throwIfAborted()
      yield chunk
    }
    written.push(entry)
    offset += header.length + entry.packed
  }
  yield zipDirectory(written, offset)
}

interface Member {
  readonly name: Uint8Array
  /** The npy file, made when its turn comes. */
  readonly parts: () => readonly Uint8Array[]
}

/** Everything is checked before the first byte is written. */
function checkedMembers(who: string, arrays: Named<NpyArray>): Member[] {
  const names = new Set<string>()
  return entriesOf(arrays).map(([name, array]) => {
    const label = `${who}: array ${JSON.stringify(name)}`
    const encoded = new TextEncoder().encode(`${name}.npy`)
    if (names.has(name)) throw new ArrayFileError('argument', `${label} is given twice. Every name must be another.`)
    if (name === '' || !isWellFormed(name) || name.includes('\0') || encoded.length > zip.ALL_ONES_16) {
      const message = `${label}: this cannot be the name of a file in an archive. Choose a shorter or plainer one.`
      throw new ArrayFileError('argument', message)
    }
    names.add(name)
    checkNpy(label, array)
    return { name: encoded, parts: () => npyParts(array) }
  })
}

const lengthOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, part) => sum + part.length, 0)

async function deflated(parts: readonly Uint8Array[], signal: AbortSignal | undefined): Promise<Uint8Array[]> {
  const pieces = slices(parts)
  const plain = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const { done, value } = pieces.next()
      // A copy, as a stream may keep what it is given longer than its owner leaves it alone.
      if (done) controller.close()
      else controller.enqueue(Uint8Array.from(value))
    },
  })
  const packed: Uint8Array[] = []
  const reader = plain.pipeThrough(new CompressionStream('deflate-raw'), signal ? { signal } : {}).getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) packed.push(next.value)
  return packed
}
