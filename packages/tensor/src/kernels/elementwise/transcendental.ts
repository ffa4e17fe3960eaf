import { defineUnary } from './unary.ts'
import type { FloatDType } from '../products/stored-matrix.ts'
import type { Unary } from './unary.ts'

// Within 2 units in the last place of the true value everywhere, subnormal and huge arguments included.

/**
 * y ← eˣ
 *
 * @example
 * ```ts
 * import { arena, exp } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([0, -Infinity]))
 * exp(x, x)
 * x.view // → [1,0]
 * ```
 */
export const exp: Unary<FloatDType> = /* @__PURE__ */ defineUnary('exp')

/**
 * y ← eˣ − 1, precise near zero too.
 *
 * @example
 * ```ts
 * import { arena, expm1 } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([0, 1e-20, -Infinity]))
 * expm1(x, x)
 * x.view // → [0,1e-20,-1]
 * ```
 */
export const expm1: Unary<FloatDType> = /* @__PURE__ */ defineUnary('expm1')

/**
 * y ← the natural logarithm of x: −Infinity at 0, NaN below.
 *
 * @example
 * ```ts
 * import { arena, log } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([1, 0, -1]))
 * log(x, x)
 * x.view // → [0,-Infinity,NaN]
 * ```
 */
export const log: Unary<FloatDType> = /* @__PURE__ */ defineUnary('log')

/**
 * y ← log(1 + x), precise near zero too.
 *
 * @example
 * ```ts
 * import { arena, log1p } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([0, 1e-20, -1]))
 * log1p(x, x)
 * x.view // → [0,1e-20,-Infinity]
 * ```
 */
export const log1p: Unary<FloatDType> = /* @__PURE__ */ defineUnary('log1p')

/**
 * y ← tanh(x)
 *
 * @example
 * ```ts
 * import { arena, tanh } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([0, 1e-20, Infinity]))
 * tanh(x, x)
 * x.view // → [0,1e-20,1]
 * ```
 */
export const tanh: Unary<FloatDType> = /* @__PURE__ */ defineUnary('tanh')

/**
 * y ← 1 / (1 + e⁻ˣ)
 *
 * @example
 * ```ts
 * import { arena, sigmoid } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([0, Infinity, -Infinity]))
 * sigmoid(x, x)
 * x.view // → [0.5,1,0]
 * ```
 */
export const sigmoid: Unary<FloatDType> = /* @__PURE__ */ defineUnary('sigmoid')

/**
 * y ← log(1 + eˣ), without overflow.
 *
 * @example
 * ```ts
 * import { arena, softplus } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([1000, -Infinity]))
 * softplus(x, x)
 * x.view // → [1000,0]
 * ```
 */
export const softplus: Unary<FloatDType> = /* @__PURE__ */ defineUnary('softplus')

/**
 * y ← erf(x), the error function.
 *
 * @example
 * ```ts
 * import { arena, erf } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float32Array([0, Infinity, -Infinity]))
 * erf(x, x)
 * x.view // → [0,1,-1]
 * ```
 */
export const erf: Unary<'f32'> = /* @__PURE__ */ defineUnary('erf')

/**
 * y ← x·Φ(x), Φ being the standard normal distribution: the exact form of GELU, not the one with tanh.
 *
 * @example
 * ```ts
 * import { arena, gelu } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float32Array([0, 20]))
 * gelu(x, x)
 * x.view // → [0,20]
 * ```
 */
export const gelu: Unary<'f32'> = /* @__PURE__ */ defineUnary('gelu')

/**
 * y ← sin(x), right for arguments of any size. NaN for ±Infinity.
 *
 * @example
 * ```ts
 * import { arena, sin } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float32Array([0, Infinity]))
 * sin(x, x)
 * x.view // → [0,NaN]
 * ```
 */
export const sin: Unary<'f32'> = /* @__PURE__ */ defineUnary('sin')

/**
 * y ← cos(x), right for arguments of any size. NaN for ±Infinity.
 *
 * @example
 * ```ts
 * import { arena, cos } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float32Array([0, Infinity]))
 * cos(x, x)
 * x.view // → [1,NaN]
 * ```
 */
export const cos: Unary<'f32'> = /* @__PURE__ */ defineUnary('cos')
