import { Block } from './block.ts'
import type { BlockOwner } from './block.ts'
import { bytesOf, dtypeOf } from './dtype.ts'
import type { DType, DTypeOf, DTypeViews } from './dtype.ts'
import { defaultHeap } from './heap.ts'
import type { Heap } from './heap.ts'

/** Blocks start on a cache line of their own, so that threads never write to one line together. */
const LINE = 64

/** Small requests share chunks of this size; larger ones get a chunk of their own. */
const CHUNK = 65536

/**
 * Scratch memory for kernels: takes blocks from a heap, and gives all of them back at once.
 */
export class Arena implements BlockOwner, Disposable {
  readonly heap: Heap
  readonly #chunks: { ptr: number; bytes: number }[] = []
  #next = 0
  #end = 0
  #bytesInUse = 0
  #freed = false

  constructor(heap: Heap) {
    this.heap = heap
  }

  get freed(): boolean {
    return this.#freed
  }

  /** Bytes of all blocks that this arena has given out, rounded up to whole cache lines. */
  get bytesInUse(): number {
    return this.#bytesInUse
  }

  /** A block of `length` values that holds whatever was there before: write before you read. */
  alloc<D extends DType>(dtype: D, length: number): Block<D> {
    if (this.#freed) throw new Error('arena.alloc: this arena was freed. Make a new one.')
    if (!Number.isInteger(length) || length < 0) {
      throw new RangeError(`arena.alloc: the length must be a whole number of values, 0 or more, got ${length}.`)
    }
    const bytes = Math.ceil((length * bytesOf[dtype]) / LINE) * LINE
    return new Block(this, dtype, this.#take(bytes), length)
  }

  /** A block of `length` zeros. */
  zeros<D extends DType>(dtype: D, length: number): Block<D> {
    const block = this.alloc(dtype, length)
    block.view.fill(0)
    return block
  }

  /** A block of the array's own type that holds a copy of its values. */
  copy<V extends DTypeViews[DType]>(values: V): Block<DTypeOf<V>> {
    const block = this.alloc(dtypeOf(values), values.length)
    block.view.set(values)
    return block
  }

  /** Gives every block back. Called by `using` at the end of its scope; a second call does nothing. */
  free(): void {
    if (this.#freed) return
    this.#freed = true
    for (const { ptr, bytes } of this.#chunks) this.heap.release(ptr, bytes)
    this.#bytesInUse = 0
  }

  [Symbol.dispose](): void {
    this.free()
  }

  #take(bytes: number): number {
    if (bytes > this.#end - this.#next) {
      const size = bytes > CHUNK / 4 ? bytes : CHUNK
      const ptr = this.heap.allocate(size)
      this.#chunks.push({ ptr, bytes: size })
      if (size !== CHUNK) {
        this.#bytesInUse += bytes
        return ptr
      }
      this.#next = ptr
      this.#end = ptr + size
    }
    const ptr = this.#next
    this.#next += bytes
    this.#bytesInUse += bytes
    return ptr
  }
}

/**
 * A new arena, in the default heap unless another is given.
 *
 * @example
 * ```ts
 * import { arena } from '@lab/tensor/kernels'
 *
 * {
 *   using scratch = arena()
 *   const x = scratch.copy(new Float64Array([1, 2, 3]))
 *   x.view[0] = 10
 *   x.view // → [10,2,3]
 *   scratch.bytesInUse // → 64
 * } // here the memory is free again
 * ```
 */
export function arena(heap: Heap = defaultHeap()): Arena {
  return new Arena(heap)
}
