import type { Block } from '../heap/block.ts'
import { heapOfRows, rowGrain } from './rows.ts'
import type { RowsShape } from './rows.ts'
import type { FloatDType } from '../products/stored-matrix.ts'
import { softmaxBinary } from '../wasm/softmax.generated.ts'

/** Room for the constants of exp and log, and for the columns of four short rows. */
const CONSTANTS = 2048

/**
 * y ← eˣ / Σ eˣ of each row, without overflow; y may be x. The same bits at every thread count.
 *
 * @example
 * ```ts
 * import { arena, softmax } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([1000, 1000, -1000, 1000]))
 * softmax(x, x, { rows: 2, cols: 2 })
 * x.view // → [0.5,0.5,0,1]
 * ```
 */
export function softmax<D extends FloatDType>(x: Block<D>, y: Block<NoInfer<D>>, shape: RowsShape): void {
  run('softmax', shape, { x, y })
}

/**
 * y ← log(softmax x) of each row: x − log Σ eˣ, precise where the softmax itself would be 0; y may be x.
 *
 * @example
 * ```ts
 * import { arena, logSoftmax } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([-1000, 1000]))
 * logSoftmax(x, x, { rows: 1, cols: 2 })
 * x.view // → [-2000,0]
 * ```
 */
export function logSoftmax<D extends FloatDType>(x: Block<D>, y: Block<NoInfer<D>>, shape: RowsShape): void {
  run('logSoftmax', shape, { x, y })
}

/** What a gradient reads and writes. */
export interface RowsGradient<D extends FloatDType> {
  /** What the function gave. */
  readonly y: Block<D>
  /** The gradient with respect to y. */
  readonly dy: Block<D>
  /** Takes the gradient with respect to x; may be y or dy. */
  readonly dx: Block<D>
}

/**
 * dx ← y·(dy − Σ dy·y): the gradient through `softmax`, from its result.
 *
 * @example
 * ```ts
 * import { arena, softmaxGradient } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const y = scratch.copy(new Float64Array([0.5, 0.5]))
 * const dy = scratch.copy(new Float64Array([1, 0]))
 * softmaxGradient({ y, dy, dx: dy }, { rows: 1, cols: 2 })
 * dy.view // → [0.25,-0.25]
 * ```
 */
export function softmaxGradient<D extends FloatDType>({ y, dy, dx }: RowsGradient<D>, shape: RowsShape): void {
  run('softmaxGradient', shape, { y, dy, dx })
}

/**
 * dx ← dy − eʸ·Σ dy: the gradient through `logSoftmax`, from its result.
 *
 * @example
 * ```ts
 * import { arena, logSoftmaxGradient } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const y = scratch.copy(new Float64Array([0, -Infinity]))
 * const dy = scratch.copy(new Float64Array([1, 2]))
 * logSoftmaxGradient({ y, dy, dx: dy }, { rows: 1, cols: 2 })
 * dy.view // → [-2,2]
 * ```
 */
export function logSoftmaxGradient<D extends FloatDType>({ y, dy, dx }: RowsGradient<D>, shape: RowsShape): void {
  run('logSoftmaxGradient', shape, { y, dy, dx })
}

/** What `softmaxCrossEntropy` reads and writes. */
export interface SoftmaxCrossEntropyOptions<D extends FloatDType> extends RowsShape {
  /** Unnormalized log-probabilities, rows × cols. */
  readonly logits: Block<D>
  /** The right column of each row. */
  readonly labels: Block<'i32'>
  /** Takes −log(softmax logits) at the label, one value per row. */
  readonly loss: Block<D>
  /** Takes scale·(softmax logits − the label's unit vector); may be `logits`. Default: not computed. */
  readonly gradient?: Block<D>
  /** The gradient with respect to each loss: 1 / rows for their mean. Default 1. */
  readonly scale?: number
}

/**
 * The loss of a classifier, and its gradient in the same pass.
 *
 * @example
 * ```ts
 * import { arena, softmaxCrossEntropy } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const logits = scratch.copy(new Float64Array([0, 0, 1000, 0]))
 * const labels = scratch.copy(new Int32Array([1, 0]))
 * const loss = scratch.alloc('f64', 2)
 * softmaxCrossEntropy({ logits, labels, loss, gradient: logits, rows: 2, cols: 2 })
 * loss.view // → [0.6931471805599453,0]
 * logits.view // → [0.5,-0.5,0,0]
 * ```
 */
export function softmaxCrossEntropy<D extends FloatDType>(options: SoftmaxCrossEntropyOptions<D>): void {
  const who = 'softmaxCrossEntropy'
  const { logits, labels, loss, gradient, rows, cols, scale = 1 } = options
  const matrices: Record<string, Block> = gradient ? { logits, gradient } : { logits }
  const heap = heapOfRows(who, { rows, cols }, matrices, { labels: [labels, rows], loss: [loss, rows] })
  if (loss.dtype !== logits.dtype)
    throw new TypeError(`${who}: loss is of ${loss.dtype}, but logits of ${logits.dtype}.`)
  const places = labels.view
  for (let row = 0; row < rows; row++) {
    if (!(places[row] >= 0 && places[row] < cols)) {
      throw new RangeError(
        `${who}: the label of row ${row} is ${places[row]}. Labels are columns, from 0 to ${cols - 1}.`,
      )
    }
  }
  const { ptr, stride } = heap.scratch(CONSTANTS)
  const args = [scale, logits.ptr, labels.ptr, loss.ptr, gradient?.ptr ?? 0, cols, ptr, stride]
  const split = { count: rows, grain: rowGrain(cols) }
  heap.parallel(heap.load(softmaxBinary), `crossEntropy_${logits.dtype}`, args, split)
}

/** Runs the kernel over matrices of one shape, which come first among its arguments. */
function run(who: string, shape: RowsShape, matrices: Readonly<Record<string, Block>>): void {
  const heap = heapOfRows(who, shape, matrices)
  if (shape.cols === 0) return
  const blocks = Object.values(matrices)
  const { ptr, stride } = heap.scratch(CONSTANTS)
  const args = [...blocks.map((block) => block.ptr), shape.cols, ptr, stride]
  const split = { count: shape.rows, grain: rowGrain(shape.cols) }
  heap.parallel(heap.load(softmaxBinary), `${who}_${blocks[0].dtype}`, args, split)
}
