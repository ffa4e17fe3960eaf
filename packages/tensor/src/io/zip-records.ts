import { concatenate } from './chunks.ts'
import * as zip from './zip-format.ts'

/** A member of an archive as it was written. */
export interface WrittenEntry {
  /** In UTF-8. */
  readonly name: Uint8Array
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

/** From which numbers on an archive takes more room for them. */
export interface Limits {
  readonly size: number
  readonly count: number
}

const limitsOfFormat: Limits = { size: zip.ALL_ONES_32, count: zip.ALL_ONES_16 }

/** What a reader must know: version 2.0 for deflate, 4.5 for zip64. */
const [VERSION, VERSION_64] = [20, 45]
/** 1 January 1980, the earliest date there is: the same arrays are to give the same archive. */
const DATE = 0x21

type Field = readonly [bytes: 2 | 4 | 8, value: number]

function pack(fields: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [length]) => sum + length, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const [length, value] of fields) {
    if (length === 2) view.setUint16(at, value, true)
    else if (length === 4) view.setUint32(at, value, true)
    else view.setBigUint64(at, BigInt(value), true)
    at += length
  }
  return bytes
}

/** The extra field with the numbers that take 64 bits; nothing when there are none. */
function extraField(large: readonly number[]): Uint8Array {
  if (large.length === 0) return new Uint8Array(0)
  return pack([[2, zip.EXTRA_64], [2, 8 * large.length], ...large.map((value): Field => [8, value])])
}

/** What both headers of a member have in common. */
function sharedFields(entry: WrittenEntry, sizes: readonly [packed: number, size: number], extra: Uint8Array): Field[] {
  return [
    [2, extra.length > 0 ? VERSION_64 : VERSION],
    [2, zip.NAME_IS_UTF8],
    [2, entry.method],
    [2, 0],
    [2, DATE],
    [4, entry.crc],
    [4, sizes[0]],
    [4, sizes[1]],
    [2, entry.name.length],
    [2, extra.length],
  ]
}

/** The header before a member's bytes. */
export function zipLocal(entry: WrittenEntry, limits: Limits = limitsOfFormat): Uint8Array<ArrayBuffer> {
  const { name, packed, size } = entry
  // Here the format wants both sizes in 64 bits or none.
  const isLarge = size >= limits.size || packed >= limits.size
  const extra = extraField(isLarge ? [size, packed] : [])
  const sizes = isLarge ? ([zip.ALL_ONES_32, zip.ALL_ONES_32] as const) : ([packed, size] as const)
  return concatenate('zip', [pack([[4, zip.LOCAL], ...sharedFields(entry, sizes, extra)]), name, extra])
}

/** What follows all members: the directory, which begins at `offset`, and the end records. */
export function zipDirectory(
  entries: readonly WrittenEntry[],
  offset: number,
  limits: Limits = limitsOfFormat,
): Uint8Array<ArrayBuffer> {
  const directory = entries.map((entry) => central(entry, limits))
  const length = directory.reduce((sum, bytes) => sum + bytes.length, 0)
  const isLarge = entries.length >= limits.count || length >= limits.size || offset >= limits.size
  const large = isLarge ? [endLarge(entries.length, length, offset)] : []
  const count = isLarge ? zip.ALL_ONES_16 : entries.length
  const end = pack([
    [4, zip.END],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, isLarge ? zip.ALL_ONES_32 : length],
    [4, isLarge ? zip.ALL_ONES_32 : offset],
    [2, 0],
  ])
  return concatenate('zip', [...directory, ...large, end])
}

/** A member's entry in the directory. */
function central(entry: WrittenEntry, limits: Limits): Uint8Array {
  const { name, packed, size, offset } = entry
  const short = (value: number): number => (value >= limits.size ? zip.ALL_ONES_32 : value)
  const extra = extraField([size, packed, offset].filter((value) => value >= limits.size))
  const fields: Field[] = [
    [4, zip.CENTRAL],
    [2, VERSION_64],
    ...sharedFields(entry, [short(packed), short(size)], extra),
    // No comment, the first disk, no attributes.
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, short(offset)],
  ]
  return concatenate('zip', [pack(fields), name, extra])
}

/** The zip64 end record and the record that says where it is. */
function endLarge(count: number, length: number, offset: number): Uint8Array {
  return pack([
    [4, zip.END_64],
    // Bytes of this record behind this field.
    [8, zip.END_64_LENGTH - 12],
    [2, VERSION_64],
    [2, VERSION_64],
    [4, 0],
    [4, 0],
    [8, count],
    [8, count],
    [8, length],
    [8, offset],
    [4, zip.LOCATOR_64],
    [4, 0],
    [8, offset + length],
    [4, 1],
  ])
}
