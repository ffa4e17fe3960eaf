import type { Block } from '../heap/block.ts'
import { defineUnary, mapValues } from './unary.ts'
import type { FloatDType } from '../products/stored-matrix.ts'
import type { Unary } from './unary.ts'

/**
 * y ← x where it is positive, 0 where not; NaN stays NaN.
 *
 * @example
 * ```ts
 * import { arena, relu } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([-2, 3]))
 * relu(x, x)
 * x.view // → [0,3]
 * ```
 */
export const relu: Unary<FloatDType> = /* @__PURE__ */ defineUnary('relu')

/**
 * y ← x between 0 and 6; NaN stays NaN.
 *
 * @example
 * ```ts
 * import { arena, relu6 } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([-2, 3, 7]))
 * relu6(x, x)
 * x.view // → [0,3,6]
 * ```
 */
export function relu6<D extends FloatDType>(x: Block<D>, y: Block<NoInfer<D>>): void {
  mapValues('clip', [0, 6], x, y)
}

export interface ClipOptions {
  /** Smaller values become this one. Default −Infinity. */
  min?: number
  /** Larger values become this one. Default Infinity. */
  max?: number
}

/**
 * y ← x between two bounds; NaN stays NaN.
 *
 * @example
 * ```ts
 * import { arena, clip } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([-2, 0.5, 3]))
 * clip(x, x, { min: -1, max: 1 })
 * x.view // → [-1,0.5,1]
 * ```
 */
export function clip<D extends FloatDType>(x: Block<D>, y: Block<NoInfer<D>>, options: ClipOptions): void {
  const { min = -Infinity, max = Infinity } = options
  if (!(min <= max)) throw new RangeError(`clip: min is ${min} and max is ${max}. Give numbers with min ≤ max.`)
  mapValues('clip', [min, max], x, y)
}

export interface LeakyReluOptions {
  /** The slope below zero. Default 0.2. */
  alpha?: number
}

/**
 * y ← x, or alpha·x below zero.
 *
 * @example
 * ```ts
 * import { arena, leakyRelu } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([-2, 3]))
 * leakyRelu(x, x, { alpha: 0.5 })
 * x.view // → [-1,3]
 * ```
 */
export function leakyRelu<D extends FloatDType>(
  x: Block<D>,
  y: Block<NoInfer<D>>,
  { alpha = 0.2 }: LeakyReluOptions = {},
): void {
  mapValues('leakyRelu', [alpha], x, y)
}

export interface EluOptions {
  /** Minus the limit far below zero. Default 1. */
  alpha?: number
}

/**
 * y ← x, or alpha·(eˣ − 1) below zero.
 *
 * @example
 * ```ts
 * import { arena, elu } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([-Infinity, 3]))
 * elu(x, x, { alpha: 2 })
 * x.view // → [-2,3]
 * ```
 */
export function elu<D extends FloatDType>(x: Block<D>, y: Block<NoInfer<D>>, { alpha = 1 }: EluOptions = {}): void {
  mapValues('elu', [alpha], x, y)
}
