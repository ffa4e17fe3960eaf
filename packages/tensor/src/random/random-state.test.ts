import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import golden from '../../fixtures/numpy-random-state.json' with { type: 'json' }
import { randomState } from './index.ts'
import { answer, matches } from '../../fixtures/golden.ts'

describe('gives the numbers of numpy.random.RandomState', () => {
  test.each(golden.cases.map((entry) => [entry.method, JSON.stringify(entry.args).slice(0, 60), entry] as const))(
    '%s %s',
    (_method, _args, entry) => matches(randomState(entry.seed), entry),
  )

  test('across calls of every kind on one stream', () => {
    const rng = randomState(3)
    const values = golden.sequence.map((call) => answer(rng, call.method, call.args))
    expect(values).toEqual(golden.sequence.map((call) => call.value))
  })

  test.each(golden.shuffles)('shuffling in place, seed $seed', ({ seed, values, rows }) => {
    const rng = randomState(seed)
    const list = Array.from({ length: 23 }, (_, i) => i)
    rng.shuffle(list)
    expect(list).toEqual(values)
    const matrix = { data: Float64Array.from({ length: 36 }, (_, i) => i), rows: 12, cols: 3 }
    rng.shuffleRows(matrix)
    expect(Array.from(matrix.data)).toEqual(rows)
  })
})

describe('its state', () => {
  test("is NumPy's, the held normal number included", () => {
    const { state } = golden
    const rng = randomState(state.seed)
    rng.standardNormal(state.drawn)
    const read = rng.state
    expect(createHash('sha256').update(Uint32Array.from(read.state.key)).digest('hex')).toBe(state.keySha256)
    expect(read.state.pos).toBe(state.pos)
    expect(read.hasGauss).toBe(state.hasGauss)
    expect(read.gauss).toBe(state.gauss)
    expect(Array.from(rng.standardNormal(4))).toEqual(state.next)
  })

  test('goes through JSON and continues the stream, wherever it was taken', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 1500 }), (seed, drawn) => {
        const rng = randomState(seed)
        rng.standardNormal(drawn)
        const other = randomState(0)
        other.state = JSON.parse(JSON.stringify(rng.state)) as typeof rng.state
        expect(other.standardNormal(5)).toEqual(rng.standardNormal(5))
        expect(other.random(700)).toEqual(rng.random(700))
      }),
      { numRuns: 30 },
    )
  })

  test('is refused when it is not one', () => {
    const rng = randomState(1)
    const good = rng.state
    expect(() => (rng.state = { ...good, state: { key: [1, 2], pos: 0 } })).toThrow('not the state of an MT19937')
    expect(() => (rng.state = { ...good, state: { ...good.state, pos: 625 } })).toThrow('pos must be')
    expect(rng.state).toEqual(good)
  })
})

test('a seed list of one word is not the same as that word', () => {
  expect(randomState([5]).random()).not.toBe(randomState(5).random())
})

test.each([-1, 1.5, 2 ** 32, NaN])('the seed %s is refused', (seed) => {
  expect(() => randomState(seed)).toThrow('randomState: the seed must be a whole number from 0 to 2³² - 1')
  expect(() => randomState([1, seed])).toThrow('randomState: the seed')
})

test('an empty list of seeds is refused', () => {
  expect(() => randomState([])).toThrow('the list of seeds is empty')
})
