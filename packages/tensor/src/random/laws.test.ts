import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { generator, randomState } from './index.ts'
import type { RandomStream } from './index.ts'

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const streams: [string, (seed: number) => RandomStream][] = [
  ['randomState', randomState],
  ['generator', generator],
]

describe.each(streams)('%s', (_name, make) => {
  test('a permutation has every position once', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 300 }), (seed, n) => {
        const sorted = make(seed).permutation(n).toSorted()
        expect(Array.from(sorted)).toEqual(Array.from({ length: n }, (_, i) => i))
      }),
    )
  })

  test('a permuted array keeps its kind, its values and the original', () => {
    const values = Float32Array.of(3, 1, 2)
    const permuted = make(1).permutation(values)
    expect(permuted).toBeInstanceOf(Float32Array)
    expect(permuted.toSorted()).toEqual(Float32Array.of(1, 2, 3))
    expect(values).toEqual(Float32Array.of(3, 1, 2))
    expect(make(1).permutation(['c', 'a', 'b'])).toEqual(Array.from(permuted, (v) => ' abc'[v]))
  })

  test('shuffling an array shuffles as permutation does', () => {
    const values = [..."shuffle me, I'm a list"]
    const rng = make(8)
    rng.shuffle(values)
    const order = make(8).permutation(values.length)
    expect(values.join('')).toBe(Array.from(order, (i) => "shuffle me, I'm a list"[i]).join(''))
  })

  test('choice without replacement repeats nothing, with or without weights', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 60 }), fc.boolean(), (seed, n, weighted) => {
        const p = weighted ? { p: Array.from({ length: n }, () => 1 / n) } : {}
        for (const size of [0, Math.ceil(n / 3), n]) {
          const chosen = make(seed).choice(n, { size, replace: false, ...p })
          expect(new Set(chosen).size).toBe(size)
          expect(chosen.every((position) => position >= 0 && position < n)).toBe(true)
        }
      }),
    )
  })

  test('choice gives the things themselves', () => {
    const words = ['a', 'b', 'c', 'd']
    const positions = make(4).choice(4, { size: 9 })
    expect(make(4).choice(words, { size: 9 })).toEqual(Array.from(positions, (i) => words[i]))
    expect(make(4).choice(words)).toBe(words[make(4).choice(4)])
  })

  test('nothing with probability 0 is chosen', () => {
    const chosen = make(3).choice(4, { size: 5000, p: [0, 0.5, 0, 0.5] })
    expect(new Set(chosen)).toEqual(new Set([1, 3]))
  })

  test('integers stay within their bounds', () => {
    fc.assert(
      fc.property(seeds, fc.maxSafeInteger(), fc.maxSafeInteger(), (seed, a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a + (a === b ? 1 : 0)]
        for (const value of make(seed).integers(low, high, 20)) {
          expect(value >= low && value < high && Number.isSafeInteger(value)).toBe(true)
        }
      }),
    )
  })

  test('every kind of integers draws the same numbers', () => {
    const drawn = Array.from(make(9).integers(-5, 1000, 50))
    expect(Array.from(make(9).integers(-5, 1000, 50, { dtype: 'int32' }))).toEqual(drawn)
    expect(Array.from(make(9).integers(-5n, 1000n, 50, { dtype: 'bigint64' }), Number)).toEqual(drawn)
    expect(make(9).integers(-5, 1000)).toBe(drawn[0])
    expect(make(9).integers(-5, 1000, undefined, { dtype: 'bigint64' })).toBe(BigInt(drawn[0]!))
    expect(make(9).integers(-5, 999, undefined, { endpoint: true })).toBe(drawn[0])
  })

  test('rows are shuffled whole', () => {
    const matrix = { data: Float64Array.from({ length: 60 }, (_, i) => i), rows: 20, cols: 3 }
    make(2).shuffleRows(matrix)
    const rows = Array.from({ length: 20 }, (_, i) => Array.from(matrix.data.subarray(3 * i, 3 * i + 3)))
    expect(rows.every(([a, b, c]) => b === a! + 1 && c === a! + 2)).toBe(true)
    expect(rows.map(([a]) => a! / 3).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i))
  })

  test('drawing in parts is drawing at once', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 900 }), (seed, a, b) => {
        const rng = make(seed)
        expect([...rng.random(a), ...rng.random(b), rng.random()]).toEqual([...make(seed).random(a + b + 1)])
        const other = make(seed)
        const normals = [...other.standardNormal(a), ...other.normal(0, 1, b), other.standardNormal()]
        expect(normals).toEqual([...make(seed).standardNormal(a + b + 1)])
      }),
      { numRuns: 20 },
    )
  })

  test('the moments are those of the distributions', () => {
    const rng = make(12345)
    const n = 200000
    const mean = (values: Float64Array): number => values.reduce((sum, x) => sum + x, 0) / n
    // Five standard errors of the mean.
    const near = (values: Float64Array, expected: number, sd: number): void =>
      expect(Math.abs(mean(values) - expected)).toBeLessThan((5 * sd) / Math.sqrt(n))
    near(rng.normal(3, 2, n), 3, 2)
    near(rng.exponential(4, n), 4, 4)
    near(rng.gamma(0.3, 2, n), 0.6, Math.sqrt(1.2))
    near(rng.gamma(7, 2, n), 14, Math.sqrt(28))
    near(rng.beta(2, 3, n), 0.4, 0.2)
    near(rng.poisson(3, n), 3, Math.sqrt(3))
    near(rng.poisson(300, n), 300, Math.sqrt(300))
    near(rng.binomial(20, 0.3, n), 6, Math.sqrt(4.2))
    near(rng.binomial(1000, 0.7, n), 700, Math.sqrt(210))
    near(rng.geometric(0.1, n), 10, Math.sqrt(90))
  })
})
