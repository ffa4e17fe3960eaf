import { arena } from '../heap/arena.ts'
import type { Block } from '../heap/block.ts'
import { bytesOf } from '../heap/dtype.ts'
import type { Heap } from '../heap/heap.ts'
import { checkSizes, heapOf } from '../heap/operands.ts'
import type { Product, Steps } from './product.ts'
import { checkStored, refuseOverlap, spanOf } from './stored-matrix.ts'
import type { FloatDType, StoredMatrix } from './stored-matrix.ts'
import { gemvBinary } from '../wasm/gemv.generated.ts'

/** Columns of one piece; the same number stands in kernels/gemv.ts. */
const BAND = 1024

/** Values of the matrix that one call of a kernel reads: some 20 µs. */
const CALL = 2 ** 17

/** A product of a matrix and a vector. The matrix is stored row after row. */
export interface GemvOptions<D extends FloatDType> {
  /** m × n values. */
  a: Block<D>
  /** n values; m with `trans`. */
  x: Block<NoInfer<D>>
  /** Where the m values of the result go; n with `trans`. It may not lie over `a` or `x`. */
  y: Block<NoInfer<D>>
  /** Stored rows of `a`. */
  m: number
  /** Stored columns of `a`. */
  n: number
  /** Multiply by the transpose of `a`. Default false. */
  trans?: boolean
  /** The product is multiplied by it; 0 leaves `a` and `x` unread. Default 1. */
  alpha?: number
  /** What `y` held is multiplied by it and added; 0 leaves it unread, so that it may hold anything. Default 0. */
  beta?: number
  /** Values from one stored row of `a` to the next. Default: n. */
  lda?: number
}

/**
 * The product of a matrix and a vector y ← α·a·x + β·y, or with the transpose of a. The same bits at every thread count.
 *
 * @example
 * ```ts
 * import { arena, gemv } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const a = scratch.copy(new Float64Array([1, 2, 3, 4, 5, 6])) // 2 × 3
 * const y = scratch.alloc('f64', 2)
 * gemv({ a, x: scratch.copy(new Float64Array([1, 1, 1])), y, m: 2, n: 3 })
 * y.view // → [6,15]
 * ```
 */
export function gemv<D extends FloatDType>(options: GemvOptions<D>): void {
  const { m, n, alpha = 1, beta = 0, trans = false, lda = n } = options
  checkSizes('gemv', { m, n })
  const size = bytesOf[options.a.dtype]
  const a: StoredMatrix = { block: options.a, rows: m, columns: n, ld: lda, batch: 1, stride: 0 }
  const x = vector(options.x, trans ? m : n)
  const y = vector(options.y, trans ? n : m)
  checkStored('gemv', { a, x, y })
  const heap = heapOf('gemv', { a: [a.block, spanOf(a)], x: [x.block, x.columns], y: [y.block, y.columns] })
  refuseOverlap('gemv', 'y', y, { a, x })
  const to = { ptr: y.block.ptr, step: size }
  const work: VectorProduct = {
    ...{ dtype: options.a.dtype, m, n, a: a.block.ptr, aStep: lda * size, x: { ptr: x.block.ptr, step: size } },
    ...{ y: to, d: to, alpha, beta },
  }
  if (trans) multiplyTransposed(heap, work)
  else multiplyRows(heap, work)
}

function vector(block: Block<FloatDType>, length: number): StoredMatrix {
  return { block, rows: 1, columns: length, ld: length, batch: 1, stride: 0 }
}

interface Strided {
  readonly ptr: number
  /** Bytes from one value to the next. */
  readonly step: number
}

/** y = alpha · a · x + beta · d, or with the transpose of the stored m × n matrix a. */
interface VectorProduct {
  readonly dtype: FloatDType
  readonly m: number
  readonly n: number
  readonly a: number
  readonly aStep: number
  readonly x: Strided
  readonly y: Strided
  readonly d: Strided
  readonly alpha: number
  readonly beta: number
}

/** Does a product of which one side is a vector, if it is one that these kernels can do; says whether it did. */
export function multiplyVector(heap: Heap, p: Product): boolean {
  if (p.items !== 1 || (p.m !== 1 && p.n !== 1) || p.k === 0) return false
  const { dtype, k, alpha, beta } = p
  const size = bytesOf[dtype]
  // One column: c = a · b. One row: its transpose, cᵀ = bᵀ · aᵀ.
  const [length, matrix, rowStep, columnStep, x, y, d]: [number, number, number, number, Strided, Strided, Strided] =
    p.n === 1
      ? [p.m, p.a.ptr, p.a.row, p.a.column, down(p.b), down(p.c), down(p.d)]
      : [p.n, p.b.ptr, p.b.column, p.b.row, across(p.a), across(p.c), across(p.d)]
  const common = { dtype, a: matrix, x, y, d, alpha, beta }
  if (columnStep === size && x.step === size) {
    multiplyRows(heap, { ...common, m: length, n: k, aStep: rowStep })
    return true
  }
  if (rowStep === size && y.step === size && d.step === size) {
    multiplyTransposed(heap, { ...common, m: k, n: length, aStep: columnStep })
    return true
  }
  return false
}

const down = ({ ptr, row }: Steps): Strided => ({ ptr, step: row })
const across = ({ ptr, column }: Steps): Strided => ({ ptr, step: column })

/** x's values must follow each other. */
function multiplyRows(heap: Heap, { dtype, m, n, a, aStep, x, y, d, alpha, beta }: VectorProduct): void {
  const terms = alpha === 0 ? 0 : n
  const args = [terms, a, aStep, x.ptr, y.ptr, y.step, d.ptr, d.step, terms === 0 ? 0 : alpha, beta]
  // A multiple of the four rows that are summed together.
  const grain = 4 * Math.ceil(CALL / 4 / Math.max(1, terms))
  heap.parallel(heap.load(gemvBinary), `rows_${dtype}`, args, { count: m, grain })
}

/** y's values must follow each other. Rows are summed in blocks, and the blocks' sums are added in order. */
function multiplyTransposed(heap: Heap, { dtype, m, n, a, aStep, x, y, d, alpha, beta }: VectorProduct): void {
  if (n === 0) return
  const size = bytesOf[dtype]
  const family = heap.load(gemvBinary)
  const rows = alpha === 0 ? 0 : m
  // Blocks of 512 rows or more, and not many: what is written is then small beside what is read.
  const height = 4 * Math.max(128, Math.ceil(rows / 256))
  const blocks = Math.max(1, Math.ceil(rows / height))
  const width = Math.ceil((n * size) / 16) * (16 / size)
  using scratch = arena(heap)
  const partials = scratch.alloc(dtype, blocks * width)
  const args = [rows, n, height, a, aStep, x.ptr, x.step, partials.ptr, width]
  const grain = Math.ceil(CALL / (Math.min(height, Math.max(1, rows)) * Math.min(n, BAND)))
  heap.parallel(family, `columns_${dtype}`, args, { count: blocks * Math.ceil(n / BAND), grain })
  const sumArgs = [n, blocks, partials.ptr, width, y.ptr, d.ptr, rows === 0 ? 0 : alpha, beta]
  heap.parallel(family, `sum_${dtype}`, sumArgs, { count: 1, grain: 1 })
}
