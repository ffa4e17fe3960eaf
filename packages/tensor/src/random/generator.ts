import { checkSize, refuse } from './check.ts'
import { choosePositions } from './choice.ts'
import type { ChoiceOptions } from './choice.ts'
import { distinctPositions } from './distinct.ts'
import { distributions } from './distributions.ts'
import { exponentialSampler } from './exponential.ts'
import { normalSamplerFloat32, uniformFloat32 } from './float32.ts'
import type { Kit } from './kit.ts'
import { lemireLongSampler, lemireSampler } from './lemire-integers.ts'
import { normalSampler } from './normal.ts'
import { readPcg64, seededPcg64, writePcg64 } from './pcg64-state.ts'
import type { GeneratorState } from './pcg64-state.ts'
import { seedSequence } from './seed-sequence.ts'
import type { Entropy, SeedSequence } from './seed-sequence.ts'
import type { Choice, RandomStream } from './stream.ts'
import { things } from './things.ts'

/** How `Generator.choice` draws. */
export interface GeneratorChoiceOptions extends ChoiceOptions {
  /** Whether the order of what is taken without replacement is random too. False is faster. Default true. */
  shuffle?: boolean
}

/** Asks for single precision. */
export interface Float32Option {
  dtype: 'float32'
}

/** NumPy's modern generator: what `numpy.random.default_rng` gives. */
export interface Generator extends RandomStream {
  /** Doubles from 0 up to, but without, 1; with dtype `'float32'`, single-precision numbers from 32 bits each. */
  random(): number
  random(size: number): Float64Array
  random(size: undefined, options: Float32Option): number
  random(size: number, options: Float32Option): Float32Array
  /** The normal distribution with mean 0 and standard deviation 1; single precision with dtype `'float32'`. */
  standardNormal(): number
  standardNormal(size: number): Float64Array
  standardNormal(size: undefined, options: Float32Option): number
  standardNormal(size: number, options: Float32Option): Float32Array
  /** Draws from a list, or from 0 … n - 1: see `GeneratorChoiceOptions`. */
  readonly choice: Choice<GeneratorChoiceOptions>
  /** `count` independent generators, for threads or folds; further calls give further ones. */
  spawn(count: number): Generator[]
  /** Where the stream stands. Reading copies it, writing goes back there; it survives JSON. */
  state: GeneratorState
}

/**
 * NumPy's `default_rng`: PCG64 seeded through a `SeedSequence`, with the same numbers for the same seed. The seed is a
 * whole number of any size (above 2⁵³ as a bigint), a list of such, or a seed sequence.
 *
 * @example
 * ```ts
 * import { generator } from '@lab/tensor/random'
 *
 * const rng = generator(42)
 * rng.random() // → 0.7739560485559633
 * rng.integers(0, 10, 3) // → Float64Array [ 6, 4, 4 ]
 * const [a, b] = rng.spawn(2)
 * a.normal() === b.normal() // → false
 * ```
 */
export function generator(seed: Entropy | SeedSequence): Generator {
  const sequence = isSequence(seed) ? seed : seedSequence(seed)
  const source = seededPcg64(sequence)
  const normal = normalSampler(source)
  const kit: Kit = {
    source,
    legacy: false,
    normal,
    exponential: exponentialSampler(source),
    fillNormals(out) {
      for (let i = 0; i < out.length; i++) out[i] = normal()
    },
    integers: (most) => lemireSampler(source, most),
    longIntegers: (most) => lemireLongSampler(source, most),
  }
  const shared = distributions(kit)
  const methods = {
    ...shared,
    random: inPrecision('random', shared.random, () => uniformFloat32(source)),
    standardNormal: inPrecision('standardNormal', shared.standardNormal, normalSamplerFloat32(source)),
    choice: things<GeneratorChoiceOptions>((population, options) =>
      choosePositions(kit, population, options, distinctPositions(kit, options.shuffle ?? true)),
    ),
    spawn: (count: number) => sequence.spawn(count).map((child) => generator(child)),
    get state() {
      return readPcg64(source)
    },
    set state(data: GeneratorState) {
      writePcg64(source, data)
    },
  }
  // Overloads: see distributions.
  return methods as Generator
}

function isSequence(seed: Entropy | SeedSequence): seed is SeedSequence {
  return typeof seed === 'object' && 'generateState' in seed
}

/** Adds the dtype option to a method that draws doubles. */
function inPrecision(
  who: string,
  doubles: RandomStream['random'],
  single: () => number,
): (size?: number, options?: { dtype?: string }) => unknown {
  return (size, { dtype = 'float64' } = {}) => {
    if (dtype !== 'float32' && dtype !== 'float64') {
      refuse(who, `dtype must be 'float64' or 'float32', got ${String(dtype)}.`)
    }
    if (size === undefined) return dtype === 'float32' ? single() : doubles()
    if (dtype === 'float64') return doubles(size)
    const out = new Float32Array(checkSize(who, size))
    for (let i = 0; i < out.length; i++) out[i] = single()
    return out
  }
}
