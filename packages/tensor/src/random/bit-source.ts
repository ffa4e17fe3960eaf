/** Where the bits come from: what every distribution here draws on, whichever generator stands behind it. */
export interface BitSource {
  /** The upper half of the last `next64`, from 0 to 2³² - 1. */
  high: number
  /** The lower half of the last `next64`, from 0 to 2³² - 1. */
  low: number
  /** The next 32 bits. */
  uint32(): number
  /** The next 64 bits, left in `high` and `low`: JavaScript has no fast number for them. */
  next64(): void
  /** The next double in [0, 1): 53 bits. */
  double(): number
  /** Fills `out` with what as many calls of `double` would give. */
  fillDoubles(out: Float64Array): void
}
