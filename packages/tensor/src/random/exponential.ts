import type { BitSource } from './bit-source.ts'
import { exp } from './exp.ts'
import { log1p } from './log1p.ts'
import { exponentialZiggurat, EXPONENTIAL_TAIL } from './ziggurat-table.ts'
import type { Ziggurat } from './ziggurat-table.ts'

let table: Ziggurat | undefined

/** The sampler of exponential numbers with mean one by the ziggurat method. */
export function exponentialSampler(source: BitSource): () => number {
  const { widths, inside, heights } = (table ??= exponentialZiggurat())
  return () => {
    for (;;) {
      source.next64()
      const { high, low } = source
      const layer = (low >>> 3) & 255
      const steps = high * 2097152 + (low >>> 11)
      const x = steps * widths[layer]!
      if (steps < inside[layer]!) return x
      // The tail of an exponential is an exponential.
      if (layer === 0) return EXPONENTIAL_TAIL - log1p(-source.double())
      const height = (heights[layer - 1]! - heights[layer]!) * source.double() + heights[layer]!
      if (height < exp(-x)) return x
    }
  }
}
