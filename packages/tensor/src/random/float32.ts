import type { BitSource } from './bit-source.ts'
import { exp } from './exp.ts'
import { log } from './log.ts'
import { normalZiggurat, NORMAL_TAIL } from './ziggurat-table.ts'
import type { Ziggurat } from './ziggurat-table.ts'

const { fround } = Math
let table: Ziggurat | undefined

/** A single-precision number in [0, 1): 24 bits. */
export function uniformFloat32(source: BitSource): number {
  return (source.uint32() >>> 8) / 16777216
}

/** The same ziggurat with 2²³ steps across, from 32 bits, in single precision throughout. */
function singleTable(): Ziggurat {
  const { widths, inside, heights } = normalZiggurat()
  return {
    widths: widths.map((width) => fround(width * 2 ** 29)),
    inside: inside.map((steps) => Math.round(steps / 2 ** 29)),
    heights: heights.map((height) => fround(height)),
  }
}

/** The sampler of standard normal numbers in single precision. */
export function normalSamplerFloat32(source: BitSource): () => number {
  const { widths, inside, heights } = (table ??= singleTable())
  return () => {
    for (;;) {
      const bits = source.uint32()
      const layer = bits & 255
      const steps = bits >>> 9
      const x = fround(steps * widths[layer]!)
      const signed = bits & 256 ? -x : x
      if (steps < inside[layer]!) return signed
      if (layer === 0) return steps & 256 ? -tail(source) : tail(source)
      const drop = fround(heights[layer - 1]! - heights[layer]!)
      const height = fround(fround(drop * uniformFloat32(source)) + heights[layer]!)
      if (height < exp(-0.5 * x * x)) return signed
    }
  }
}

function tail(source: BitSource): number {
  for (;;) {
    const x = fround(fround(-1 / NORMAL_TAIL) * fround(log(1 - uniformFloat32(source))))
    const y = fround(-log(1 - uniformFloat32(source)))
    if (fround(y + y) > fround(x * x)) return fround(fround(NORMAL_TAIL) + x)
  }
}
