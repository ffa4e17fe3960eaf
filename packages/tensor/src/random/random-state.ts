import { refuse } from './check.ts'
import { choosePositions } from './choice.ts'
import { distributions } from './distributions.ts'
import type { Kit } from './kit.ts'
import { LegacyNormal } from './legacy-normal.ts'
import { log } from './log.ts'
import { maskedLongSampler, maskedSampler } from './masked-integers.ts'
import { Mt19937 } from './mt19937.ts'
import { range, shuffleInPlace } from './shuffle.ts'
import { things } from './things.ts'
import type { RandomStream } from './stream.ts'

/** Where a `RandomState` stands: plain data, the same fields as NumPy's `get_state(legacy=False)`. */
export interface RandomStateData {
  readonly bitGenerator: 'MT19937'
  readonly state: { readonly key: readonly number[]; readonly pos: number }
  /** 1 if a normal number is held over from the last pair. */
  readonly hasGauss: 0 | 1
  readonly gauss: number
}

/** NumPy's legacy generator. scikit-learn's `random_state` is one. */
export interface RandomState extends RandomStream {
  /** NumPy's older name for `integers`. */
  readonly randint: RandomStream['integers']
  /** Where the stream stands. Reading copies it, writing goes back there; it survives JSON. */
  state: RandomStateData
}

/**
 * NumPy's `RandomState`: the Mersenne Twister, with the same numbers for the same seed. The seed is a whole number
 * from 0 to 2³² - 1 or a list of such.
 *
 * @example
 * ```ts
 * import { randomState } from '@lab/tensor/random'
 *
 * const rng = randomState(42)
 * rng.random() // → 0.3745401188473625
 * rng.permutation(5) // → Int32Array [ 0, 1, 3, 2, 4 ]
 * rng.choice(['a', 'b', 'c']) // → 'a'
 * ```
 */
export function randomState(seed: number | ArrayLike<number>): RandomState {
  const source = new Mt19937()
  if (typeof seed === 'number') source.seed(checkSeed(seed))
  else source.seedByArray(checkSeeds(seed))
  const gauss = new LegacyNormal(source)
  const kit: Kit = {
    source,
    legacy: true,
    normal: () => gauss.next(),
    exponential: () => -log(1 - source.double()),
    fillNormals(out) {
      for (let i = 0; i < out.length; i++) out[i] = gauss.next()
    },
    integers: (most) => maskedSampler(source, most),
    longIntegers: (most) => maskedLongSampler(source, most),
  }
  const shared = distributions(kit)
  return {
    ...shared,
    randint: shared.integers,
    choice: things((population, options) => choosePositions(kit, population, options, firstOfShuffled(source))),
    get state() {
      return readState(source, gauss)
    },
    set state(data: RandomStateData) {
      writeState(source, gauss, data)
    },
  }
}

/** The whole population is shuffled, however few are taken: what NumPy's legacy `choice` does. */
function firstOfShuffled(source: Mt19937): (population: number, count: number) => Int32Array {
  return (population, count) => {
    const positions = range(population)
    shuffleInPlace(source, positions)
    return positions.slice(0, count)
  }
}

function readState({ key, position }: Mt19937, { held }: LegacyNormal): RandomStateData {
  return {
    bitGenerator: 'MT19937',
    state: { key: Array.from(key, (word) => word >>> 0), pos: position },
    hasGauss: held === undefined ? 0 : 1,
    gauss: held ?? 0,
  }
}

function writeState(source: Mt19937, normal: LegacyNormal, data: RandomStateData): void {
  const { key, pos } = data.state
  if (data.bitGenerator !== 'MT19937' || key.length !== 624 || !key.every(isWord)) {
    refuse('randomState.state', 'this is not the state of an MT19937 generator. Give one that was read from `state`.')
  }
  if (!Number.isInteger(pos) || pos < 0 || pos > 624) {
    refuse('randomState.state', `pos must be a whole number from 0 to 624, got ${String(pos)}.`)
  }
  source.key.set(key)
  source.position = pos
  normal.held = data.hasGauss ? data.gauss : undefined
}

function isWord(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 0xffffffff
}

function checkSeed(seed: number): number {
  if (isWord(seed)) return seed
  return refuse('randomState', `the seed must be a whole number from 0 to 2³² - 1, got ${String(seed)}.`)
}

function checkSeeds(seeds: ArrayLike<number>): ArrayLike<number> {
  if (seeds.length === 0) refuse('randomState', 'the list of seeds is empty. Give one number at least.')
  for (let i = 0; i < seeds.length; i++) checkSeed(seeds[i]!)
  return seeds
}
