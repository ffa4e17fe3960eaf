import { ArrayFileError } from './array-file-error.ts'
import type { TensorInfo } from './array-data.ts'
import { elementCount, shapeText, storedLength } from './layout.ts'
import type { Reader } from './reader.ts'
import { dtypeOfName } from './safetensors-dtype.ts'
import { parseStrictJson, type StrictJson } from './strict-json.ts'

/** A tensor and where its bytes are, counted from the beginning of the file. */
export interface PlacedTensor extends TensorInfo {
  readonly name: string
  readonly start: number
  readonly end: number
}

/** What the beginning of a safetensors file says about the rest. */
export interface SafetensorsHeader {
  readonly metadata: ReadonlyMap<string, string>
  /** In the order of the file. */
  readonly tensors: readonly PlacedTensor[]
  /** Where the file ends. */
  readonly end: number
}

/** The format's own limit. */
const HEADER_AT_MOST = 100_000_000

type Damaged = (what: string) => ArrayFileError

/** Reads the header, and checks it against itself and, where it is known, the size of the file. */
export async function readSafetensorsHeader(who: string, reader: Reader): Promise<SafetensorsHeader> {
  const damaged: Damaged = (what) =>
    new ArrayFileError('damaged', `${who}: ${what}: the file is damaged, or no safetensors file. Get it again.`)

  const lengthField = await reader.read(0, 8, "the header's length")
  const length = lengthField.reduceRight((sum, byte) => sum * 256 + byte, 0)
  if (length > HEADER_AT_MOST) {
    throw damaged(`the file claims a header of ${length} bytes, and the format allows ${HEADER_AT_MOST}`)
  }
  const bytes = await reader.read(8, length, `the header of ${length} bytes`)
  const { metadata, tensors } = parseHeader(bytes, damaged)
  const start = 8 + length
  const end = checkOffsets(tensors, damaged) + start
  if (reader.size !== undefined && end > reader.size) {
    const message = `${who}: the header says ${end} bytes in all, but the file has ${reader.size}: it was cut off. Get it again.`
    throw new ArrayFileError('truncated', message)
  }
  if (reader.size !== undefined && end < reader.size) throw damaged(goesOn(end))
  return {
    metadata,
    tensors: tensors.map((tensor) => ({ ...tensor, start: tensor.start + start, end: tensor.end + start })),
    end,
  }
}

/** What is wrong with a file that has more bytes than its header accounts for. */
export function goesOn(end: number): string {
  return `the header says ${end} bytes in all, but the file goes on behind them`
}

function parseHeader(
  bytes: Uint8Array,
  damaged: Damaged,
): { metadata: ReadonlyMap<string, string>; tensors: PlacedTensor[] } {
  let header: StrictJson
  try {
    header = parseStrictJson(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch (cause) {
    throw damaged(`the header is no JSON (${cause instanceof Error ? cause.message : cause})`)
  }
  if (bytes[0] !== 0x7b || !(header instanceof Map)) throw damaged('the header is no JSON object that begins with {')
  const metadata = parseMetadata(header.get('__metadata__') ?? null, damaged)
  const tensors = Array.from(header as ReadonlyMap<string, StrictJson>)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => parseTensor(name, entry, damaged))
  // The order of the data; sort() is stable, so that empty tensors at one place keep the header's order.
  return { metadata, tensors: tensors.sort((a, b) => a.start - b.start || a.end - b.end) }
}

function parseMetadata(value: StrictJson, damaged: Damaged): ReadonlyMap<string, string> {
  if (value === null) return new Map()
  if (!(value instanceof Map) || Array.from(value.values()).some((text) => typeof text !== 'string')) {
    throw damaged('__metadata__ is not an object of strings')
  }
  return value as ReadonlyMap<string, string>
}

/** The place is still counted from the end of the header. */
function parseTensor(name: string, entry: StrictJson, damaged: Damaged): PlacedTensor {
  const label = `tensor ${JSON.stringify(name)}`
  if (!(entry instanceof Map)) throw damaged(`${label} has no object that describes it`)
  const written = (entry as ReadonlyMap<string, StrictJson>).get('dtype')
  const dtype = typeof written === 'string' ? dtypeOfName(written) : undefined
  if (dtype === undefined) throw damaged(`${label} has a dtype that the format lacks (${String(written)})`)
  const shape = wholeNumbers(entry.get('shape'))
  const count = shape && elementCount(shape)
  if (shape === undefined || count === undefined) throw damaged(`${label} has a shape that no file could hold`)
  const offsets = wholeNumbers(entry.get('data_offsets'))
  const [start, end] = offsets ?? []
  if (offsets?.length !== 2 || start === undefined || end === undefined || end < start) {
    throw damaged(`${label} has data_offsets that are not a beginning and an end`)
  }
  const length = storedLength(dtype, count)
  if (length !== end - start) {
    throw damaged(`${label} has ${end - start} bytes, but its shape ${shapeText(shape)} of ${dtype} needs ${length}`)
  }
  return { name, dtype, shape, start, end }
}

function wholeNumbers(value: StrictJson | undefined): readonly number[] | undefined {
  if (!Array.isArray(value)) return undefined
  return value.every((item) => Number.isSafeInteger(item) && item >= 0) ? value : undefined
}

/** The tensors must follow each other without a gap; gives where the last one ends. */
function checkOffsets(tensors: readonly PlacedTensor[], damaged: Damaged): number {
  let at = 0
  for (const { name, start, end } of tensors) {
    if (start !== at) {
      const what = start < at ? 'overlaps the one before it' : `leaves ${start - at} bytes before it unused`
      throw damaged(`tensor ${JSON.stringify(name)} ${what}`)
    }
    at = end
  }
  return at
}
