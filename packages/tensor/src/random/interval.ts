import type { BitSource } from './bit-source.ts'

/**
 * A whole number from 0 to `max`, both included, by masking bits off and drawing again while the rest is too large:
 * NumPy's `random_interval`, with which both of its generators shuffle.
 */
export function interval(source: BitSource, max: number): number {
  if (max === 0) return 0
  if (max <= 0xffffffff) {
    const mask = 0xffffffff >>> Math.clz32(max)
    for (;;) {
      const value = (source.uint32() & mask) >>> 0
      if (value <= max) return value
    }
  }
  const mask = 0xffffffff >>> Math.clz32(max / 2 ** 32)
  for (;;) {
    source.next64()
    const value = ((source.high & mask) >>> 0) * 2 ** 32 + source.low
    if (value <= max) return value
  }
}
