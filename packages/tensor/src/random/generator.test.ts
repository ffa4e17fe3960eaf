import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import golden from '../../fixtures/numpy-generator.json' with { type: 'json' }
import { answer, matches } from '../../fixtures/golden.ts'
import { generator, seedSequence } from './index.ts'

describe("gives the numbers of NumPy's default_rng", () => {
  test.each(golden.cases.map((entry) => [entry.method, JSON.stringify(entry.args).slice(0, 60), entry] as const))(
    '%s %s',
    (_method, _args, entry) => matches(generator(entry.seed), entry),
  )

  test('across calls of every kind on one stream', () => {
    const rng = generator(3)
    const values = golden.sequence.map((call) => answer(rng, call.method, call.args))
    expect(values).toEqual(golden.sequence.map((call) => call.value))
  })

  test.each(golden.shuffles)('shuffling in place, seed $seed', ({ seed, values, rows }) => {
    const rng = generator(seed)
    const list = Array.from({ length: 23 }, (_, i) => i)
    rng.shuffle(list)
    expect(list).toEqual(values)
    const matrix = { data: Float64Array.from({ length: 36 }, (_, i) => i), rows: 12, cols: 3 }
    rng.shuffleRows(matrix)
    expect(Array.from(matrix.data)).toEqual(rows)
  })

  test.each(golden.longSeeds)('seed $seed', ({ seed, next }) => {
    const rng = generator(Array.isArray(seed) ? seed.map(BigInt) : BigInt(seed))
    expect(Array.from(rng.random(3))).toEqual(next)
  })

  test('in spawned generators', () => {
    const rng = generator(2026)
    const first = rng.spawn(2)
    const later = rng.spawn(1)
    const grandchild = first[1]!.spawn(1)
    const drawn = [...first, ...later, ...grandchild].map((child) => Array.from(child.random(2)))
    expect(drawn).toEqual(golden.spawned)
  })
})

describe('its state', () => {
  test.each(golden.states)("is NumPy's, the held half included, seed $seed", ({ seed, next, ...expected }) => {
    const rng = generator(seed)
    rng.random(200)
    rng.integers(0, 10, 7)
    const { state, hasUint32, uinteger } = rng.state
    expect({ ...state, hasUint32, uinteger }).toEqual(expected)
    expect(Array.from(rng.integers(0, 1000, 5))).toEqual(next)
  })

  test('goes through JSON and continues the stream, wherever it was taken', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 200n }), fc.integer({ min: 0, max: 400 }), (seed, drawn) => {
        const rng = generator(seed)
        rng.integers(0, 100, drawn)
        const other = generator(0)
        other.state = JSON.parse(JSON.stringify(rng.state)) as typeof rng.state
        expect(other.integers(0, 100, 5)).toEqual(rng.integers(0, 100, 5))
        expect(other.random(300)).toEqual(rng.random(300))
        expect(other.state).toEqual(rng.state)
      }),
      { numRuns: 30 },
    )
  })

  test('is refused when it is not one', () => {
    const rng = generator(1)
    const good = rng.state
    expect(() => (rng.state = { ...good, state: { state: '-1', inc: '1' } })).toThrow('not the state of a PCG64')
    expect(() => (rng.state = { ...good, hasUint32: 1, uinteger: -1 })).toThrow('uinteger must be')
    expect(rng.state).toEqual(good)
  })
})

describe('seedSequence', () => {
  test.each(golden.sequences)('$entropy, spawn key $spawnKey', ({ entropy, spawnKey, words }) => {
    expect(Array.from(seedSequence(entropy, { spawnKey }).generateState(11))).toEqual(words)
  })

  test('gives every child a stream of its own', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 2, max: 20 }), (entropy, count) => {
        const root = seedSequence(entropy)
        const children = [...root.spawn(count), ...root.spawn(count), ...root.spawn(count)]
        const first = children.map((child) => generator(child).random())
        expect(new Set([...first, generator(entropy).random()]).size).toBe(3 * count + 1)
      }),
    )
  })

  test.each([-1, 1.5, -1n, 2 ** 60])('refuses the seed %s', (seed) => {
    expect(() => seedSequence(seed)).toThrow('seedSequence: entropy must be of whole numbers')
    expect(() => generator([1, seed])).toThrow('seedSequence: entropy must be of whole numbers')
  })
})
