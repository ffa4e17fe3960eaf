import type { Kit } from './kit.ts'
import { log } from './log.ts'
import { log1p } from './log1p.ts'

/** The sampler of the number of trials up to the first success. */
export function geometricSampler({ source, legacy, exponential }: Kit, p: number): () => number {
  if (p >= 1 / 3) return search(() => source.double(), p)
  const logFailure = legacy ? log(1 - p) : log1p(-p)
  if (legacy) return () => Math.ceil(log1p(-source.double()) / logFailure)
  return () => Math.min(Math.ceil(-exponential() / logFailure), 2 ** 63)
}

function search(uniform: () => number, p: number): () => number {
  const q = 1 - p
  return () => {
    let count = 1
    let product = p
    let sum = p
    const u = uniform()
    while (u > sum) {
      product *= q
      sum += product
      count++
    }
    return count
  }
}
