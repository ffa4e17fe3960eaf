import { arena } from '../heap/arena.ts'
import type { Block } from '../heap/block.ts'
import type { Heap } from '../heap/heap.ts'
import { refuseOverlap } from '../heap/overlap.ts'
import { checkSizes, heapOf } from '../heap/operands.ts'
import { sparseBinary } from '../wasm/sparse.generated.ts'

/** A sparse matrix in compressed rows, as SciPy's `csr_matrix` has it. */
export interface CsrParts {
  readonly rows: number
  readonly cols: number
  /** Where each row's values start, and at last where they end: rows + 1 numbers. SciPy's `indptr`. */
  readonly starts: Block<'i32'>
  /** The column of each value. SciPy's `indices`. */
  readonly columns: Block<'i32'>
  readonly values: Block<'f64'>
}

const checked: unique symbol = Symbol('checked')

/** A sparse matrix whose parts `csr` has checked. Don't change `starts` and `columns` any more. */
export interface CsrMatrix extends CsrParts {
  readonly [checked]: true
}

/** Values that one call goes through, and that are worth handing to another thread. */
const CHUNK = 16384

/** The least values of a part of a transposed product, and the most parts. */
const PART = 65536
const MOST_PARTS = 16

/**
 * Checks once that the parts of a sparse matrix fit together, so that the products need not.
 *
 * @example
 * ```ts
 * import { arena, csr, csrTimesVector } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * // [[0, 2, 0], [1, 0, 3]]
 * const a = csr({
 *   rows: 2,
 *   cols: 3,
 *   starts: scratch.copy(new Int32Array([0, 1, 3])),
 *   columns: scratch.copy(new Int32Array([1, 0, 2])),
 *   values: scratch.copy(new Float64Array([2, 1, 3])),
 * })
 * const y = scratch.alloc('f64', 2)
 * csrTimesVector(a, scratch.copy(new Float64Array([1, 10, 100])), y)
 * y.view // → [20,301]
 * ```
 */
export function csr(parts: CsrParts): CsrMatrix {
  const { rows, cols, starts, columns, values } = parts
  checkSizes('csr', { rows, cols })
  const heap = heapOf('csr', { starts: [starts, rows + 1], columns: [columns, 0], values: [values, 0] })
  const kernels = heap.load(sparseBinary).kernels
  if (starts.view[0] !== 0) throw new RangeError(`csr: starts[0] is ${starts.view[0]}, but rows start at 0.`)
  for (let begin = 0; begin < rows; begin += CHUNK) {
    const row = Number(kernels.find_falling(starts.ptr, begin, Math.min(rows, begin + CHUNK)))
    if (row < 0) continue
    throw new RangeError(
      `csr: row ${row} starts at ${starts.view[row]} and ends at ${starts.view[row + 1]}. starts may not fall.`,
    )
  }
  const n = starts.view[rows]
  heapOf('csr', { columns: [columns, n], values: [values, n] })
  for (let begin = 0; begin < n; begin += CHUNK) {
    const at = Number(kernels.find_outside(columns.ptr, cols, begin, Math.min(n, begin + CHUNK)))
    if (at < 0) continue
    throw new RangeError(`csr: columns[${at}] is ${columns.view[at]}, but must be from 0 to ${cols - 1}.`)
  }
  return { ...parts, [checked]: true }
}

/**
 * y = a·x.
 *
 * @example
 * ```ts
 * import { arena, csr, csrTimesVector } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const starts = scratch.copy(new Int32Array([0, 1, 2]))
 * const columns = scratch.copy(new Int32Array([1, 0]))
 * const a = csr({ rows: 2, cols: 2, starts, columns, values: scratch.copy(new Float64Array([2, 3])) })
 * const y = scratch.alloc('f64', 2)
 * csrTimesVector(a, scratch.copy(new Float64Array([1, 10])), y)
 * y.view // → [20,3]
 * ```
 */
export function csrTimesVector(a: CsrMatrix, x: Block<'f64'>, y: Block<'f64'>): void {
  const heap = heapOfProduct('csrTimesVector', a, { x: [x, a.cols], y: [y, a.rows] })
  refuseOverlap('csrTimesVector', x.at(0, a.cols), y.at(0, a.rows))
  const args = [a.starts.ptr, a.columns.ptr, a.values.ptr, x.ptr, y.ptr]
  heap.parallel(heap.load(sparseBinary), 'csr_vector', args, { count: a.rows, grain: rowsOfChunk(a, 1) })
}

/**
 * y = a·x, where x and y are dense with `k` columns, row-major.
 *
 * @example
 * ```ts
 * import { arena, csr, csrTimesMatrix } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const starts = scratch.copy(new Int32Array([0, 1, 2]))
 * const columns = scratch.copy(new Int32Array([1, 0]))
 * const a = csr({ rows: 2, cols: 2, starts, columns, values: scratch.copy(new Float64Array([2, 3])) })
 * const y = scratch.alloc('f64', 4)
 * csrTimesMatrix(a, scratch.copy(new Float64Array([1, 2, 10, 20])), y, 2)
 * y.view // → [20,40,3,6]
 * ```
 */
export function csrTimesMatrix(a: CsrMatrix, x: Block<'f64'>, y: Block<'f64'>, k: number): void {
  checkSizes('csrTimesMatrix', { k })
  const heap = heapOfProduct('csrTimesMatrix', a, { x: [x, a.cols * k], y: [y, a.rows * k] })
  if (k === 0) return
  refuseOverlap('csrTimesMatrix', x.at(0, a.cols * k), y.at(0, a.rows * k))
  const args = [a.starts.ptr, a.columns.ptr, a.values.ptr, x.ptr, y.ptr, k]
  heap.parallel(heap.load(sparseBinary), 'csr_matrix', args, { count: a.rows, grain: rowsOfChunk(a, k) })
}

/**
 * y = aᵀ·x. The same bits at every thread count.
 *
 * @example
 * ```ts
 * import { arena, csr, csrTransposedTimesVector } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const starts = scratch.copy(new Int32Array([0, 1, 2]))
 * const columns = scratch.copy(new Int32Array([1, 0]))
 * const a = csr({ rows: 2, cols: 2, starts, columns, values: scratch.copy(new Float64Array([2, 3])) })
 * const y = scratch.alloc('f64', 2)
 * csrTransposedTimesVector(a, scratch.copy(new Float64Array([1, 10])), y)
 * y.view // → [30,2]
 * ```
 */
export function csrTransposedTimesVector(a: CsrMatrix, x: Block<'f64'>, y: Block<'f64'>): void {
  const { rows, cols } = a
  const heap = heapOfProduct('csrTransposedTimesVector', a, { x: [x, rows], y: [y, cols] })
  refuseOverlap('csrTransposedTimesVector', x.at(0, rows), y.at(0, cols))
  const n = a.starts.view[rows]
  // Parts with many more values than columns, or adding them up would cost more than they save.
  const parts = Math.max(1, Math.min(MOST_PARTS, rows, Math.floor(n / Math.max(PART, 4 * cols))))
  using scratch = arena(heap)
  const partial = parts === 1 ? y : scratch.alloc('f64', parts * cols)
  const part = Math.ceil(rows / parts)
  const args = [a.starts.ptr, a.columns.ptr, a.values.ptr, x.ptr, rows, cols, part, partial.ptr]
  const family = heap.load(sparseBinary)
  heap.parallel(family, 'csr_transposed', args, { count: parts, grain: 1 })
  if (parts === 1) return
  heap.parallel(family, 'add_parts', [partial.ptr, parts, cols, y.ptr], { count: cols, grain: CHUNK })
}

function heapOfProduct(who: string, a: CsrMatrix, operands: Parameters<typeof heapOf>[1]): Heap {
  const { starts, columns, values } = a
  const own = { starts: [starts, 0], columns: [columns, 0], values: [values, 0] } as const
  return heapOf(who, { ...operands, ...own })
}

/** So many rows that a chunk holds about CHUNK products, if rows are of equal length. */
function rowsOfChunk({ rows, columns }: CsrMatrix, k: number): number {
  return Math.max(1, Math.ceil((CHUNK * rows) / Math.max(1, (columns.length + rows) * k)))
}
