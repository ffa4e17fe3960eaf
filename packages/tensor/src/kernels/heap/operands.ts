import type { Block } from './block.ts'
import type { Heap } from './heap.ts'

/** Blocks by the name that the caller knows them by, and how many values the work needs of each. */
export type Operands = Readonly<Record<string, readonly [block: Block, needed: number]>>

/**
 * Refuses operands that are too short, were freed, or live in different memories, before any work is done; gives their
 * heap. `who` is the function that the user called.
 */
export function heapOf(who: string, operands: Operands): Heap {
  let heap: Heap | undefined
  let first = ''
  for (const name in operands) {
    const [block, needed] = operands[name]
    if (block.owner.freed)
      throw new Error(`${who}: the arena of ${name} was freed. Keep it open until the work is done.`)
    if (!(needed <= block.length)) {
      throw new RangeError(`${who}: ${name} holds ${block.length} values, but the work needs ${needed}.`)
    }
    if (heap === undefined) {
      heap = block.heap
      first = name
    } else if (heap !== block.heap) {
      throw new Error(`${who}: ${first} and ${name} are in different heaps. Take both from arenas of one heap.`)
    }
  }
  if (heap === undefined) throw new Error(`${who}: got no operand.`)
  return heap
}

/** Refuses sizes that are not whole numbers from 0 on. */
export function checkSizes(who: string, sizes: Readonly<Record<string, number>>): void {
  for (const name in sizes) {
    const size = sizes[name]
    if (!Number.isInteger(size) || size < 0) {
      throw new RangeError(`${who}: ${name} must be a whole number, 0 or more, got ${size}.`)
    }
  }
}
