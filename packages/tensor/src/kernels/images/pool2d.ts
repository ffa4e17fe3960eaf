import type { Block } from '../heap/block.ts'
import { sizeOf } from '../movement/layout.ts'
import { heapOf } from '../heap/operands.ts'
import type { Operands } from '../heap/operands.ts'
import { grainOf, placeGeometry, refuseShared } from './window2d-call.ts'
import { poolBinary } from '../wasm/pool.generated.ts'
import { pool2dGeometry } from './window2d.ts'
import type { Pool2dGeometry, Pool2dShape } from './window2d.ts'

/**
 * The largest value of every window, per channel. Padding never wins; NaN does. A window that lies in the padding alone
 * gives −∞.
 *
 * @example
 * ```ts
 * import { arena, maxPool2d } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float32Array([1, 5, 3, -2, -7, -1]))
 * const y = scratch.alloc('f32', 3)
 * maxPool2d({ input: [1, 1, 6, 1], window: [1, 2], strides: [1, 2] }, { x, y })
 * y.view // → [5,3,-1]
 * ```
 */
export function maxPool2d(shape: Pool2dShape, { x, y }: { x: Block<'f32'>; y: Block<'f32'> }): void {
  const g = pool2dGeometry(shape)
  const operands = { x: [x, sizeOf(g.input)], y: [y, sizeOf(g.output)] } as const
  run('maxPool2d', { g, kernel: 'pool_max', options: [], operands, out: 'y' })
}

/**
 * The gradient of `maxPool2d`: every window gives its dy to the place of its largest value; of equal ones to the first,
 * row by row. x is what went into the pool.
 *
 * @example
 * ```ts
 * import { arena, maxPool2dGradient } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float32Array([1, 5, 3, 3]))
 * const dy = scratch.copy(new Float32Array([10, 20]))
 * const dx = scratch.alloc('f32', 4)
 * maxPool2dGradient({ input: [1, 1, 4, 1], window: [1, 2], strides: [1, 2] }, { x, dy, dx })
 * dx.view // → [0,10,20,0]
 * ```
 */
export function maxPool2dGradient(
  shape: Pool2dShape,
  { x, dy, dx }: { x: Block<'f32'>; dy: Block<'f32'>; dx: Block<'f32'> },
): void {
  const g = pool2dGeometry(shape)
  const operands = { x: [x, sizeOf(g.input)], dy: [dy, sizeOf(g.output)], dx: [dx, sizeOf(g.input)] } as const
  run('maxPool2dGradient', { g, kernel: 'pool_max_input', options: [], operands, out: 'dx' })
}

/** What an average is taken over. */
export interface AveragePool2dOptions {
  /** Divide by the window's whole size at the borders too, as if padding were zeros of the image. Default false. */
  countPadding?: boolean
}

/**
 * The mean of every window, per channel. At the borders it is taken over the values that are there, unless
 * `countPadding`; a window that lies in the padding alone gives 0.
 *
 * @example
 * ```ts
 * import { arena, averagePool2d } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float32Array([1, 5, 3]))
 * const y = scratch.alloc('f32', 2)
 * averagePool2d({ input: [1, 1, 3, 1], window: [1, 2], strides: 2, pad: 'same' }, { x, y })
 * y.view // → [3,3]
 * ```
 */
export function averagePool2d(
  shape: Pool2dShape,
  { x, y, countPadding = false }: AveragePool2dOptions & { x: Block<'f32'>; y: Block<'f32'> },
): void {
  const g = pool2dGeometry(shape)
  const operands = { x: [x, sizeOf(g.input)], y: [y, sizeOf(g.output)] } as const
  run('averagePool2d', { g, kernel: 'pool_mean', options: [Number(countPadding)], operands, out: 'y' })
}

/**
 * The gradient of `averagePool2d`: every window gives equal shares of its dy to the values that it was the mean of.
 *
 * @example
 * ```ts
 * import { arena, averagePool2dGradient } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const dy = scratch.copy(new Float32Array([10, 20]))
 * const dx = scratch.alloc('f32', 3)
 * averagePool2dGradient({ input: [1, 1, 3, 1], window: [1, 2] }, { dy, dx })
 * dx.view // → [5,15,10]
 * ```
 */
export function averagePool2dGradient(
  shape: Pool2dShape,
  { dy, dx, countPadding = false }: AveragePool2dOptions & { dy: Block<'f32'>; dx: Block<'f32'> },
): void {
  const g = pool2dGeometry(shape)
  const operands = { dy: [dy, sizeOf(g.output)], dx: [dx, sizeOf(g.input)] } as const
  const options = [Number(countPadding)]
  run('averagePool2dGradient', { g, kernel: 'pool_mean_input', options, operands, out: 'dx' })
}

interface PoolCall {
  readonly g: Pool2dGeometry
  readonly kernel: 'pool_max' | 'pool_mean' | 'pool_max_input' | 'pool_mean_input'
  readonly options: readonly number[]
  /** In the order in which the kernel takes them. */
  readonly operands: Operands
  readonly out: 'y' | 'dx'
}

function run(who: string, { g, kernel, options, operands, out }: PoolCall): void {
  const heap = heapOf(who, operands)
  refuseShared(who, out, operands)
  if (operands[out][1] === 0) return
  // The rows of a window are joined into one row of the image first.
  const { geometry, scratch, stride } = placeGeometry(heap, g, 4 * g.input[2] * g.input[3])
  const addresses = Object.values(operands).map(([block]) => block.ptr)
  const args = [geometry, ...options, ...addresses, scratch, stride]
  heap.parallel(heap.load(poolBinary), kernel, args, out === 'y' ? outputRows(g) : inputRows(g))
}

/** A piece is a row of the output. */
function outputRows(g: Pool2dGeometry): { count: number; grain: number } {
  const row = g.output[2] * g.output[3] * g.window[0] * g.window[1]
  return { count: g.output[0] * g.output[1], grain: grainOf(row) }
}

/**
 * A piece is a row of the input. Windows that reach over the edge between two calls are looked at in both, so a call
 * takes many rows for its window's height.
 */
function inputRows(g: Pool2dGeometry): { count: number; grain: number } {
  const row = Math.ceil(sizeOf(g.output) / (g.output[0] * Math.max(1, g.input[1]))) * g.window[0] * g.window[1]
  const reach = (g.window[0] - 1) * g.dilations[0] + 1
  return { count: g.input[0] * g.input[1], grain: Math.max(grainOf(row), reach > g.strides[0] ? 8 * reach : 1) }
}
