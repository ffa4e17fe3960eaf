import type { BitSource } from './bit-source.ts'

/** `Generator`'s whole numbers from 0 to `range` ≤ 2³² - 1: the upper half of a product with 32 bits (Lemire, 2019). */
export function lemireSampler(source: BitSource, range: number): () => number {
  if (range === 0xffffffff) return () => source.uint32()
  const count = range + 1
  const threshold = (0xffffffff - range) % count
  return () => {
    for (;;) {
      const bits = source.uint32()
      const lower = Math.imul(bits, count) >>> 0
      // The double product is off by 2¹⁰ at most; without its exact lower half it rounds to the upper one.
      if (lower >= threshold) return Math.round((bits * count - lower) / 2 ** 32)
    }
  }
}

/** The same for a range beyond 32 bits. */
export function lemireLongSampler(source: BitSource, range: bigint): () => bigint {
  const mask = (1n << 64n) - 1n
  const count = range + 1n
  const threshold = range === mask ? 0n : (mask - range) % count
  return () => {
    for (;;) {
      source.next64()
      const bits = (BigInt(source.high) << 32n) | BigInt(source.low)
      if (range === mask) return bits
      const product = bits * count
      if ((product & mask) >= threshold) return product >> 64n
    }
  }
}
