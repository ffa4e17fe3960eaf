import { bytesOf, viewOf } from './dtype.ts'
import type { DType, DTypeViews } from './dtype.ts'
import type { Heap } from './heap.ts'

/** What a block lives and dies with: an arena, or memory that somebody else looks after. */
export interface BlockOwner {
  readonly heap: Heap
  /** True once the memory has been given back. */
  readonly freed: boolean
}

/**
 * A run of numbers of one type in kernel memory: what kernels read and write. Made by an `arena`, or by `heap.blockAt`
 * over memory that somebody else allocated.
 */
export class Block<D extends DType = DType> {
  readonly owner: BlockOwner
  readonly dtype: D
  /** Where it starts, in bytes from the start of the memory. */
  readonly ptr: number
  /** How many values, not bytes. */
  readonly length: number
  #view: DTypeViews[D] | undefined

  constructor(owner: BlockOwner, dtype: D, ptr: number, length: number) {
    this.owner = owner
    this.dtype = dtype
    this.ptr = ptr
    this.length = length
  }

  get heap(): Heap {
    return this.owner.heap
  }

  /**
   * A typed array over the block's memory: reads and writes go straight there. Don't keep it: memory that grows leaves
   * old views of unshared memory empty. Ask again instead; it costs nothing while it is still good.
   */
  get view(): DTypeViews[D] {
    if (this.owner.freed)
      throw new Error(
        `block.view: the arena of this ${this.dtype} block was freed. Read results before its scope ends.`,
      )
    if (this.#view === undefined || this.#view.length !== this.length) {
      this.#view = viewOf(this.dtype, this.owner.heap.memory.buffer, this.ptr, this.length)
    }
    return this.#view
  }

  /** The `length` values that start at value `start`, as a block over the same memory. */
  at(start: number, length: number = this.length - start): Block<D> {
    if (!(start >= 0 && length >= 0 && start + length <= this.length)) {
      throw new RangeError(
        `block.at: values ${start} to ${start + length} do not lie within a block of ${this.length}.`,
      )
    }
    return new Block(this.owner, this.dtype, this.ptr + start * bytesOf[this.dtype], length)
  }
}
