import { ArrayFileError } from './array-file-error.ts'
import { cutOff, sourceFailed, type Reader } from './reader.ts'
import type { ByteSource, RandomAccess } from './source.ts'
import { streamReader } from './stream-reader.ts'

/** A reader of a source. `who` begins its errors; a `signal` ends a read that is under way. */
export function openReader(who: string, source: ByteSource, signal?: AbortSignal): Reader {
  return source instanceof ReadableStream
    ? streamReader(who, source, signal === undefined ? {} : { signal })
    : randomReader(who, randomAccess(who, source), signal)
}

/** Bytes in memory and blobs as what can be read from any place; what it gives of bytes are views. */
function randomAccess(who: string, source: Exclude<ByteSource, ReadableStream>): RandomAccess {
  if (source instanceof ArrayBuffer) return randomAccess(who, new Uint8Array(source))
  if (ArrayBuffer.isView(source)) {
    const bytes = new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) }
  }
  if (source instanceof Blob) {
    const read = async (offset: number, length: number): Promise<Uint8Array> =>
      new Uint8Array(await source.slice(offset, offset + length).arrayBuffer())
    return { size: source.size, read }
  }
  if (typeof source?.read === 'function' && Number.isSafeInteger(source.size) && source.size >= 0) return source
  const got = source === null ? 'null' : typeof source
  throw new ArrayFileError(
    'argument',
    `${who}: cannot read from ${got}. Pass a Uint8Array, an ArrayBuffer, a Blob, a ReadableStream, or an object with size and read(offset, length).`,
  )
}

function randomReader(who: string, source: RandomAccess, signal: AbortSignal | undefined): Reader {
  const { size } = source
  return {
    size,
    async read(offset, length, what) {
      signal?.throwIfAborted()
      if (offset + length > size) throw cutOff(who, what, size)
      const bytes = await readFrom(who, source, { offset, length, what })
      signal?.throwIfAborted()
      return bytes
    },
    reaches: async (offset) => offset < size,
    close: async () => {},
  }
}

async function readFrom(
  who: string,
  source: RandomAccess,
  { offset, length, what }: { offset: number; length: number; what: string },
): Promise<Uint8Array> {
  let bytes: Uint8Array
  try {
    bytes = await source.read(offset, length)
  } catch (cause) {
    throw sourceFailed(who, what, cause)
  }
  if (bytes instanceof Uint8Array && bytes.length === length) return bytes
  const got = bytes instanceof Uint8Array ? `${bytes.length} bytes` : `a value of type ${typeof bytes}`
  throw new ArrayFileError(
    'source',
    `${who}: read(${offset}, ${length}) of the source gave ${got}. It must give a Uint8Array of exactly ${length} bytes; check that the file did not change while it was read.`,
  )
}
