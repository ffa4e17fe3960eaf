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

/**
 * Draws are equal to the last bit. Sines, exponentials and sums of products are not: engines and BLAS round them
 * differently, each by some 1e-16 of the largest term.
 */
const TOLERANCE = 1e-12

function expectEqual(got: ArrayLike<number>, { stride, values, shape }: Packed): void {
  expect(got.length).toBe(shape.reduce((product, n) => product * n, 1))
  const largest = Math.max(1, ...values.map(Math.abs))
  values.forEach((value, i) => {
    expect(Math.abs((got[i * stride] ?? NaN) - value), `value ${i * stride}`).toBeLessThanOrEqual(TOLERANCE * largest)
  })
}

const flat = (part: ArrayLike<number> | Matrix): ArrayLike<number> => ('data' in part ? part.data : part)

test('every generator is compared', () => {
  const compared = new Set<string>(golden.cases.map((one) => one.function))
  expect(Object.keys(generators).filter((name) => name.startsWith('make'))).toEqual([...compared].toSorted())
})

describe.each(golden.cases)("$function $options is scikit-learn's", ({ function: name, options, ...parts }) => {
  const make = Reflect.get(generators, name) as (options: object) => Record<string, ArrayLike<number> | Matrix>
  const got = name === 'makeLowRankMatrix' ? { x: make(options) as unknown as Matrix } : make(options)
  test.each(Object.entries(parts))('%s', (part, expected) => {
    const mine = Reflect.get(got, part) as ArrayLike<number> | Matrix
    expectEqual(flat(mine), expected as Packed)
    if (part === 'x') expect([(mine as Matrix).rows, (mine as Matrix).cols]).toEqual((expected as Packed).shape)
  })
})
