import { checkCount, refuse } from './check.ts'
import { range } from './shuffle.ts'
import type { RandomStream } from './stream.ts'

/** How `sampleWithoutReplacement` goes about it. */
export type SamplingMethod = 'auto' | 'trackingSelection' | 'reservoirSampling' | 'pool'

const methods: Record<SamplingMethod, (rng: RandomStream, population: number, count: number) => Int32Array> = {
  auto(rng, population, count) {
    const part = population === 0 ? 1 : count / population
    if (part > 0.01 && part < 0.99) return rng.permutation(population).slice(0, count)
    return methods.trackingSelection(rng, population, count)
  },

  trackingSelection(rng, population, count) {
    if (population === 0 || count / population >= 0.2) return methods.reservoirSampling(rng, population, count)
    const selected = new Set<number>()
    // A set keeps the order of arrival, and what is in it already leaves it as it is.
    while (selected.size < count) selected.add(rng.integers(population))
    return Int32Array.from(selected)
  },

  reservoirSampling(rng, population, count) {
    const reservoir = range(count)
    for (let i = count; i < population; i++) {
      const j = rng.integers(i + 1)
      if (j < count) reservoir[j] = i
    }
    return reservoir
  },

  pool(rng, population, count) {
    const pool = range(population)
    return new Int32Array(count).map((_, i) => {
      const j = rng.integers(population - i)
      const chosen = pool[j]!
      pool[j] = pool[population - i - 1]!
      return chosen
    })
  },
}

/**
 * `count` different whole numbers below `population`, as scikit-learn's function of this name draws them from a
 * `RandomState`. The order is not always random. `'auto'` shuffles everything, unless under a hundredth or over
 * ninety-nine of what there is are wanted: then trackingSelection (few) or reservoirSampling (many) is taken.
 *
 * @example
 * ```ts
 * import { randomState, sampleWithoutReplacement } from '@lab/tensor/random'
 *
 * sampleWithoutReplacement(randomState(42), 10, 5) // → Int32Array [ 8, 1, 5, 0, 7 ]
 * ```
 */
export function sampleWithoutReplacement(
  rng: RandomStream,
  population: number,
  count: number,
  method: SamplingMethod = 'auto',
): Int32Array {
  const who = 'sampleWithoutReplacement'
  checkCount(who, 'population', population)
  checkCount(who, 'count', count)
  if (population > 2 ** 31) refuse(who, `population must be 2³¹ or less, got ${population}.`)
  if (count > population) refuse(who, `cannot take ${count} different numbers of ${population}. Ask for fewer.`)
  if (!Object.hasOwn(methods, method)) {
    refuse(who, `method must be one of ${Object.keys(methods).join(', ')}, got ${String(method)}.`)
  }
  return methods[method](rng, population, count)
}
