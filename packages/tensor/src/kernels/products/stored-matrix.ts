import type { Block } from '../heap/block.ts'
import { bytesOf } from '../heap/dtype.ts'

/** The number types that matrix products work in. */
export type FloatDType = 'f32' | 'f64'

/** A matrix as it lies in a block, row after row; with a batch, the first of several. */
export interface StoredMatrix {
  readonly block: Block<FloatDType>
  readonly rows: number
  readonly columns: number
  /** Values from the start of one row to the next: the leading dimension. */
  readonly ld: number
  /** How many matrices there are, and the values from the start of one to the next. */
  readonly batch: number
  readonly stride: number
}

/** How many values lie between the first of the first matrix and the last of the last, both included. */
export function spanOf({ rows, columns, ld, batch, stride }: StoredMatrix): number {
  return rows === 0 || columns === 0 || batch === 0 ? 0 : (batch - 1) * stride + (rows - 1) * ld + columns
}

/** Refuses rows that overlap, and matrices of different types. */
export function checkStored(who: string, matrices: Readonly<Record<string, StoredMatrix>>): void {
  let first: string | undefined
  for (const name in matrices) {
    const { block, columns, ld } = matrices[name]
    if (!(Number.isInteger(ld) && ld >= columns)) {
      throw new RangeError(
        `${who}: ld${name} is ${ld}, but a row of ${name} holds ${columns} values. It must be a whole number, ${columns} or more.`,
      )
    }
    first ??= name
    const { dtype } = matrices[first].block
    if (dtype !== 'f32' && dtype !== 'f64')
      throw new TypeError(`${who}: ${first} holds ${dtype}. It must hold f32 or f64.`)
    if (block.dtype !== dtype) {
      throw new TypeError(
        `${who}: ${first} holds ${dtype} and ${name} holds ${block.dtype}. They must hold the same type.`,
      )
    }
  }
}

/** Refuses a batch of results that lie over each other, neither one after the other nor side by side. */
export function checkBatchOfResults(who: string, result: StoredMatrix): void {
  const { rows, columns, ld, batch, stride } = result
  if (batch < 2 || spanOf(result) === 0) return
  if (stride >= (rows - 1) * ld + columns) return
  if (stride >= columns && (batch - 1) * stride + columns <= ld) return
  throw new RangeError(
    `${who}: with strideC ${stride} the results of the batch overlap. ` +
      `It must be ${(rows - 1) * ld + columns} or more, or else ldc at least ${(batch - 1) * Math.max(stride, columns) + columns}.`,
  )
}

/** Refuses a result that lies over something that is read: it would change while it is needed. */
export function refuseOverlap(
  who: string,
  name: string,
  result: StoredMatrix,
  read: Readonly<Record<string, StoredMatrix>>,
): void {
  for (const other in read) {
    if (overlap(result, read[other])) {
      throw new Error(
        `${who}: ${name} lies over ${other}. Give the result a block of its own, or a part that is not read.`,
      )
    }
  }
}

function overlap(x: StoredMatrix, y: StoredMatrix): boolean {
  const size = bytesOf[x.block.dtype]
  const xSpan = spanOf(x)
  const ySpan = spanOf(y)
  const apart = (y.block.ptr - x.block.ptr) / size
  if (xSpan === 0 || ySpan === 0 || apart >= xSpan || -apart >= ySpan) return false
  // Parts of one larger matrix may lie side by side: their columns then differ in every row.
  if (x.ld !== y.ld || x.batch > 1 || y.batch > 1) return true
  const column = ((apart % x.ld) + x.ld) % x.ld
  return column < x.columns || column + y.columns > x.ld
}
