import type { BitSource } from './bit-source.ts'
import { interval } from './interval.ts'

/** `RandomState`'s whole numbers from 0 to `range` ≤ 2³² - 1: bits beyond the range are masked off, misses redrawn. */
export function maskedSampler(source: BitSource, range: number): () => number {
  return () => interval(source, range)
}

/** The same for a range beyond 32 bits. */
export function maskedLongSampler(source: BitSource, range: bigint): () => bigint {
  const mask = (1n << BigInt(range.toString(2).length)) - 1n
  return () => {
    for (;;) {
      source.next64()
      const value = ((BigInt(source.high) << 32n) | BigInt(source.low)) & mask
      if (value <= range) return value
    }
  }
}
