import { ArrayFileError } from './array-file-error.ts'
import { elementCount, shapeText } from './layout.ts'
import { parseDescr, type NpyItem } from './npy-descr.ts'
import { parsePythonLiteral, type PythonValue } from './python-literal.ts'
import type { Reader } from './reader.ts'

/** What the beginning of an npy file says about the rest. */
export interface NpyHeader {
  readonly item: NpyItem
  readonly shape: readonly number[]
  readonly fortranOrder: boolean
  /** Where the values begin. */
  readonly start: number
  /** How many bytes of them there are. */
  readonly length: number
}

const MAGIC = '\x93NUMPY'
/** NumPy itself refuses headers above 10,000 bytes unless told otherwise; a thousand fields need some 50,000. */
const HEADER_AT_MOST = 2 ** 20
/** NumPy's own limit. */
const AXES_AT_MOST = 64

/** Reads and checks the header. */
export async function readNpyHeader(who: string, reader: Reader): Promise<NpyHeader> {
  const lead = await reader.read(0, 8, 'the first 8 bytes')
  if (String.fromCharCode(...lead.subarray(0, 6)) !== MAGIC) {
    throw new ArrayFileError('damaged', `${who}: not an npy file: it does not begin with \\x93NUMPY.${looksLike(lead)}`)
  }
  const [major, minor] = [lead[6]!, lead[7]!]
  if (major < 1 || major > 3 || minor !== 0) {
    const message = `${who}: npy version ${major}.${minor} is none that NumPy writes (1.0, 2.0, 3.0): the file is damaged. Get it again.`
    throw new ArrayFileError('damaged', message)
  }
  const lengthBytes = major === 1 ? 2 : 4
  const lengthField = await reader.read(8, lengthBytes, "the header's length")
  const length = lengthField.reduceRight((sum, byte) => sum * 256 + byte, 0)
  if (length > HEADER_AT_MOST) {
    const message = `${who}: the file claims a header of ${length} bytes, and none has more than ${HEADER_AT_MOST}: it is damaged. Get it again.`
    throw new ArrayFileError('damaged', message)
  }
  const bytes = await reader.read(8 + lengthBytes, length, `the header of ${length} bytes`)
  return { ...parseHeader(who, bytes, major), start: 8 + lengthBytes + length }
}

function looksLike(lead: Uint8Array): string {
  if (lead[0] === 0x50 && lead[1] === 0x4b) return ' It is a zip archive: use openNpz.'
  if (lead.subarray(4).every((byte) => byte === 0)) return ' It may be a safetensors file: use openSafetensors.'
  return ' Check that it is the file you mean, and not a page that says why there is none.'
}

/** Version 3 writes UTF-8, the others Latin-1. */
function decodeHeader(bytes: Uint8Array, version: number): string {
  if (version === 3) return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}

function parseHeader(who: string, bytes: Uint8Array, version: number): Omit<NpyHeader, 'start'> {
  const damaged = (what: string): ArrayFileError =>
    new ArrayFileError('damaged', `${who}: ${what}: the header is damaged. Get the file again.`)

  let value: PythonValue
  try {
    value = parsePythonLiteral(decodeHeader(bytes, version))
  } catch (cause) {
    throw damaged(`the header is no Python dict (${cause instanceof Error ? cause.message : cause})`)
  }
  if (value === null || typeof value !== 'object' || value.kind !== 'dict')
    throw damaged('the header is no Python dict')
  const keys = Array.from(value.entries.keys()).toSorted().join(', ')
  if (keys !== 'descr, fortran_order, shape') {
    throw damaged(`the header has the keys ${keys || 'of nothing'} instead of descr, fortran_order, shape`)
  }
  const item = parseDescr(who, value.entries.get('descr')!)
  const fortranOrder = value.entries.get('fortran_order')!
  if (typeof fortranOrder !== 'boolean') throw damaged('fortran_order is neither True nor False')
  const shape = parseShape(value.entries.get('shape')!)
  const count = shape && elementCount(shape)
  const length = count === undefined ? undefined : count * item.length
  if (shape === undefined || length === undefined || !Number.isSafeInteger(length)) {
    throw damaged(`the shape is no tuple of at most ${AXES_AT_MOST} sizes that a file could hold`)
  }
  return { item, shape, fortranOrder, length }
}

function parseShape(value: PythonValue): readonly number[] | undefined {
  if (value === null || typeof value !== 'object' || value.kind !== 'tuple') return undefined
  const sizes = value.items.filter((item) => typeof item === 'number')
  return sizes.length === value.items.length && sizes.length <= AXES_AT_MOST ? sizes : undefined
}

/** NumPy leaves room for the first axis that grows to be written over in place: as many digits as it could have. */
const GROWING_DIGITS = 21
/** So that the values lie well for every processor. */
const ALIGNMENT = 64

/** The beginning of an npy file, byte for byte as NumPy writes it. */
export function npyHeader(descr: string, shape: readonly number[], fortranOrder: boolean): Uint8Array<ArrayBuffer> {
  const dict = `{'descr': '${descr}', 'fortran_order': ${fortranOrder ? 'True' : 'False'}, 'shape': ${shapeText(shape)}, }`
  const growing = fortranOrder ? shape.at(-1) : shape[0]
  const room = growing === undefined ? 0 : GROWING_DIGITS - String(growing).length
  const used = 10 + dict.length + room + 1
  const header = `${dict}${' '.repeat(room + ALIGNMENT - (used % ALIGNMENT))}\n`
  const bytes = Uint8Array.from(`${MAGIC}\x01\x00  ${header}`, (character) => character.charCodeAt(0))
  new DataView(bytes.buffer).setUint16(8, header.length, true)
  return bytes
}
