import type { BitSource } from './bit-source.ts'

/** What the distributions that both of NumPy's generators share are built from. */
export interface Kit {
  readonly source: BitSource
  /** NumPy froze some formulas for `RandomState` and improved them for `Generator`: true for the frozen ones. */
  readonly legacy: boolean
  /** The next standard normal number. */
  normal(): number
  /** The next standard exponential number. */
  exponential(): number
  /** Fills `out` with what as many calls of `normal` would give. */
  fillNormals(out: Float64Array): void
  /** Gives the sampler of whole numbers from 0 to `range`, both included. */
  integers(range: number): () => number
  /** The same for a range beyond 32 bits. */
  longIntegers(range: bigint): () => bigint
}
