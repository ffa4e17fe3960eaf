import type { BitSource } from './bit-source.ts'

const LENGTH = 624
const SHIFT = 397

/** Matsumoto and Nishimura's Mersenne Twister, seeded and read as NumPy's `RandomState` does. */
export class Mt19937 implements BitSource {
  readonly key: Int32Array = new Int32Array(LENGTH)
  /** How many of the 624 words are used up; at 624 the next draw makes new ones. */
  position: number = LENGTH
  high = 0
  low = 0

  /** Knuth's linear congruential filling, for one 32-bit seed. */
  seed(seed: number): void {
    const { key } = this
    key[0] = seed
    for (let i = 1; i < LENGTH; i++) {
      const previous = key[i - 1]!
      key[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i
    }
    this.position = LENGTH
  }

  /** The reference implementation's `init_by_array`, for seeds of several words. */
  seedByArray(seeds: ArrayLike<number>): void {
    this.seed(19650218)
    const { key } = this
    let i = 1
    const mix = (multiplier: number, added: number): void => {
      const previous = key[i - 1]!
      key[i] = (key[i]! ^ Math.imul(previous ^ (previous >>> 30), multiplier)) + added
      if (++i < LENGTH) return
      key[0] = key[LENGTH - 1]!
      i = 1
    }
    for (let k = 0; k < Math.max(LENGTH, seeds.length); k++) {
      const j = k % seeds.length
      mix(1664525, seeds[j]! + j)
    }
    for (let k = 1; k < LENGTH; k++) mix(1566083941, -i)
    key[0] = 0x80000000
  }

  uint32(): number {
    if (this.position === LENGTH) this.#twist()
    return temper(this.key[this.position++]!) >>> 0
  }

  next64(): void {
    this.high = this.uint32()
    this.low = this.uint32()
  }

  double(): number {
    const upper = this.uint32() >>> 5
    return (upper * 67108864 + (this.uint32() >>> 6)) / 9007199254740992
  }

  fillDoubles(out: Float64Array): void {
    const { key } = this
    let i = 0
    while (i < out.length) {
      // A double takes two words: with one word left in the block, the general road crosses the border.
      if (this.position >= LENGTH - 1) out[i++] = this.double()
      const count = Math.min(out.length - i, (LENGTH - this.position) >> 1)
      let at = this.position
      for (const end = i + count; i < end; i++) {
        const upper = temper(key[at]!) >>> 5
        out[i] = (upper * 67108864 + (temper(key[at + 1]!) >>> 6)) / 9007199254740992
        at += 2
      }
      this.position = at
    }
  }

  #twist(): void {
    const { key } = this
    let i = 0
    for (; i < LENGTH - SHIFT; i++) key[i] = key[i + SHIFT]! ^ twisted(key[i]!, key[i + 1]!)
    for (; i < LENGTH - 1; i++) key[i] = key[i + SHIFT - LENGTH]! ^ twisted(key[i]!, key[i + 1]!)
    key[i] = key[SHIFT - 1]! ^ twisted(key[i]!, key[0]!)
    this.position = 0
  }
}

function twisted(upper: number, lower: number): number {
  return (((upper & 0x80000000) | (lower & 0x7fffffff)) >>> 1) ^ (-(lower & 1) & 0x9908b0df)
}

function temper(word: number): number {
  let y = word ^ (word >>> 11)
  y ^= (y << 7) & 0x9d2c5680
  y ^= (y << 15) & 0xefc60000
  return y ^ (y >>> 18)
}
