// Fused multiply-add where the build has it. In the deterministic build the product is rounded before the sum, the
// same on every machine; in the relaxed build the hardware's own fused instruction is used where there is one.

// @ts-ignore: decorator
@inline
export function madd64(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f64x2.relaxed_madd(a, b, c) : f64x2.add(c, f64x2.mul(a, b))
}

// @ts-ignore: decorator
@inline
export function madd32(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(c, f32x4.mul(a, b))
}

/** The same for vectors of T, f32 or f64. */
// @ts-ignore: decorator
@inline
export function madd<T>(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? v128.relaxed_madd<T>(a, b, c) : v128.add<T>(c, v128.mul<T>(a, b))
}

/** The sum of the two lanes. */
// @ts-ignore: decorator
@inline
export function sum64(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1)
}

/** The sum of all lanes of a vector of T, f32 or f64. */
// @ts-ignore: decorator
@inline
export function sum<T>(v: v128): T {
  if (sizeof<T>() == 8) return <T>sum64(v)
  const pairs = f32x4.add(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1))
  return <T>(f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1))
}
