import type { RandomState } from '@lab/tensor/random'
import { at } from './stream.ts'

/**
 * `count` different whole numbers below `population`, drawn as scikit-learn's `sample_without_replacement` draws them:
 * by rejection when few are wanted, by a reservoir when nearly all are, else from a permutation.
 */
export function sampleWithoutReplacement(stream: RandomState, population: number, count: number): ArrayLike<number> {
  const share = count / population
  if (share > 0.01 && share < 0.99) return stream.permutation(population).subarray(0, count)
  return share < 0.2 ? byRejection(stream, population, count) : byReservoir(stream, population, count)
}

function byRejection(stream: RandomState, population: number, count: number): number[] {
  const chosen = new Set<number>()
  while (chosen.size < count) chosen.add(stream.integers(population))
  return [...chosen]
}

function byReservoir(stream: RandomState, population: number, count: number): Float64Array {
  const chosen = Float64Array.from({ length: count }, (_, i) => i)
  for (let i = count; i < population; i++) {
    const j = stream.integers(0, i + 1)
    if (j < count) chosen[j] = i
  }
  return chosen
}

/** Corners of the unit hypercube, all different, a row each. */
export function hypercubeCorners(stream: RandomState, count: number, dimensions: number): Float64Array {
  const corners = new Float64Array(count * dimensions)
  // More dimensions than fit a whole number: the first ones are drawn freely, the last 30 keep the corners different.
  const free = Math.max(0, dimensions - 30)
  const bits = dimensions - free
  if (free > 0) {
    const drawn = stream.integers(0, 2, count * free)
    for (let i = 0; i < count; i++) corners.set(drawn.subarray(i * free, (i + 1) * free), i * dimensions)
  }
  const numbers = sampleWithoutReplacement(stream, 2 ** bits, count)
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < bits; j++) corners[i * dimensions + free + j] = (at(numbers, i) >>> (bits - 1 - j)) & 1
  }
  return corners
}
