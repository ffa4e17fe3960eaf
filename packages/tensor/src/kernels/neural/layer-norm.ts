import { arena } from '../heap/arena.ts'
import type { Block } from '../heap/block.ts'
import { heapOfRows, rowGrain } from './rows.ts'
import type { RowsShape } from './rows.ts'
import type { Operands } from '../heap/operands.ts'
import { layerNormBinary } from '../wasm/layer-norm.generated.ts'

/** Rows in a block of the gradient; the same number stands in kernels/layer-norm.ts. */
const BLOCK = 32

/** What `layerNorm` reads and writes. */
export interface LayerNormOptions extends RowsShape {
  /** rows × cols */
  readonly x: Block<'f32'>
  /** A factor per column. Default: ones. */
  readonly gamma?: Block<'f32'>
  /** A summand per column. Default: zeros. */
  readonly beta?: Block<'f32'>
  /** Takes the result; may be x. */
  readonly y: Block<'f32'>
  /** Takes the mean of each row, for the gradient. */
  readonly mean: Block<'f64'>
  /** Takes 1 / √(variance + epsilon) of each row, for the gradient. */
  readonly rstd: Block<'f64'>
  /** Added to the variance, so that constant rows divide by something. Default 1e-5. */
  readonly epsilon?: number
}

/**
 * y ← (x − mean) / √(variance + epsilon) · gamma + beta, with each row's own mean and variance. Those are computed in
 * double precision and in two passes: rows far from zero lose no digits.
 *
 * @example
 * ```ts
 * import { arena, layerNorm } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float32Array([100001, 100003]))
 * const mean = scratch.alloc('f64', 1)
 * const rstd = scratch.alloc('f64', 1)
 * layerNorm({ x, y: x, mean, rstd, rows: 1, cols: 2, epsilon: 0 })
 * x.view // → [-1,1]
 * mean.view // → [100002]
 * ```
 */
export function layerNorm(options: LayerNormOptions): void {
  const { x, gamma, beta, y, mean, rstd, rows, cols, epsilon = 1e-5 } = options
  const others: Record<string, readonly [Block, number]> = { mean: [mean, rows], rstd: [rstd, rows] }
  if (gamma) others.gamma = [gamma, cols]
  if (beta) others.beta = [beta, cols]
  const heap = heapOfRows('layerNorm', { rows, cols }, { x, y }, others)
  if (cols === 0) return
  const args = [epsilon, x.ptr, gamma?.ptr ?? 0, beta?.ptr ?? 0, y.ptr, mean.ptr, rstd.ptr, cols]
  heap.parallel(heap.load(layerNormBinary), 'layerNorm_f32', args, { count: rows, grain: rowGrain(cols) })
}

/** What `layerNormGradient` reads and writes. */
export interface LayerNormGradientOptions extends RowsShape {
  /** What `layerNorm` was given, untouched. */
  readonly x: Block<'f32'>
  readonly gamma?: Block<'f32'>
  /** What `layerNorm` gave. */
  readonly mean: Block<'f64'>
  readonly rstd: Block<'f64'>
  /** The gradient with respect to y. */
  readonly dy: Block<'f32'>
  /** Takes the gradient with respect to x; may be dy. */
  readonly dx: Block<'f32'>
  /** Takes the gradient with respect to gamma, a value per column. */
  readonly dGamma: Block<'f32'>
  /** Takes the gradient with respect to beta, a value per column. */
  readonly dBeta: Block<'f32'>
}

/**
 * The gradients through `layerNorm`, in one pass over the rows. The same bits at every thread count.
 *
 * @example
 * ```ts
 * import { arena, layerNorm, layerNormGradient } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float32Array([1, 2, 3, 6]))
 * const y = scratch.alloc('f32', 4)
 * const [mean, rstd] = [scratch.alloc('f64', 2), scratch.alloc('f64', 2)]
 * layerNorm({ x, y, mean, rstd, rows: 2, cols: 2, epsilon: 0 })
 * const dy = scratch.copy(new Float32Array([1, 1, 1, 1]))
 * const [dGamma, dBeta] = [scratch.alloc('f32', 2), scratch.alloc('f32', 2)]
 * layerNormGradient({ x, mean, rstd, dy, dx: dy, dGamma, dBeta, rows: 2, cols: 2 })
 * dy.view // → [0,0,0,0]
 * dGamma.view // → [-2,2]
 * ```
 */
export function layerNormGradient(options: LayerNormGradientOptions): void {
  const { x, gamma, mean, rstd, dy, dx, dGamma, dBeta, rows, cols } = options
  const others: Operands = {
    ...(gamma && { gamma: [gamma, cols] as const }),
    mean: [mean, rows],
    rstd: [rstd, rows],
    dGamma: [dGamma, cols],
    dBeta: [dBeta, cols],
  }
  const heap = heapOfRows('layerNormGradient', { rows, cols }, { x, dy, dx }, others)
  if (dx.ptr === x.ptr && rows * cols > 0) {
    throw new RangeError('layerNormGradient: dx must not be x, which is read again after dx is written.')
  }
  const blocks = Math.ceil(rows / BLOCK)
  using scratch = arena(heap)
  const partials = scratch.alloc('f32', 2 * cols * blocks)
  const family = heap.load(layerNormBinary)
  const args = [rows, cols, x.ptr, dy.ptr, gamma?.ptr ?? 0, mean.ptr, rstd.ptr, dx.ptr, partials.ptr]
  const grain = Math.ceil(rowGrain(cols) / BLOCK)
  heap.parallel(family, 'layerNormGradient_f32', args, { count: blocks, grain })
  const columns = [blocks, cols, partials.ptr, dGamma.ptr, dBeta.ptr]
  heap.parallel(family, 'layerNormParameters_f32', columns, { count: cols, grain: rowGrain(blocks) })
}
