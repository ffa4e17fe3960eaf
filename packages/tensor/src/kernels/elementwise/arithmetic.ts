import { defineBinary } from './binary.ts'
import type { Binary } from './binary.ts'
import type { FloatDType } from '../products/stored-matrix.ts'

/**
 * out ← x + y
 *
 * @example
 * ```ts
 * import { add, arena } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const matrix = scratch.copy(new Float64Array([1, 2, 3, 4]))
 * const row = scratch.copy(new Float64Array([10, 20]))
 * add(matrix, row, matrix, { x: [2, 2], y: [2] })
 * matrix.view // → [11,22,13,24]
 * ```
 */
export const add: Binary = /* @__PURE__ */ defineBinary<FloatDType>('add')

/**
 * out ← x − y
 *
 * @example
 * ```ts
 * import { arena, sub } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([5, 7]))
 * const y = scratch.copy(new Float64Array([1, 2]))
 * sub(x, y, x)
 * x.view // → [4,5]
 * ```
 */
export const sub: Binary = /* @__PURE__ */ defineBinary<FloatDType>('sub')

/**
 * out ← x·y
 *
 * @example
 * ```ts
 * import { arena, mul } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([5, 7]))
 * const y = scratch.copy(new Float64Array([1, 2]))
 * mul(x, y, x)
 * x.view // → [5,14]
 * ```
 */
export const mul: Binary = /* @__PURE__ */ defineBinary<FloatDType>('mul')

/**
 * out ← x / y
 *
 * @example
 * ```ts
 * import { arena, div } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([5, 7]))
 * const y = scratch.copy(new Float64Array([2, 0]))
 * div(x, y, x)
 * x.view // → [2.5,Infinity]
 * ```
 */
export const div: Binary = /* @__PURE__ */ defineBinary<FloatDType>('div')

/**
 * out ← the larger of x and y; NaN if either is.
 *
 * @example
 * ```ts
 * import { arena, maximum } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([1, NaN]))
 * const y = scratch.copy(new Float64Array([2, 2]))
 * maximum(x, y, x)
 * x.view // → [2,NaN]
 * ```
 */
export const maximum: Binary = /* @__PURE__ */ defineBinary<FloatDType>('maximum')

/**
 * out ← the smaller of x and y; NaN if either is.
 *
 * @example
 * ```ts
 * import { arena, minimum } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([1, NaN]))
 * const y = scratch.copy(new Float64Array([2, 2]))
 * minimum(x, y, x)
 * x.view // → [1,NaN]
 * ```
 */
export const minimum: Binary = /* @__PURE__ */ defineBinary<FloatDType>('minimum')

/**
 * out ← the remainder of x / y rounded down, with the sign of y, as Python and NumPy do; exact.
 *
 * @example
 * ```ts
 * import { arena, mod } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([5, -5]))
 * const y = scratch.copy(new Float64Array([3, 3]))
 * mod(x, y, x)
 * x.view // → [2,1]
 * ```
 */
export const mod: Binary = /* @__PURE__ */ defineBinary<FloatDType>('mod')

/**
 * out ← (x − y)²
 *
 * @example
 * ```ts
 * import { arena, squaredDifference } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([5, 7]))
 * const y = scratch.copy(new Float64Array([1, 10]))
 * squaredDifference(x, y, x)
 * x.view // → [16,9]
 * ```
 */
export const squaredDifference: Binary = /* @__PURE__ */ defineBinary<FloatDType>('squaredDifference')

/**
 * out ← xʸ within 2 units in the last place, with the special cases of IEEE 754: 0⁰ = 1, (−8)^½ = NaN, and so on.
 *
 * @example
 * ```ts
 * import { arena, pow } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float32Array([2, -2, -8]))
 * const y = scratch.copy(new Float32Array([10, 3, 0.5]))
 * pow(x, y, x)
 * x.view // → [1024,-8,NaN]
 * ```
 */
export const pow: Binary<'f32'> = /* @__PURE__ */ defineBinary<'f32'>('pow')
