import type { BitSource } from './bit-source.ts'
import { log } from './log.ts'

/** Marsaglia's polar method, two draws at a time: `RandomState`'s normal numbers. */
export class LegacyNormal {
  readonly #source: BitSource
  /** The second of the last pair, if it has not been given out yet. It belongs to the stream's state. */
  held: number | undefined

  constructor(source: BitSource) {
    this.#source = source
  }

  next(): number {
    if (this.held !== undefined) {
      const value = this.held
      this.held = undefined
      return value
    }
    for (;;) {
      const x = 2 * this.#source.double() - 1
      const y = 2 * this.#source.double() - 1
      const r2 = x * x + y * y
      if (r2 >= 1 || r2 === 0) continue
      const factor = Math.sqrt((-2 * log(r2)) / r2)
      this.held = factor * x
      return factor * y
    }
  }
}
