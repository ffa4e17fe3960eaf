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

const FIRST_PAGES = 2

/** 4 GiB is the most that WebAssembly addresses; phones refuse to reserve that much, so ask for less and less. */
const MOST_PAGES = [65536, 32768, 16384, 4096]

/** True where threads may share memory: Node, Deno, Bun, workers of them, and cross-origin isolated pages. */
export function canShareMemory(): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && globalThis.crossOriginIsolated !== false
}

/** What a memory of our own is like. */
export interface OwnMemoryOptions {
  /** Whether threads may share it. Default: true where the platform allows it. */
  shared?: boolean
  /** It never grows beyond this. Default: 4 GiB, or less where the platform refuses to reserve that much. */
  maximumBytes?: number
}

/**
 * A new memory with its own allocator, for a heap.
 *
 * @example
 * ```ts
 * import { Heap, ownMemory } from '@lab/tensor/kernels'
 *
 * const small = new Heap({ source: ownMemory({ maximumBytes: 64 * 2 ** 20, shared: false }) })
 * small.threads // → 1
 * ```
 */
export function ownMemory({ shared = canShareMemory(), maximumBytes = 2 ** 32 }: OwnMemoryOptions = {}): MemorySource {
  const memory = makeMemory(shared, Math.floor(maximumBytes / PAGE))
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

function makeMemory(shared: boolean, most: number): WebAssembly.Memory {
  if (most < FIRST_PAGES) {
    throw new RangeError(
      `ownMemory: maximumBytes must be at least ${FIRST_PAGES * PAGE}, two pages of WebAssembly memory.`,
    )
  }
  let refusal: unknown
  for (const maximum of new Set(MOST_PAGES.map((pages) => Math.min(pages, most)))) {
    try {
      return new WebAssembly.Memory({ initial: FIRST_PAGES, maximum, shared })
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
