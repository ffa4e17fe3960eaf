import type { Block } from '../heap/block.ts'
import { bytesOf } from '../heap/dtype.ts'
import { multiplyVector } from './gemv.ts'
import { checkSizes, heapOf } from '../heap/operands.ts'
import { multiply, part } from './product.ts'
import type { Product, Steps } from './product.ts'
import { checkBatchOfResults, checkStored, refuseOverlap, spanOf } from './stored-matrix.ts'
import type { FloatDType, StoredMatrix } from './stored-matrix.ts'

/** A matrix product. Matrices are stored row after row. */
export interface GemmOptions<D extends FloatDType> {
  /** m × k values, or k × m with `transA`. */
  a: Block<D>
  /** k × n values, or n × k with `transB`. */
  b: Block<NoInfer<D>>
  /** Where the m × n values of the result go. It may not lie over `a` or `b`. */
  c: Block<NoInfer<D>>
  /** Rows of the result. */
  m: number
  /** Columns of the result. */
  n: number
  /** Values that each of the result's sums has. */
  k: number
  /** Multiply by the transpose of what `a` holds. Default false. */
  transA?: boolean
  /** Multiply by the transpose of what `b` holds. Default false. */
  transB?: boolean
  /** The product is multiplied by it; 0 leaves `a` and `b` unread. Default 1. */
  alpha?: number
  /** What `c` held is multiplied by it and added; 0 leaves it unread, so that it may hold anything. Default 0. */
  beta?: number
  /** n values that are added to every row, in place of what `c` held: `beta` must then be left out. */
  bias?: Block<NoInfer<D>>
  /** Values from one stored row of `a` to the next. Default: as many as a row has. */
  lda?: number
  /** The same for `b`. */
  ldb?: number
  /** The same for `c`. */
  ldc?: number
  /** How many such products there are. Default 1. */
  batch?: number
  /** Values from one `a` of the batch to the next; 0 takes the same every time. Default: one after the other. */
  strideA?: number
  /** The same for `b`. */
  strideB?: number
  /** Values from one result of the batch to the next. Default: one after the other. */
  strideC?: number
}

/**
 * The matrix product c ← α·a·b + β·c, with a or b transposed if need be, once or for a whole batch. The same bits at every
 * thread count.
 *
 * @example
 * ```ts
 * import { arena, gemm } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const a = scratch.copy(new Float64Array([1, 2, 3, 4, 5, 6])) // 2 × 3
 * const b = scratch.copy(new Float64Array([1, 0, 0, 1, 1, 1])) // 3 × 2
 * const c = scratch.alloc('f64', 4)
 * gemm({ a, b, c, m: 2, n: 2, k: 3 })
 * c.view // → [4,5,10,11]
 * gemm({ a, b: a, c, m: 2, n: 2, k: 3, transB: true, alpha: 10 })
 * c.view // → [140,320,320,770]
 * ```
 */
export function gemm<D extends FloatDType>(options: GemmOptions<D>): void {
  const { m, n, k, alpha = 1, beta = 0, batch = 1, transA = false, transB = false, bias } = options
  checkSizes('gemm', { m, n, k, batch })
  const a = stored(options.a, transA ? [k, m] : [m, k], batch, options.lda, options.strideA)
  const b = stored(options.b, transB ? [n, k] : [k, n], batch, options.ldb, options.strideB)
  const c = stored(options.c, [m, n], batch, options.ldc, options.strideC)
  checkSizes('gemm', { strideA: a.stride, strideB: b.stride, strideC: c.stride })
  checkStored('gemm', { a, b, c })
  checkBatchOfResults('gemm', c)
  const heap = heapOf('gemm', { a: [a.block, spanOf(a)], b: [b.block, spanOf(b)], c: [c.block, spanOf(c)] })
  refuseOverlap('gemm', 'c', c, { a, b })
  const into = stepsOf(c, false)
  const added = bias === undefined ? into : biasSteps(options, bias, c)
  const product: Product = {
    ...{ dtype: options.a.dtype, part: part.ALL, items: batch, m, n, k },
    ...{ a: stepsOf(a, transA), b: stepsOf(b, transB), c: into, d: added },
    ...{ alpha, beta: bias === undefined ? beta : 1 },
  }
  if (!multiplyVector(heap, product)) multiply(heap, product)
}

function stored(
  block: Block<FloatDType>,
  [rows, columns]: readonly [number, number],
  batch: number,
  ld: number = columns,
  stride: number = rows * ld,
): StoredMatrix {
  return { block, rows, columns, ld, batch, stride }
}

/** Where the matrix, or its transpose, has its values. */
function stepsOf({ block, ld, stride }: StoredMatrix, transposed: boolean): Steps {
  const size = bytesOf[block.dtype]
  const [row, column] = transposed ? [size, ld * size] : [ld * size, size]
  return { ptr: block.ptr, row, column, item: stride * size }
}

/** The bias as a matrix of which every row is the same. */
function biasSteps(options: GemmOptions<FloatDType>, bias: Block<FloatDType>, c: StoredMatrix): Steps {
  if (options.beta !== undefined) {
    throw new Error('gemm: got bias and beta. The bias takes the place of what c held, so leave beta out.')
  }
  const row = stored(bias, [1, options.n], 1)
  heapOf('gemm', { c: [c.block, 0], bias: [bias, options.n] })
  checkStored('gemm', { c, bias: row })
  refuseOverlap('gemm', 'c', c, { bias: row })
  return { ...stepsOf(row, false), row: 0, item: 0 }
}
