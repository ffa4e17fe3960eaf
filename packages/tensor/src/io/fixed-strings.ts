import { ArrayFileError } from './array-file-error.ts'
import { isWellFormed } from './well-formed.ts'

/**
 * NumPy's strings of one width, which it fills up with zeros: UCS-4 (`wide`), or bytes, which are taken for UTF-8.
 * The bytes are little-endian.
 */
export function decodeStrings(
  who: string,
  bytes: Uint8Array,
  { count, length, wide }: { count: number; length: number; wide: boolean },
): string[] {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  return Array.from({ length: count }, (_, i) => {
    const stored = bytes.subarray(i * length, (i + 1) * length)
    try {
      return wide ? decodeWide(stored) : utf8.decode(stored.subarray(0, 1 + stored.findLastIndex((byte) => byte !== 0)))
    } catch {
      const message = wide
        ? `${who}: string ${i} has a character that Unicode lacks: the file is damaged. Get it again.`
        : `${who}: string ${i} is not UTF-8. Save text instead of bytes: np.save(path, np.char.decode(a, 'latin-1')).`
      throw new ArrayFileError(wide ? 'damaged' : 'unsupported', message)
    }
  })
}

function decodeWide(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const points = Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(4 * i, true))
  const kept = points.slice(0, 1 + points.findLastIndex((point) => point !== 0))
  const text = kept.map((point) => String.fromCodePoint(point)).join('')
  if (!isWellFormed(text)) throw new RangeError('half a surrogate pair')
  return text
}

/** Checks that NumPy's strings of one width can hold these. */
export function checkStrings(who: string, data: readonly string[]): void {
  data.forEach((text, i) => {
    const problem = problemOf(text)
    if (problem !== undefined) throw new ArrayFileError('argument', `${who}: data[${i}] ${problem}`)
  })
}

function problemOf(text: unknown): string | undefined {
  if (typeof text !== 'string') return `is of type ${typeof text}. With dtype 'str' every value must be a string.`
  if (!isWellFormed(text)) return 'has half a surrogate pair, which is no character. Use toWellFormed() first.'
  if (text.endsWith('\0')) return "ends in a NUL, which NumPy's strings of one width cannot keep. Remove it first."
  return undefined
}

/** Strings as UCS-4 of the width of the longest, at least one character, as NumPy makes them. */
export function encodeStrings(data: readonly string[]): { bytes: Uint8Array; width: number } {
  const texts = data.map((text) => Array.from(text, (character) => character.codePointAt(0)!))
  const width = texts.reduce((most, { length }) => Math.max(most, length), 1)
  const words = new Uint32Array(texts.length * width)
  texts.forEach((points, i) => words.set(points, i * width))
  return { bytes: new Uint8Array(words.buffer), width }
}
