/** A kernel family as it is shipped: both builds of one AssemblyScript module, as base64. */
export interface FamilyBinary {
  readonly name: string
  /** The same bits on every machine. */
  readonly deterministic: string
  /** Uses relaxed SIMD (fused multiply-add where the hardware has it): faster, and the last bits may differ. */
  readonly relaxed: string
}

/** A kernel takes numbers (addresses, sizes, scalars) and works on memory. */
export type Kernel = (...args: number[]) => number | void

/** A family that was loaded into a heap. */
export interface LoadedFamily {
  readonly name: string
  /** Which entry of the worker threads' table holds it; -1 when the heap has no threads. */
  readonly slot: number
  readonly kernels: Readonly<Record<string, Kernel>>
  /** The names of the kernels in the order that every thread sees. */
  readonly order: readonly string[]
}

export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const characters = atob(text)
  const bytes = new Uint8Array(characters.length)
  for (let i = 0; i < characters.length; i++) bytes[i] = characters.charCodeAt(i)
  return bytes
}

const IMPORT_SECTION = 2
const SHARED_WITH_MAXIMUM = 3
const NO_MAXIMUM = 0

/**
 * The same module for a memory that is not shared. A memory import says in one byte whether the memory is shared, and
 * the engine insists that it matches; everything else about the module is equal.
 */
export function forUnsharedMemory(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  // 8 bytes of header, then sections of: id, size, content. Types come first, imports second.
  let at = 8
  while (bytes[at] !== IMPORT_SECTION) {
    const [size, start] = readSize(bytes, at + 1)
    at = start + size
  }
  const [size, start] = readSize(bytes, at + 1)
  const end = start + size
  // The only import is env.memory, and its limits are the last thing in the section: flag, minimum, maximum.
  const flag = start + 1 + 1 + 'env'.length + 1 + 'memory'.length + 1
  if (bytes[flag] !== SHARED_WITH_MAXIMUM) throw new Error('kernels: not one of our modules: its memory is not shared.')
  const [, afterMinimum] = readSize(bytes, flag + 1)
  const section = bytes.slice(start, afterMinimum)
  section[flag - start] = NO_MAXIMUM
  // Without the maximum the section is under 128 bytes, so its size is one byte.
  return concatenate([bytes.slice(0, at), Uint8Array.of(IMPORT_SECTION, section.length), section, bytes.slice(end)])
}

/** Reads an unsigned LEB128 number; gives it and where it ends. */
function readSize(bytes: Uint8Array, at: number): [value: number, next: number] {
  let value = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]
    value |= (byte & 0x7f) << shift
    if ((byte & 0x80) === 0) return [value, at]
  }
}

function concatenate(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
