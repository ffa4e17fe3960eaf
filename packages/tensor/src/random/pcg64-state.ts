import { refuse } from './check.ts'
import { Pcg64 } from './pcg64.ts'
import type { SeedSequence } from './seed-sequence.ts'

/** Where a generator stands: plain data, the fields of NumPy's `bit_generator.state`; 128-bit numbers as digits. */
export interface GeneratorState {
  readonly bitGenerator: 'PCG64'
  readonly state: { readonly state: string; readonly inc: string }
  /** 1 if half of the last 64 bits is held over. */
  readonly hasUint32: 0 | 1
  readonly uinteger: number
}

const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n
const MASK = (1n << 128n) - 1n

/** Seeds a generator as NumPy does: 128 bits choose the place, another 128 the stream. */
export function seededPcg64(sequence: SeedSequence): Pcg64 {
  const words = sequence.generateState(8)
  const long = (i: number): bigint => (BigInt(words[i + 1]!) << 32n) | BigInt(words[i]!)
  const place = (long(0) << 64n) | long(2)
  const increment = ((((long(4) << 64n) | long(6)) << 1n) | 1n) & MASK
  const source = new Pcg64()
  source.set(toWords((increment + place) * MULTIPLIER + increment), toWords(increment))
  return source
}

/** Reads where the stream stands. */
export function readPcg64(source: Pcg64): GeneratorState {
  return {
    bitGenerator: 'PCG64',
    state: { state: fromWords(source.state).toString(), inc: fromWords(source.increment).toString() },
    hasUint32: source.held === undefined ? 0 : 1,
    uinteger: source.held ?? 0,
  }
}

/** Goes to where a stream stood. */
export function writePcg64(source: Pcg64, data: GeneratorState): void {
  const { state, inc } = data.state
  if (data.bitGenerator !== 'PCG64' || !isLong(state) || !isLong(inc)) {
    refuse('generator.state', 'this is not the state of a PCG64 generator. Give one that was read from `state`.')
  }
  if (data.hasUint32 && !(Number.isInteger(data.uinteger) && data.uinteger >= 0 && data.uinteger <= 0xffffffff)) {
    refuse('generator.state', `uinteger must be a whole number from 0 to 2³² - 1, got ${String(data.uinteger)}.`)
  }
  source.set(toWords(BigInt(state)), toWords(BigInt(inc)))
  source.held = data.hasUint32 ? data.uinteger : undefined
}

function isLong(digits: string): boolean {
  return /^\d{1,39}$/.test(digits) && BigInt(digits) <= MASK
}

function toWords(value: bigint): number[] {
  return [0n, 32n, 64n, 96n].map((shift) => Number((value >> shift) & 0xffffffffn))
}

function fromWords(words: Int32Array): bigint {
  return words.reduceRight((sum, word) => (sum << 32n) | BigInt(word >>> 0), 0n)
}
