import { ArrayFileError } from './array-file-error.ts'
import { crc32 } from './crc32.ts'
import { openReader } from './open-reader.ts'
import type { Reader } from './reader.ts'
import { streamReader } from './stream-reader.ts'
import type { ZipEntry } from './zip-directory.ts'
import * as zip from './zip-format.ts'

/** Deflate makes at most 1032 bytes of one: a length and a distance of one bit each stand for 258. */
const EXPANSION_AT_MOST = 1032

/** How much of a compressed member is read from the archive at a time. */
const PIECE = 2 ** 20

/** A reader of one file's own bytes, and the check to be made when all have been read. */
export interface OpenMember {
  readonly reader: Reader
  /** Refuses a file whose bytes are not those that were written. */
  finish(): void
}

/** Opens one file of an archive. Nothing is unpacked before it is asked for. */
export async function openMember(
  who: string,
  archive: Reader,
  entry: ZipEntry,
  signal: AbortSignal | undefined,
): Promise<OpenMember> {
  const start = await findData(who, archive, entry)
  const seen = { length: 0, sum: 0 }
  const onChunk = (chunk: Uint8Array): void => {
    seen.length += chunk.length
    seen.sum = crc32(chunk, seen.sum)
  }
  const finish = (): void => {
    const { length, sum } = seen
    if (length === entry.size && sum === entry.crc) return
    const message = `${who}: its ${length} bytes have the checksum ${hex(sum)}, and should be ${entry.size} with ${hex(entry.crc)}: the archive is damaged. Get it again.`
    throw new ArrayFileError('damaged', message)
  }
  if (entry.method === zip.STORED) {
    const bytes = await archive.read(start, entry.size, `${entry.name}, ${entry.size} bytes`)
    onChunk(bytes)
    finish()
    return { reader: openReader(who, bytes, signal), finish }
  }
  const failure = (_what: string, cause: unknown): Error => {
    if (cause instanceof ArrayFileError) return cause
    const message = `${who}: ${entry.name} cannot be unpacked: the archive is damaged. Get it again.`
    return new ArrayFileError('damaged', message, { cause })
  }
  const options = { size: entry.size, onChunk, failure, ...(signal === undefined ? {} : { signal }) }
  return { reader: streamReader(who, inflated(archive, start, entry), options), finish }
}

const hex = (sum: number): string => sum.toString(16).padStart(8, '0')

/** Where the bytes of a member begin, after checking that they can be read at all. */
async function findData(who: string, archive: Reader, entry: ZipEntry): Promise<number> {
  const { name, method, flags, size, packed, offset } = entry
  if (flags & zip.ENCRYPTED) {
    throw new ArrayFileError('unsupported', `${who}: ${name} is encrypted. Save the archive without a password.`)
  }
  if (method !== zip.STORED && method !== zip.DEFLATED) {
    const message = `${who}: ${name} is compressed by method ${method}, not by deflate. Save it by np.savez or np.savez_compressed.`
    throw new ArrayFileError('unsupported', message)
  }
  const most = method === zip.STORED ? packed : packed * EXPANSION_AT_MOST
  if (size > most || (method === zip.STORED && size !== packed)) {
    const message = `${who}: ${name} claims ${size} bytes made from ${packed}, which cannot be: the archive is damaged. Get it again.`
    throw new ArrayFileError('damaged', message)
  }
  const header = await archive.read(offset, zip.LOCAL_LENGTH, `the header of ${name}`)
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength)
  if (view.getUint32(0, true) !== zip.LOCAL) {
    throw new ArrayFileError('damaged', `${who}: ${name} is not where the directory says. Get the archive again.`)
  }
  return offset + zip.LOCAL_LENGTH + view.getUint16(26, true) + view.getUint16(28, true)
}

/** The member's bytes, unpacked as they are asked for. */
function inflated(archive: Reader, start: number, { name, packed }: ZipEntry): ReadableStream<Uint8Array> {
  let at = 0
  const packedBytes = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      if (at === packed) return controller.close()
      const length = Math.min(PIECE, packed - at)
      // A copy, as the archive may lie in memory that is shared or that its owner changes.
      const piece = Uint8Array.from(await archive.read(start + at, length, name))
      at += length
      controller.enqueue(piece)
    },
  })
  return packedBytes.pipeThrough(new DecompressionStream('deflate-raw'))
}
