import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import golden from '../../fixtures/sample-without-replacement.json' with { type: 'json' }
import { generator, randomState, sampleWithoutReplacement } from './index.ts'
import type { SamplingMethod } from './index.ts'

test.each(golden.cases)("$method: $count of $population are scikit-learn's", (entry) => {
  const { population, count, method, head, sha256 } = entry
  const drawn = sampleWithoutReplacement(randomState(42), population, count, method as SamplingMethod)
  expect(Array.from(drawn.subarray(0, 10))).toEqual(head)
  expect(createHash('sha256').update(drawn).digest('hex')).toBe(sha256)
})

test.each(['auto', 'trackingSelection', 'reservoirSampling', 'pool'] as const)('%s repeats nothing', (method) => {
  const drawn = sampleWithoutReplacement(generator(1), 500, 90, method)
  expect(new Set(drawn).size).toBe(90)
  expect(drawn.every((value) => value >= 0 && value < 500)).toBe(true)
})

test.each([
  [3, 4, 'auto', 'cannot take 4 different numbers of 3. Ask for fewer.'],
  [-1, 0, 'auto', 'population must be a whole number'],
  [3, 0.5, 'auto', 'count must be a whole number'],
  [2 ** 40, 1, 'auto', 'population must be 2³¹ or less'],
  [3, 1, 'best', 'method must be one of auto, trackingSelection, reservoirSampling, pool, got best.'],
])('%s of %s by %s is refused', (population, count, method, message) => {
  const rng = randomState(1)
  expect(() => sampleWithoutReplacement(rng, population, count, method as SamplingMethod)).toThrow(message)
  expect(rng.state).toEqual(randomState(1).state)
})
