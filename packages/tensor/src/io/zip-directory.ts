import { ArrayFileError } from './array-file-error.ts'
import type { Reader } from './reader.ts'
import * as zip from './zip-format.ts'

/** One file of an archive, by what the directory at the archive's end says. */
export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly flags: number
  readonly crc: number
  /** Bytes in the archive. */
  readonly packed: number
  /** Bytes of the file itself. */
  readonly size: number
  /** Where its own header begins. */
  readonly offset: number
}

interface Directory {
  readonly count: number
  readonly offset: number
  readonly length: number
}

type Damaged = (what: string) => ArrayFileError

/** Behind the end record stands a comment of at most 65,535 bytes. */
const END_AT_MOST = zip.END_LENGTH + zip.ALL_ONES_16

/** Reads the directory of a zip archive whose size is known. */
export async function readZipDirectory(who: string, reader: Reader, size: number): Promise<readonly ZipEntry[]> {
  const damaged: Damaged = (what) =>
    new ArrayFileError('damaged', `${who}: ${what}: the archive is damaged, or no npz file. Get it again.`)
  const directory = await findDirectory(who, reader, { size, damaged })
  const bytes = await reader.read(directory.offset, directory.length, 'the directory of the archive')
  const entries = parseEntries(bytes, directory, damaged)
  checkPlaces(entries, directory, damaged)
  return entries
}

async function findDirectory(
  who: string,
  reader: Reader,
  { size, damaged }: { size: number; damaged: Damaged },
): Promise<Directory> {
  const length = Math.min(size, END_AT_MOST)
  const tail = await reader.read(size - length, length, 'the end of the archive')
  const view = viewOf(tail)
  let at = length - zip.END_LENGTH
  while (at >= 0 && !(view.getUint32(at, true) === zip.END && endsHere(view, at))) at--
  if (at < 0) {
    const message = `${who}: the archive has no end record: it was cut off, or it is no npz file. Get it again.`
    throw new ArrayFileError('truncated', message)
  }
  const end = size - length + at
  const directory = {
    count: view.getUint16(at + 10, true),
    length: view.getUint32(at + 12, true),
    offset: view.getUint32(at + 16, true),
  }
  const isLarge =
    directory.count === zip.ALL_ONES_16 || directory.length === zip.ALL_ONES_32 || directory.offset === zip.ALL_ONES_32
  const found = isLarge ? ((await largeDirectory(reader, end, damaged)) ?? directory) : directory
  if (found.offset + found.length > end) throw damaged('its directory would reach beyond its end record')
  if (found.count * zip.CENTRAL_LENGTH > found.length) throw damaged('its directory is too short for its files')
  return found
}

/** The comment reaches exactly to the end of the file. */
function endsHere(view: DataView, at: number): boolean {
  return at + zip.END_LENGTH + view.getUint16(at + 20, true) === view.byteLength
}

/** What a zip64 archive says before its end record; undefined where there is nothing of the kind. */
async function largeDirectory(reader: Reader, end: number, damaged: Damaged): Promise<Directory | undefined> {
  if (end < zip.LOCATOR_64_LENGTH) return undefined
  const what = 'the zip64 end of the archive'
  const locator = viewOf(await reader.read(end - zip.LOCATOR_64_LENGTH, zip.LOCATOR_64_LENGTH, what))
  if (locator.getUint32(0, true) !== zip.LOCATOR_64) return undefined
  const at = number64(locator, 8)
  if (at + zip.END_64_LENGTH > end) throw damaged('its zip64 end record would lie behind its end')
  const record = viewOf(await reader.read(at, zip.END_64_LENGTH, what))
  if (record.getUint32(0, true) !== zip.END_64) throw damaged('its zip64 end record is not where it should be')
  return { count: number64(record, 32), length: number64(record, 40), offset: number64(record, 48) }
}

/** Above 2⁵³ the number is not exact, and larger than any file: whoever compares it with a size refuses it. */
function number64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function parseEntries(bytes: Uint8Array, { count }: Directory, damaged: Damaged): ZipEntry[] {
  const view = viewOf(bytes)
  const entries: ZipEntry[] = []
  for (let at = 0, i = 0; i < count; i++) {
    const isWhole = at + zip.CENTRAL_LENGTH <= bytes.length && view.getUint32(at, true) === zip.CENTRAL
    const [name = 0, extra = 0, comment = 0] = isWhole ? [28, 30, 32].map((o) => view.getUint16(at + o, true)) : []
    const end = at + zip.CENTRAL_LENGTH + name + extra + comment
    if (!isWhole || end > bytes.length) throw damaged(`entry ${i} of ${count} in its directory is broken`)
    entries.push(parseEntry(bytes.subarray(at, end), { name, extra }, damaged))
    at = end
  }
  return entries
}

function parseEntry(bytes: Uint8Array, length: { name: number; extra: number }, damaged: Damaged): ZipEntry {
  const view = viewOf(bytes)
  const extraAt = zip.CENTRAL_LENGTH + length.name
  const flags = view.getUint16(8, true)
  const name = decodeName(bytes.subarray(zip.CENTRAL_LENGTH, extraAt), flags, damaged)
  const short = { size: view.getUint32(24, true), packed: view.getUint32(20, true), offset: view.getUint32(42, true) }
  const large = largeNumbers(bytes.subarray(extraAt, extraAt + length.extra))
  // The extra field has only those that did not fit, in this order.
  const take = (value: number): number => {
    if (value !== zip.ALL_ONES_32) return value
    const next = large.shift()
    if (next === undefined) throw damaged(`the entry of ${JSON.stringify(name)} lacks a zip64 size`)
    return next
  }
  const [size, packed, offset] = [take(short.size), take(short.packed), take(short.offset)]
  return { name, flags, method: view.getUint16(10, true), crc: view.getUint32(16, true), size, packed, offset }
}

/** The numbers in the zip64 extra field. */
function largeNumbers(extra: Uint8Array): number[] {
  const view = viewOf(extra)
  for (let at = 0; at + 4 <= extra.length;) {
    const length = Math.min(view.getUint16(at + 2, true), extra.length - at - 4)
    if (view.getUint16(at, true) === zip.EXTRA_64) {
      return Array.from({ length: Math.floor(length / 8) }, (_, i) => number64(view, at + 4 + 8 * i))
    }
    at += 4 + length
  }
  return []
}

/** Names are UTF-8 where a flag says so; where not, all that is sure is ASCII, which UTF-8 contains. */
function decodeName(bytes: Uint8Array, flags: number, damaged: Damaged): string {
  try {
    return new TextDecoder('utf-8', { fatal: (flags & zip.NAME_IS_UTF8) !== 0, ignoreBOM: true }).decode(bytes)
  } catch {
    throw damaged('a name in its directory is not UTF-8')
  }
}

/** Files that share bytes would let a small archive unpack to anything. */
function checkPlaces(entries: readonly ZipEntry[], directory: Directory, damaged: Damaged): void {
  let end = 0
  for (const { name, offset, packed } of entries.toSorted((a, b) => a.offset - b.offset)) {
    const label = JSON.stringify(name)
    if (offset < end) throw damaged(`${label} overlaps another of its files`)
    end = offset + zip.LOCAL_LENGTH + packed
    if (end > directory.offset) throw damaged(`${label} reaches into its directory`)
  }
}
