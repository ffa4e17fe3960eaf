import { DatasetError } from '../dataset-error.ts'
import { inflate } from './inflate.ts'

/** One file of a zip archive. */
export interface ZipMember {
  readonly path: string
  read(): Promise<Uint8Array<ArrayBuffer>>
}

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
/** The end record is 22 bytes and a comment of at most 65,535. */
const END_AT_MOST = 22 + 65_535

/** Files of a zip archive, read from its central directory. No encryption, no zip64. */
export function zipMembers(bytes: Uint8Array<ArrayBuffer>, name: string): ZipMember[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const signature = (at: number): number => (at >= 0 && at + 4 <= bytes.length ? view.getUint32(at, true) : 0)
  const text = new TextDecoder()

  const lowest = Math.max(0, bytes.length - END_AT_MOST)
  let end = bytes.length - 22
  while (end >= lowest && signature(end) !== END) end--
  if (end < lowest) throw damaged(name, 'it has no end record, so it is cut off or something else')

  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  const members: ZipMember[] = []
  for (let i = 0; i < count; i++) {
    if (signature(at) !== CENTRAL || at + 46 > bytes.length) throw damaged(name, `entry ${i} of ${count} is damaged`)
    const [nameBytes = 0, extraBytes = 0, commentBytes = 0] = [28, 30, 32].map((o) => view.getUint16(at + o, true))
    const path = text.decode(bytes.subarray(at + 46, at + 46 + nameBytes))
    const entry = {
      path,
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      local: view.getUint32(at + 42, true),
    }
    if (signature(entry.local) !== LOCAL || entry.local + 30 > bytes.length) throw damaged(name, `${path} is damaged`)
    if (!path.endsWith('/')) members.push({ path, read: () => readMember(bytes, view, entry, name) })
    at += 46 + nameBytes + extraBytes + commentBytes
  }
  return members
}

async function readMember(
  bytes: Uint8Array<ArrayBuffer>,
  view: DataView,
  { path, method, packed, size, local }: { path: string; method: number; packed: number; size: number; local: number },
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  if (start + packed > bytes.length) throw damaged(name, `${path} is cut off`)
  if (method !== 0 && method !== 8) throw damaged(name, `${path} uses compression method ${method}`)
  const body = bytes.slice(start, start + packed)
  const plain = method === 0 ? body : await inflate(body, 'deflate-raw', `${name}#${path}`)
  if (plain.length !== size) throw damaged(name, `${path} has ${plain.length} bytes where its entry says ${size}`)
  return plain
}

const damaged = (name: string, what: string): DatasetError =>
  new DatasetError('format', `${name}: not a zip archive this package can read: ${what}. Get a fresh copy.`)
