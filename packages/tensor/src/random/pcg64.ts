import type { BitSource } from './bit-source.ts'

// O'Neill's multiplier for 128 bits, in words of 32, lowest first.
const M0 = 0x9fccf645
const M1 = 0x4385df64
const M2 = 0x1fc65da4
const M3 = 0x2360ed05
const PER_WORD = 2 ** -32

/** Draws made at a time: enough that the loop over them runs from registers, few enough that a short stream is cheap. */
const BLOCK = 128

/** O'Neill's PCG64 (XSL-RR 128/64), NumPy's default. Numbers of 128 bits are four words, lowest first. */
export class Pcg64 implements BitSource {
  /** The state before the current block. */
  readonly #start = new Int32Array(4)
  /** The state after it. */
  readonly #end = new Int32Array(4)
  readonly #increment = new Int32Array(4)
  /** The block: for each draw its high word, then its low word. */
  readonly #block = new Uint32Array(2 * BLOCK)
  #position = 2 * BLOCK
  /** The upper half of the last 64 bits that `uint32` took the lower half of, if it is still to be given. */
  held: number | undefined
  high = 0
  low = 0

  /** Where the stream stands: the block makes no difference to it. */
  get state(): Int32Array {
    if (this.#position === 2 * BLOCK) return this.#end.slice()
    const state = this.#start.slice()
    advance(state, this.#increment, new Uint32Array(this.#position))
    return state
  }

  get increment(): Int32Array {
    return this.#increment.slice()
  }

  /** Goes to a state, with nothing held. */
  set(state: ArrayLike<number>, increment: ArrayLike<number>): void {
    this.#end.set(state)
    this.#increment.set(increment)
    this.#position = 2 * BLOCK
    this.held = undefined
  }

  uint32(): number {
    if (this.held !== undefined) {
      const value = this.held
      this.held = undefined
      return value
    }
    this.next64()
    this.held = this.high
    return this.low
  }

  next64(): void {
    if (this.#position === 2 * BLOCK) this.#refill()
    this.high = this.#block[this.#position++]!
    this.low = this.#block[this.#position++]!
  }

  double(): number {
    if (this.#position === 2 * BLOCK) this.#refill()
    const high = this.#block[this.#position++]!
    return (high * 2097152 + (this.#block[this.#position++]! >>> 11)) / 9007199254740992
  }

  fillDoubles(out: Float64Array): void {
    const block = this.#block
    let i = 0
    while (i < out.length) {
      if (this.#position === 2 * BLOCK) this.#refill()
      let at = this.#position
      for (const end = Math.min(out.length, i + BLOCK - at / 2); i < end; i++) {
        out[i] = (block[at]! * 2097152 + (block[at + 1]! >>> 11)) / 9007199254740992
        at += 2
      }
      this.#position = at
    }
  }

  #refill(): void {
    this.#start.set(this.#end)
    advance(this.#end, this.#increment, this.#block)
    this.#position = 0
  }
}

/**
 * Fills `out` with draws, two words each, and leaves `state` after the last: state ← state · M + increment modulo 2¹²⁸.
 *
 * JavaScript multiplies neither 64 nor 128 bits. Each word of the product is therefore built twice: its low 32 bits by
 * `Math.imul`, and the whole column as a double. The double is off by some thousands at most, so that what remains of
 * it without the exact low bits is the carry times 2³² to within 2⁻¹⁸ of the carry: rounding makes it exact.
 */
function advance(state: Int32Array, increment: Int32Array, out: Uint32Array): void {
  let s0 = state[0]!
  let s1 = state[1]!
  let s2 = state[2]!
  let s3 = state[3]!
  const i0 = increment[0]!
  const i1 = increment[1]!
  const i2 = increment[2]!
  const i3 = increment[3]!
  const u0 = i0 >>> 0
  const u1 = i1 >>> 0
  const u2 = i2 >>> 0
  for (let at = 0; at < out.length; at += 2) {
    const d0 = s0 >>> 0
    const d1 = s1 >>> 0
    const r0 = (Math.imul(s0, M0) + i0) | 0
    const c0 = (d0 * M0 + u0 - (r0 >>> 0)) * PER_WORD
    const r1 = (Math.imul(s0, M1) + Math.imul(s1, M0) + i1 + ((c0 + 0.5) | 0)) | 0
    const c1 = (d0 * M1 + d1 * M0 + (u1 + c0) - (r1 >>> 0)) * PER_WORD
    const r2 = (Math.imul(s0, M2) + Math.imul(s1, M1) + Math.imul(s2, M0) + i2 + ((c1 + 0.5) | 0)) | 0
    const c2 = (d0 * M2 + d1 * M1 + (s2 >>> 0) * M0 + (u2 + c1) - (r2 >>> 0)) * PER_WORD
    const products = Math.imul(s0, M3) + Math.imul(s1, M2) + Math.imul(s2, M1) + Math.imul(s3, M0)
    s3 = (products + i3 + ((c2 + 0.5) | 0)) | 0
    s0 = r0
    s1 = r1
    s2 = r2
    // Exclusive or of the halves, rotated right by the top six bits; a rotation by 32 or more swaps the words first.
    const upper = s3 ^ s1
    const lower = s2 ^ s0
    const swapped = (upper ^ lower) & (s3 >> 31)
    const a = lower ^ swapped
    const b = upper ^ swapped
    const turn = (s3 >>> 26) & 31
    out[at] = (b >>> turn) | ((a << 1) << (31 - turn))
    out[at + 1] = (a >>> turn) | ((b << 1) << (31 - turn))
  }
  state[0] = s0
  state[1] = s1
  state[2] = s2
  state[3] = s3
}
