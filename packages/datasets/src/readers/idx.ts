import { DatasetError } from '../dataset-error.ts'

/** An IDX file of bytes, as MNIST uses: its sizes and its values, last size fastest. */
export interface IdxBytes {
  readonly shape: readonly number[]
  readonly data: Uint8Array<ArrayBuffer>
}

const UNSIGNED_BYTE = 0x08

/** Reads an IDX file that holds unsigned bytes. */
export function readIdx(bytes: Uint8Array<ArrayBuffer>, name: string): IdxBytes {
  const refuse = (what: string): DatasetError =>
    new DatasetError('format', `${name}: not an IDX file of bytes: ${what}. The file is damaged or another one.`)
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0) throw refuse('it does not start with its magic number')
  if (bytes[2] !== UNSIGNED_BYTE) throw refuse(`its values are of type 0x${bytes[2]?.toString(16)}`)
  const dimensions = bytes[3] ?? 0
  const header = 4 + 4 * dimensions
  if (bytes.length < header) throw refuse(`it ends within the sizes of its ${dimensions} dimensions`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i))
  const size = shape.reduce((product, n) => product * n, 1)
  if (bytes.length - header !== size) {
    throw refuse(`its sizes ${shape.join(' × ')} need ${size} values and it has ${bytes.length - header}`)
  }
  return { shape, data: bytes.slice(header) }
}
