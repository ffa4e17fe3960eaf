import type { Block } from '../heap/block.ts'
import { bytesOf } from '../heap/dtype.ts'
import { checkSizes, heapOf } from '../heap/operands.ts'
import { multiply, part } from './product.ts'
import type { Steps } from './product.ts'
import { checkStored, refuseOverlap, spanOf } from './stored-matrix.ts'
import type { FloatDType, StoredMatrix } from './stored-matrix.ts'
import { gemmBinary } from '../wasm/gemm.generated.ts'

/** Columns that the mirror kernel copies together; the same number stands in kernels/parts/gemm-finish.ts. */
const TOGETHER = 16

/** The product of a matrix and its own transpose. Matrices are stored row after row. */
export interface SyrkOptions<D extends FloatDType> {
  /** n × k values, or k × n with `trans`. */
  a: Block<D>
  /** Where the n × n values of the result go. It may not lie over `a`. */
  c: Block<NoInfer<D>>
  /** Rows and columns of the result. */
  n: number
  /** Values that each of the result's sums has. */
  k: number
  /** Give aᵀ·a, the sums over the stored rows of `a`, instead of a·aᵀ. Default false. */
  trans?: boolean
  /**
   * Write only one triangle, the diagonal included, and leave the rest of `c` as it is. Default `'full'`: both, equal to the
   * last bit, at little more cost. With `beta`, `'full'` reads only the lower triangle of `c`.
   */
  triangle?: 'full' | 'lower' | 'upper'
  /** The product is multiplied by it; 0 leaves `a` unread. Default 1. */
  alpha?: number
  /** What `c` held is multiplied by it and added; 0 leaves it unread, so that it may hold anything. Default 0. */
  beta?: number
  /** Values from one stored row of `a` to the next. Default: as many as a row has. */
  lda?: number
  /** The same for `c`. */
  ldc?: number
}

/**
 * The Gram matrix c ← α·a·aᵀ + β·c, or with `trans` α·aᵀ·a + β·c, at half the cost of `gemm`. The same bits at every
 * thread count.
 *
 * @example
 * ```ts
 * import { arena, syrk } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const a = scratch.copy(new Float64Array([1, 2, 3, 4, 5, 6])) // 3 samples × 2 features
 * const c = scratch.alloc('f64', 4)
 * syrk({ a, c, n: 2, k: 3, trans: true })
 * c.view // → [35,44,44,56]
 * ```
 */
export function syrk<D extends FloatDType>(options: SyrkOptions<D>): void {
  const { n, k, trans = false, triangle = 'full', alpha = 1, beta = 0 } = options
  checkSizes('syrk', { n, k })
  const columns = trans ? n : k
  const shape = { batch: 1, stride: 0 }
  const a: StoredMatrix = { ...shape, block: options.a, rows: trans ? k : n, columns, ld: options.lda ?? columns }
  const c: StoredMatrix = { ...shape, block: options.c, rows: n, columns: n, ld: options.ldc ?? n }
  checkStored('syrk', { a, c })
  const heap = heapOf('syrk', { a: [a.block, spanOf(a)], c: [c.block, spanOf(c)] })
  refuseOverlap('syrk', 'c', c, { a })
  const size = bytesOf[a.block.dtype]
  const outer: Steps = { ptr: a.block.ptr, row: a.ld * size, column: size, item: 0 }
  const turned: Steps = { ...outer, row: outer.column, column: outer.row }
  const to: Steps = { ptr: c.block.ptr, row: c.ld * size, column: size, item: 0 }
  multiply(heap, {
    ...{ dtype: options.a.dtype, part: triangle === 'upper' ? part.UPPER : part.LOWER, items: 1, m: n, n, k },
    ...{ a: trans ? turned : outer, b: trans ? outer : turned, c: to, d: to, alpha, beta },
  })
  if (triangle !== 'full' || n === 0) return
  const count = Math.ceil(n / TOGETHER)
  const grain = Math.ceil(32768 / (TOGETHER * n))
  heap.parallel(heap.load(gemmBinary), `mirror_${options.a.dtype}`, [n, to.ptr, to.row], { count, grain })
}
