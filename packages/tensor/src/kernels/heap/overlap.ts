import type { Block } from './block.ts'
import { bytesOf } from './dtype.ts'

function endOf({ ptr, length, dtype }: Block): number {
  return ptr + length * bytesOf[dtype]
}

/** Whether two blocks have bytes in common. */
export function shareBytes(x: Block, y: Block): boolean {
  return x.ptr < endOf(y) && y.ptr < endOf(x)
}

/** Whether they have, but are not one and the same: work that goes value by value would read what it has written. */
export function overlapInPart(x: Block, y: Block): boolean {
  const same = x.ptr === y.ptr && x.length === y.length && x.dtype === y.dtype
  return !same && shareBytes(x, y)
}

/** Refuses an output that shares memory with an input which is read after the output is written. */
export function refuseOverlap(who: string, x: Block, out: Block): void {
  if (x.length === 0 || out.length === 0 || !shareBytes(x, out)) return
  throw new Error(`${who}: x and out share memory, but the work cannot be done in place. Give out a block of its own.`)
}
