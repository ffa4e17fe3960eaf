import { ArrayFileError } from './array-file-error.ts'

/** Memory for bytes that are known to come. */
export function allocate(who: string, length: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(length)
  } catch (cause) {
    const message = `${who}: the machine refuses ${length} bytes of memory. Read a part of the file at a time, or run it where there is more.`
    throw new ArrayFileError('memory', message, { cause })
  }
}

/** The first memory for a stretch of a stream: more is taken only as bytes arrive, whatever the file claims. */
const FIRST = 2 ** 20

/** Collects `length` bytes that arrive piece by piece, in memory that grows with what has arrived. */
export function collector(who: string, length: number): { add(bytes: Uint8Array): void; readonly bytes: Uint8Array } {
  let memory = allocate(who, Math.min(length, FIRST))
  let filled = 0
  return {
    add(bytes) {
      const needed = filled + bytes.length
      if (needed > memory.length) {
        const larger = allocate(who, Math.min(length, Math.max(needed, 2 * memory.length)))
        larger.set(memory.subarray(0, filled))
        memory = larger
      }
      memory.set(bytes, filled)
      filled = needed
    },
    get bytes() {
      return memory.subarray(0, filled)
    },
  }
}
