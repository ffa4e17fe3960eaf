import { readFileSync } from 'node:fs'
import { describe, expect, expectTypeOf, test } from 'vitest'
import * as generators from '../index.ts'
import type { Matrix } from '../index.ts'

interface Packed {
  shape: number[]
  stride: number
  values: number[]
}
interface Case {
  function: `make${string}`
  options: Record<string, unknown>
  [part: string]: unknown
}
const golden = JSON.parse(readFileSync(new URL('../../fixtures/generators.json', import.meta.url), 'utf8')) as {
  cases: Case[]
}

/** Parts that are drawn, counted or picked: equal to the last bit. */
const exact = new Set(['makeBlobs.x', 'makeBlobs.centers', 'makeRegression.coefficients', 'makeFriedman1.x'])
const isExact = (name: string, part: string): boolean =>
  exact.has(`${name}.${part}`) || part === 't' || (part === 'y' && !['makeRegression', 'makeFriedman1'].includes(name))

/**
 * Sines, exponentials and sums of products: engines and BLAS round them differently, each by some 1e-16 of the largest
 * term, and a feature is a sum of a few dozen terms at most.
 */
const TOLERANCE = 1e-14

function expectEqual(got: ArrayLike<number>, { stride, values, shape }: Packed, tolerance: number): void {
  expect(got.length).toBe(shape.reduce((product, n) => product * n, 1))
  const largest = Math.max(1, ...values.map(Math.abs))
  values.forEach((value, i) => {
    expect(Math.abs((got[i * stride] ?? NaN) - value), `value ${i * stride}`).toBeLessThanOrEqual(tolerance * largest)
  })
}

const flat = (part: ArrayLike<number> | Matrix): ArrayLike<number> => ('data' in part ? part.data : part)

test('every generator is compared', () => {
  const compared = new Set<string>(golden.cases.map((one) => one.function))
  const exported = Object.keys(generators).filter((name) => name.startsWith('make'))
  expect([...compared].toSorted()).toEqual(exported.toSorted())
})

describe.each(golden.cases)("$function $options is scikit-learn's", ({ function: name, options, ...parts }) => {
  const make = Reflect.get(generators, name) as (options: object) => Record<string, ArrayLike<number> | Matrix>
  const got = name === 'makeLowRankMatrix' ? { x: make(options) as unknown as Matrix } : make(options)
  test.each(Object.entries(parts))('%s', (part, expected) => {
    const mine = Reflect.get(got, part) as ArrayLike<number> | Matrix
    expectEqual(flat(mine), expected as Packed, isExact(name, part) ? 0 : TOLERANCE)
    if (part === 'x') expect([(mine as Matrix).rows, (mine as Matrix).cols]).toEqual((expected as Packed).shape)
  })
})

test('without a seed the numbers differ each time', () => {
  expect(generators.makeBlobs().x.data).not.toEqual(generators.makeBlobs().x.data)
})

test.each([
  [() => generators.makeBlobs({ nSamples: 0 }), 'makeBlobs: nSamples must be a whole number of 1 or more, got 0.'],
  [() => generators.makeBlobs({ nSamples: [2, 3], centers: 3 }), 'nSamples lists 2 blobs but there are 3 centers.'],
  [() => generators.makeBlobs({ centers: [[1, 2], [3]] }), 'centers must be rows of equally many finite numbers.'],
  [() => generators.makeBlobs({ clusterStd: [1] }), 'clusterStd lists 1 values for 3 blobs. They must match.'],
  [() => generators.makeBlobs({ clusterStd: -1 }), 'clusterStd must be a number of 0 or more, got -1.'],
  [() => generators.makeBlobs({ centerBox: [1, 0] }), 'centerBox must be [low, high].'],
  [() => generators.makeBlobs({ seed: -1 }), 'the seed must be a whole number'],
  [
    () => generators.makeClassification({ nFeatures: 3 }),
    'nInformative + nRedundant + nRepeated is 4 but nFeatures is 3. Ask for fewer, or more features.',
  ],
  [
    () => generators.makeClassification({ nClasses: 3 }),
    '6 clusters need different corners, and 2 informative features have 4. Raise nInformative.',
  ],
  [() => generators.makeClassification({ weights: [1, 1, 1] }), 'weights lists 3 shares for 2 classes.'],
  [() => generators.makeClassification({ weights: [0.9, 0.9] }), 'weights add up to 1.8. They must not exceed 1.'],
  [() => generators.makeClassification({ flipY: 2 }), 'flipY must be a number from 0 to 1, got 2.'],
  [() => generators.makeClassification({ scale: [1] }), 'scale lists 1 values for 20 features. They must match.'],
  [() => generators.makeRegression({ noise: NaN }), 'makeRegression: noise must be a number of 0 or more, got NaN.'],
  [() => generators.makeRegression({ effectiveRank: 0 }), 'makeRegression: effectiveRank must be a whole number'],
  [() => generators.makeCircles({ factor: 1 }), 'factor must be a number from 0 to just below 1, got 1.'],
  [() => generators.makeMoons({ nSamples: [1, -1] }), 'makeMoons: nSamples[1] must be a whole number of 0 or more'],
  [() => generators.makeFriedman1({ nFeatures: 4 }), 'nFeatures must be a whole number of 5 or more, got 4.'],
])('bad options are refused (%#)', (make, message) => {
  expect(make).toThrow(message)
})

test('one target comes as a list, several as a matrix', () => {
  expectTypeOf(generators.makeRegression({ seed: 0 }).y).toEqualTypeOf<Float64Array>()
  expectTypeOf(generators.makeRegression({ nTargets: 2, seed: 0 }).y).toEqualTypeOf<Matrix>()
  expect(generators.makeRegression({ nTargets: 2, seed: 0 }).y.cols).toBe(2)
})
