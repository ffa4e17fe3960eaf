import type { Block } from '../heap/block.ts'
import type { Heap } from '../heap/heap.ts'
import { checkSizes, heapOf } from '../heap/operands.ts'
import type { Operands } from '../heap/operands.ts'
import { overlapInPart } from '../heap/overlap.ts'

/** A row-major matrix's sizes. */
export interface RowsShape {
  readonly rows: number
  readonly cols: number
}

/** Values below which waking a second thread costs more than it saves. */
const GRAIN = 16384

/** How many rows make a piece that is worth a call. */
export function rowGrain(cols: number): number {
  return Math.max(1, Math.ceil(GRAIN / Math.max(1, cols)))
}

/** Checks matrices of one shape, `others` besides, and that none overlaps the result in part; gives their heap. */
export function heapOfRows(
  who: string,
  { rows, cols }: RowsShape,
  matrices: Readonly<Record<string, Block>>,
  others: Operands = {},
): Heap {
  checkSizes(who, { rows, cols })
  const operands: Record<string, readonly [Block, number]> = { ...others }
  let dtype: string | undefined
  for (const name in matrices) {
    const block = matrices[name]
    if (block.length !== rows * cols) {
      throw new RangeError(`${who}: ${name} has ${block.length} values, but ${rows} × ${cols} are ${rows * cols}.`)
    }
    dtype ??= block.dtype
    if (block.dtype !== dtype) throw new TypeError(`${who}: ${name} is of ${block.dtype}, but must be of ${dtype}.`)
    operands[name] = [block, rows * cols]
  }
  const heap = heapOf(who, operands)
  refuseOverlap(who, Object.entries(operands))
  return heap
}

/** Blocks that are neither the same nor apart would be read after they were written. */
function refuseOverlap(who: string, operands: readonly [string, readonly [Block, number]][]): void {
  for (const [i, [first, [a]]] of operands.entries()) {
    for (const [second, [b]] of operands.slice(i + 1)) {
      if (overlapInPart(a, b)) {
        throw new RangeError(
          `${who}: ${first} and ${second} overlap in part. Use one and the same block, or separate ones.`,
        )
      }
    }
  }
}
