/** 2²⁷ + 1: multiplying by it splits a double into two halves of 26 bits (Veltkamp). */
const SPLITTER = 134217729

/** What rounding left out of `product` = a·b, exactly (Dekker). */
export function lostBy(a: number, b: number, product: number): number {
  const aShifted = SPLITTER * a
  const aUpper = aShifted - (aShifted - a)
  const aLower = a - aUpper
  const bShifted = SPLITTER * b
  const bUpper = bShifted - (bShifted - b)
  const bLower = b - bUpper
  return aLower * bLower - (product - aUpper * bUpper - aLower * bUpper - aUpper * bLower)
}

/**
 * a·b + c with one rounding, as the processor's fused multiply-add gives it, for operands far from overflow and
 * underflow. NumPy's logarithm and power come from a C library that is built with fused operations; their last bits
 * depend on it.
 */
export function fma(a: number, b: number, c: number): number {
  const product = a * b
  const sum = product + c
  const shared = sum - product
  // What the rounded sum leaves out, exactly (Knuth).
  const lost = product - (sum - shared) + (c - shared)
  return sum + (lost + lostBy(a, b, product))
}
