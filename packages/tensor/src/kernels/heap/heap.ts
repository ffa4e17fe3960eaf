import { Block } from './block.ts'
import type { BlockOwner } from './block.ts'
import { bytesOf } from './dtype.ts'
import type { DType } from './dtype.ts'
import { decodeBase64, forUnsharedMemory } from './family.ts'
import type { FamilyBinary, Kernel, LoadedFamily } from './family.ts'
import { canShareMemory, ownMemory } from './memory.ts'
import type { MemorySource } from './memory.ts'
import { ThreadPool } from '../threads/thread-pool.ts'

/** How a heap is made. */
export interface HeapOptions {
  /**
   * Memory that somebody else made, with their own allocator: kernels then work on it in place.
   * Default: a memory of the heap's own, shared between threads where the platform allows.
   */
  source?: MemorySource
  /** How many threads work at most, the calling one included. Default: what the machine has. 1 starts none. */
  threads?: number
  /**
   * Milliseconds without any progress after which a worker thread is taken for dead, and the work for lost. No kernel
   * call lasts longer than some milliseconds. Default 10,000.
   */
  patience?: number
  /** Use fused multiply-add where the engine has it: faster, but the last bits depend on the machine. Default false. */
  relaxed?: boolean
}

/** What `heap.parallel` needs to know of a piece of work besides its arguments. */
export interface Split {
  /** How many pieces there are: rows, blocks, images … */
  count: number
  /** How many pieces one call of the kernel takes. Results never depend on it or on the number of threads. */
  grain: number
}

/** A memory with the kernels that work on it and the threads that run them. */
export class Heap {
  readonly memory: WebAssembly.Memory
  /** True when this heap runs the relaxed-SIMD builds. */
  readonly relaxed: boolean
  readonly #source: MemorySource
  readonly #pool: ThreadPool | undefined
  readonly #families = new Map<FamilyBinary, LoadedFamily>()
  readonly #foreign: BlockOwner = { heap: this, freed: false }
  #scratch: { ptr: number; bytes: number } | undefined
  #bytesInUse = 0

  constructor(options: HeapOptions = {}) {
    this.#source = options.source ?? ownMemory()
    this.memory = this.#source.memory
    this.relaxed = (options.relaxed ?? false) && hasRelaxedSimd()
    const shared = canShareMemory() && this.memory.buffer instanceof SharedArrayBuffer
    this.#pool = shared ? new ThreadPool(this.memory, options.patience ?? 10_000) : undefined
    this.threads = options.threads ?? defaultThreads()
  }

  /** Bytes that arenas hold of this heap at the moment. Freed arenas leave it where it was. */
  get bytesInUse(): number {
    return this.#bytesInUse
  }

  /** How many threads may work together, the calling one included. Always 1 where memory cannot be shared. */
  get threads(): number {
    return this.#pool?.threads ?? 1
  }

  set threads(count: number) {
    if (!Number.isInteger(count) || count < 1) {
      throw new RangeError(`heap.threads: must be a whole number, 1 or more, got ${count}.`)
    }
    if (this.#pool) this.#pool.threads = count
  }

  /** Resolves when every thread that was asked for is at work; before that the work is done by fewer. */
  async ready(): Promise<void> {
    await this.#pool?.ready()
  }

  /** Ends the worker threads. The heap stays usable, and starts threads again when `threads` is set. */
  async close(): Promise<void> {
    await this.#pool?.close()
  }

  /** Takes bytes from the memory (a multiple of 64). `arena` is the comfortable way. */
  allocate(bytes: number): number {
    const ptr = this.#source.allocate(bytes)
    this.#bytesInUse += bytes
    return ptr
  }

  /** Gives back what `allocate` gave. */
  release(ptr: number, bytes: number): void {
    this.#source.release(ptr, bytes)
    this.#bytesInUse -= bytes
  }

  /** A block over memory that somebody else allocated in this heap's memory, and will free. */
  blockAt<D extends DType>(dtype: D, ptr: number, length: number): Block<D> {
    const end = ptr + length * bytesOf[dtype]
    if (!(ptr >= 0 && length >= 0 && ptr % bytesOf[dtype] === 0 && end <= this.memory.buffer.byteLength)) {
      throw new RangeError(
        `heap.blockAt: ${length} values of ${dtype} at byte ${ptr} do not fit a memory of ` +
          `${this.memory.buffer.byteLength} bytes. The address must be a multiple of ${bytesOf[dtype]}, the end within.`,
      )
    }
    return new Block(this.#foreign, dtype, ptr, length)
  }

  /**
   * Scratch space for kernels that need some per thread, at `address + thread × stride`. It is kept between calls and
   * lent to one kernel call at a time; `bytes` is rounded up to a power of two so that it settles after a few calls.
   */
  scratch(bytes: number): { ptr: number; stride: number } {
    const stride = Math.max(4096, 2 ** Math.ceil(Math.log2(bytes)))
    const needed = stride * this.threads
    if (this.#scratch === undefined || this.#scratch.bytes < needed) {
      const fresh = { ptr: this.#source.allocate(needed), bytes: needed }
      if (this.#scratch) this.#source.release(this.#scratch.ptr, this.#scratch.bytes)
      this.#scratch = fresh
    }
    return { ptr: this.#scratch.ptr, stride }
  }

  /** The kernels of a family, compiled into this memory the first time. */
  load(binary: FamilyBinary): LoadedFamily {
    const loaded = this.#families.get(binary)
    if (loaded) return loaded
    const shipped = decodeBase64(this.relaxed ? binary.relaxed : binary.deterministic)
    const bytes = this.memory.buffer instanceof ArrayBuffer ? forUnsharedMemory(shipped) : shipped
    const module = new WebAssembly.Module(bytes)
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.memory } })
    const family: LoadedFamily = {
      name: binary.name,
      slot: this.#pool?.publish(bytes) ?? -1,
      // Our kernels export functions only.
      kernels: exports as Readonly<Record<string, Kernel>>,
      order: WebAssembly.Module.exports(module).map(({ name }) => name),
    }
    this.#families.set(binary, family)
    return family
  }

  /**
   * Calls a kernel over `count` pieces, `grain` at a time, on all threads that are free: `kernel(...args, begin, end,
   * thread)`. Returns when all is done.
   */
  parallel(family: LoadedFamily, name: string, args: readonly number[], { count, grain }: Split): void {
    if (this.#pool && this.#pool.threads > 1 && count > grain) {
      this.#pool.run(family, name, args, count, grain)
      return
    }
    const kernel = family.kernels[name]
    for (let begin = 0; begin < count; begin += grain) kernel(...args, begin, Math.min(count, begin + grain), 0)
  }
}

/** The cores that the platform names; 16 at most, since memory bandwidth is spent before that. */
function defaultThreads(): number {
  return Math.max(1, Math.min(16, globalThis.navigator?.hardwareConcurrency ?? 1))
}

let relaxedSimd: boolean | undefined

/** A module of one function: f32x4.relaxed_madd of three zero vectors. */
const relaxedProbe = 'AGFzbQEAAAABBQFgAAF7AwIBAAoTAREAQQD9EUEA/RFBAP0R/YUCCw=='

/** Whether this engine compiles relaxed SIMD. */
function hasRelaxedSimd(): boolean {
  return (relaxedSimd ??= WebAssembly.validate(decodeBase64(relaxedProbe)))
}

let shared: Heap | undefined

/**
 * The heap that everything uses unless told otherwise: deterministic, with as many threads as the machine has cores.
 *
 * @example
 * ```ts
 * import { defaultHeap } from '@lab/tensor/kernels'
 *
 * defaultHeap().threads = 1 // from here on, no worker threads
 * defaultHeap().bytesInUse // → 0
 * ```
 */
export function defaultHeap(): Heap {
  return (shared ??= new Heap())
}
