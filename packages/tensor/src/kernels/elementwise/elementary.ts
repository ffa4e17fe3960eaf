import { defineUnary } from './unary.ts'
import type { FloatDType } from '../products/stored-matrix.ts'
import type { Unary } from './unary.ts'

/**
 * y ← |x|
 *
 * @example
 * ```ts
 * import { arena, abs } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([-2, 3]))
 * abs(x, x)
 * x.view // → [2,3]
 * ```
 */
export const abs: Unary<FloatDType> = /* @__PURE__ */ defineUnary('abs')

/**
 * y ← −x
 *
 * @example
 * ```ts
 * import { arena, neg } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([-2, 3]))
 * neg(x, x)
 * x.view // → [2,-3]
 * ```
 */
export const neg: Unary<FloatDType> = /* @__PURE__ */ defineUnary('neg')

/**
 * y ← x²
 *
 * @example
 * ```ts
 * import { arena, square } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([-2, 3]))
 * square(x, x)
 * x.view // → [4,9]
 * ```
 */
export const square: Unary<FloatDType> = /* @__PURE__ */ defineUnary('square')

/**
 * y ← √x, correctly rounded; NaN below 0.
 *
 * @example
 * ```ts
 * import { arena, sqrt } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([4, 2.25]))
 * sqrt(x, x)
 * x.view // → [2,1.5]
 * ```
 */
export const sqrt: Unary<FloatDType> = /* @__PURE__ */ defineUnary('sqrt')

/**
 * y ← 1 / √x, within 1 unit in the last place.
 *
 * @example
 * ```ts
 * import { arena, rsqrt } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([4, 0]))
 * rsqrt(x, x)
 * x.view // → [0.5,Infinity]
 * ```
 */
export const rsqrt: Unary<FloatDType> = /* @__PURE__ */ defineUnary('rsqrt')

/**
 * y ← 1 / x
 *
 * @example
 * ```ts
 * import { arena, reciprocal } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([4, -0.5]))
 * reciprocal(x, x)
 * x.view // → [0.25,-2]
 * ```
 */
export const reciprocal: Unary<FloatDType> = /* @__PURE__ */ defineUnary('reciprocal')

/**
 * y ← the largest whole number ≤ x.
 *
 * @example
 * ```ts
 * import { arena, floor } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([1.5, -1.5]))
 * floor(x, x)
 * x.view // → [1,-2]
 * ```
 */
export const floor: Unary<FloatDType> = /* @__PURE__ */ defineUnary('floor')

/**
 * y ← the smallest whole number ≥ x.
 *
 * @example
 * ```ts
 * import { arena, ceil } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([1.5, -1.5]))
 * ceil(x, x)
 * x.view // → [2,-1]
 * ```
 */
export const ceil: Unary<FloatDType> = /* @__PURE__ */ defineUnary('ceil')

/**
 * y ← the nearest whole number; halves go to the even neighbour, as in IEEE 754 and NumPy.
 *
 * @example
 * ```ts
 * import { arena, round } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([0.5, 1.5, 2.5]))
 * round(x, x)
 * x.view // → [0,2,2]
 * ```
 */
export const round: Unary<FloatDType> = /* @__PURE__ */ defineUnary('round')

/**
 * y ← 1 above zero, −1 below, 0 at ±0; NaN stays NaN.
 *
 * @example
 * ```ts
 * import { arena, sign } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([-3, 0, 7]))
 * sign(x, x)
 * x.view // → [-1,0,1]
 * ```
 */
export const sign: Unary<FloatDType> = /* @__PURE__ */ defineUnary('sign')
