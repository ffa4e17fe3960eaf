import type { BitSource } from './bit-source.ts'
import { exp } from './exp.ts'
import { log1p } from './log1p.ts'
import { normalZiggurat, NORMAL_TAIL } from './ziggurat-table.ts'
import type { Ziggurat } from './ziggurat-table.ts'

/** 1 / NORMAL_TAIL. */
const INVERSE_TAIL = 0.27366123732975828

let table: Ziggurat | undefined

/** The sampler of standard normal numbers by the ziggurat method, 64 bits for nearly every draw. */
export function normalSampler(source: BitSource): () => number {
  const { widths, inside, heights } = (table ??= normalZiggurat())
  return () => {
    for (;;) {
      source.next64()
      const { high, low } = source
      const layer = low & 255
      const steps = (high & 0x1fffffff) * 8388608 + (low >>> 9)
      const x = steps * widths[layer]!
      const signed = low & 256 ? -x : x
      if (steps < inside[layer]!) return signed
      if (layer === 0) return low & 131072 ? -tail(source) : tail(source)
      const height = (heights[layer - 1]! - heights[layer]!) * source.double() + heights[layer]!
      if (height < exp(-0.5 * x * x)) return signed
    }
  }
}

/** Beyond the base layer: Marsaglia's tail method. */
function tail(source: BitSource): number {
  for (;;) {
    const x = -INVERSE_TAIL * log1p(-source.double())
    const y = -log1p(-source.double())
    if (y + y > x * x) return NORMAL_TAIL + x
  }
}
