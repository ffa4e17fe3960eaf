import { defineComparison } from './binary.ts'
import type { Comparison } from './binary.ts'

/**
 * out ← 1 where x = y, else 0.
 *
 * @example
 * ```ts
 * import { arena, equal } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const out = scratch.alloc('u8', 3)
 * equal(scratch.copy(new Float64Array([1, 2, 3])), 2, out)
 * out.view // → [0,1,0]
 * ```
 */
export const equal: Comparison = /* @__PURE__ */ defineComparison('equal')

/**
 * out ← 1 where x ≠ y, else 0.
 *
 * @example
 * ```ts
 * import { arena, notEqual } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const out = scratch.alloc('u8', 3)
 * notEqual(scratch.copy(new Float64Array([1, 2, 3])), 2, out)
 * out.view // → [1,0,1]
 * ```
 */
export const notEqual: Comparison = /* @__PURE__ */ defineComparison('notEqual')

/**
 * out ← 1 where x < y, else 0.
 *
 * @example
 * ```ts
 * import { arena, less } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const out = scratch.alloc('u8', 3)
 * less(scratch.copy(new Float64Array([1, 2, 3])), 2, out)
 * out.view // → [1,0,0]
 * ```
 */
export const less: Comparison = /* @__PURE__ */ defineComparison('less')

/**
 * out ← 1 where x ≤ y, else 0.
 *
 * @example
 * ```ts
 * import { arena, lessEqual } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const out = scratch.alloc('u8', 3)
 * lessEqual(scratch.copy(new Float64Array([1, 2, 3])), 2, out)
 * out.view // → [1,1,0]
 * ```
 */
export const lessEqual: Comparison = /* @__PURE__ */ defineComparison('lessEqual')

/**
 * out ← 1 where x > y, else 0.
 *
 * @example
 * ```ts
 * import { arena, greater } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const out = scratch.alloc('u8', 3)
 * greater(scratch.copy(new Float64Array([1, 2, 3])), 2, out)
 * out.view // → [0,0,1]
 * ```
 */
export const greater: Comparison = /* @__PURE__ */ defineComparison('greater', 'less')

/**
 * out ← 1 where x ≥ y, else 0.
 *
 * @example
 * ```ts
 * import { arena, greaterEqual } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const out = scratch.alloc('u8', 3)
 * greaterEqual(scratch.copy(new Float64Array([1, 2, 3])), 2, out)
 * out.view // → [0,1,1]
 * ```
 */
export const greaterEqual: Comparison = /* @__PURE__ */ defineComparison('greaterEqual', 'lessEqual')
