import { FreeList } from './free-list.ts'

/** Where a heap gets its bytes: its own memory, or one that somebody else made and allocates in. */
export interface MemorySource {
  readonly memory: WebAssembly.Memory
  /** Gives the address of `bytes` bytes, or throws. The heap asks for multiples of 64. */
  allocate(bytes: number): number
  /** Takes back what `allocate` gave. */
  release(ptr: number, bytes: number): void
}

const PAGE = 65536

/** Address 0 stays unused, so that it can mean "nothing". */
const FIRST = 1024

/** 4 GiB is the most that WebAssembly addresses; phones refuse to reserve that much, so ask for less and less. */
const MOST_PAGES = [65536, 32768, 16384, 4096]

/** True where threads may share memory: Node, Deno, Bun, workers of them, and cross-origin isolated pages. */
export function canShareMemory(): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && globalThis.crossOriginIsolated !== false
}

/** Our own memory, shared between threads where the platform allows it, with a free list in front. */
export function ownMemory(): MemorySource {
  const memory = makeMemory()
  const free = new FreeList()
  free.give(FIRST, memory.buffer.byteLength - FIRST)
  return {
    memory,
    allocate(bytes) {
      let ptr = free.take(bytes)
      if (ptr < 0) {
        const end = memory.buffer.byteLength
        grow(memory, bytes - free.bytesBefore(end), bytes)
        free.give(end, memory.buffer.byteLength - end)
        ptr = free.take(bytes)
      }
      return ptr
    },
    release: (ptr, bytes) => free.give(ptr, bytes),
  }
}

function makeMemory(): WebAssembly.Memory {
  const shared = canShareMemory()
  let refusal: unknown
  for (const maximum of MOST_PAGES) {
    try {
      return new WebAssembly.Memory({ initial: 2, maximum, shared })
    } catch (error) {
      refusal = error
    }
  }
  throw new Error('kernels: this machine refuses 256 MiB of WebAssembly memory. Close other programs or pages.', {
    cause: refusal,
  })
}

function grow(memory: WebAssembly.Memory, missing: number, wanted: number): void {
  const size = memory.buffer.byteLength
  // Grow by an eighth at least, so that many small requests don't each grow the memory.
  const generous = Math.ceil(Math.max(missing, size / 8) / PAGE)
  for (const pages of [generous, Math.ceil(missing / PAGE)]) {
    try {
      memory.grow(pages)
      return
    } catch {
      // The machine refuses so much: try once more with the bare need, then say so.
    }
  }
  throw new RangeError(
    `kernels: the machine refused ${mebibytes(wanted)} more memory (the heap has ${mebibytes(size)}). ` +
      'Free arenas as soon as their results are read, or work in smaller pieces.',
  )
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}
