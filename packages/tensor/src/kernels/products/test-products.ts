import type { Arena } from '../heap/arena.ts'
import type { Block } from '../heap/block.ts'
import type { FloatDType } from './stored-matrix.ts'
import { randomNumbers } from '../test-heaps.ts'

/** The whole numbers that fixtures/gemm.py makes by the same formula, which both types hold exactly. For tests. */
export function whole<D extends FloatDType>(scratch: Arena, dtype: D, length: number, step: number): Block<D> {
  const block = scratch.alloc(dtype, length)
  for (let i = 0; i < length; i++) block.view[i] = ((i * step) % 13) - 6
  return block
}

/** Numbers between -1 and 1, the same for the same seed. For tests. */
export function random<D extends FloatDType>(scratch: Arena, dtype: D, length: number, seed: number): Block<D> {
  const block = scratch.alloc(dtype, length)
  block.view.set(randomNumbers(seed, length).map((value) => 2 * value - 1))
  return block
}

/** The sums of a matrix's rows and of its columns. For tests. */
export function sumsOf(
  c: ArrayLike<number>,
  rows: number,
  columns: number,
): { rowSums: number[]; columnSums: number[] } {
  const rowSums = Array.from({ length: rows }, () => 0)
  const columnSums = Array.from({ length: columns }, () => 0)
  for (let i = 0; i < rows * columns; i++) {
    rowSums[Math.floor(i / columns)]! += c[i]!
    columnSums[i % columns]! += c[i]!
  }
  return { rowSums, columnSums }
}

/** One value of a result by its definition, with alpha · Σ|a·b| + |beta · c|, which bounds the rounding. For tests. */
export interface DefinedValue {
  readonly value: number
  readonly magnitude: number
}

/** alpha · Σ a(p)·b(p) + beta · c over `k` terms; with beta = 0, c has no part in it. For tests. */
export function defined(
  { k, alpha, beta }: { k: number; alpha: number; beta: number },
  a: (p: number) => number,
  b: (p: number) => number,
  c: number,
): DefinedValue {
  let value = 0
  let magnitude = 0
  for (let p = 0; p < k; p++) {
    const product = a(p) * b(p)
    value += product
    magnitude += Math.abs(product)
  }
  const kept = beta === 0 ? 0 : beta * c
  return { value: alpha * value + kept, magnitude: Math.abs(alpha) * magnitude + Math.abs(kept) }
}

/**
 * How far a result may be from its definition: γ of k + 3 roundings (k products and sums in any order, then alpha, beta
 * and the last sum; Higham, Accuracy and Stability of Numerical Algorithms, 3.1) times the sum of magnitudes. In f64 the
 * definition itself is as far off again. For tests.
 */
export function allowed(dtype: FloatDType, k: number, magnitude: number): number {
  const unit = dtype === 'f32' ? 2 ** -24 : 2 ** -53
  const gamma = ((k + 3) * unit) / (1 - (k + 3) * unit)
  return (dtype === 'f32' ? 1.0001 : 2) * gamma * magnitude
}
