import { sampleWithoutReplacement } from '@lab/tensor/random'
import type { RandomState } from '@lab/tensor/random'
import { at } from './stream.ts'

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
