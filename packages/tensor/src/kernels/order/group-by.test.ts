import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import golden from '../../../fixtures/group-by.json' with { type: 'json' }
import { arena } from '../heap/arena.ts'
import { aggregate, groupBy } from './group-by.ts'
import type { Aggregation } from './group-by.ts'
import { Heap } from '../heap/heap.ts'
import { firstDifference } from '../test-arrays.ts'
import { randomNumbers, sameBits, threadsReady } from '../test-heaps.ts'

beforeAll(threadsReady)

const heap = new Heap({ threads: 1 })

/** The definition: groups in the order in which their keys first appear. */
function groupsOf(keys: readonly (string | number)[]): number[] {
  const numbers = new Map<string | number, number>()
  return keys.map((key) => {
    if (!numbers.has(key)) numbers.set(key, numbers.size)
    return numbers.get(key) ?? 0
  })
}

describe('gives what pandas gives', () => {
  const i = Array.from({ length: golden.n }, (_, i) => i)
  const a = Int32Array.from(i, (i) => ((i * 7919) % 13) - 6)
  const b = Float64Array.from(i, (i) => ((i * 104729) % 5) / 2 - 1).map((value) => (value === 1 ? NaN : value))
  const values = Float64Array.from(i, (i) => (i % 7 === 3 || a[i] === 4 ? NaN : (((i * 611953) % 101) - 50) / 4))

  test.each(['a', 'b', 'both'] as const)('groups by %s', (name) => {
    using scratch = arena(heap)
    const columns = { a: [scratch.copy(a)], b: [scratch.copy(b)] }
    const out = scratch.alloc('i32', golden.n)
    const groups = groupBy(name === 'both' ? [...columns.a, ...columns.b] : columns[name], out)
    expect([...out.view]).toEqual(golden[name])
    expect(groups).toBe(Math.max(...golden[name]) + 1)
  })

  test.each(Object.entries(golden.aggregations))('%s', (how, expected) => {
    using scratch = arena(heap)
    const index = scratch.copy(Int32Array.from(golden.a))
    const out = scratch.alloc('f64', expected.length)
    aggregate(how as Aggregation, scratch.copy(values), index, out, { skipNaN: true })
    expect([...out.view]).toEqual(expected.map((value) => value ?? NaN))
  })
})

describe('groupBy', () => {
  const sizes = [0, 1, 100, 40000, 150001]

  test.each(sizes)('%d keys: few, many, far apart, negative', (n) => {
    using scratch = arena(heap)
    const noise = randomNumbers(n, n)
    const out = scratch.alloc('i32', n)
    for (const key of [
      (i: number) => Math.floor(noise[i] * 10) - 5,
      (i: number) => Math.floor(noise[i] * 2 * n),
      (i: number) => Math.floor((noise[i] - 0.5) * 2 ** 32),
      (i: number) => (Math.floor(noise[i] * 3) - 1) * (2 ** 31 - 1),
    ]) {
      const keys = scratch.copy(Int32Array.from({ length: n }, (_, i) => key(i)))
      const expected = groupsOf([...keys.view])
      expect(groupBy([keys], out)).toBe(expected.reduce((most, group) => Math.max(most, group + 1), 0))
      expect(firstDifference(out.view, Int32Array.from(expected))).toBe(-1)
      const doubles = scratch.copy(Float64Array.from(keys.view, (key) => key / 3))
      groupBy([doubles], out)
      expect(firstDifference(out.view, Int32Array.from(expected))).toBe(-1)
    }
    scratch.free()
    expect(heap.bytesInUse).toBe(0)
  })

  test('any number of key columns', () => {
    const columns = fc
      .integer({ min: 1, max: 4 })
      .chain((count) =>
        fc.array(fc.array(fc.constantFrom(-1, 0, 7, 2 ** 31 - 1, -(2 ** 31)), { minLength: count, maxLength: count })),
      )
    fc.assert(
      fc.property(columns, (rows) => {
        using scratch = arena(heap)
        const count = rows[0]?.length ?? 1
        const keys = Array.from({ length: count }, (_, j) => scratch.copy(Int32Array.from(rows, (row) => row[j])))
        const out = scratch.alloc('i32', rows.length)
        groupBy(keys, out)
        expect([...out.view]).toEqual(groupsOf(rows.map((row) => row.join())))
      }),
    )
  })

  test('the two zeros are one key, and all NaN are one', () => {
    using scratch = arena(heap)
    const bits = new BigUint64Array([
      0x7ff8000000000000n,
      0n,
      0x8000000000000000n,
      0xfff8000000000001n,
      0x3ff0000000000000n,
    ])
    const out = scratch.alloc('i32', 5)
    expect(groupBy([scratch.copy(new Float64Array(bits.buffer))], out)).toBe(3)
    expect([...out.view]).toEqual([0, 1, 1, 0, 2])
  })

  test('refuses columns of different lengths', () => {
    using scratch = arena(heap)
    const three = scratch.zeros('i32', 3)
    expect(() => groupBy([three, scratch.zeros('i32', 2)], scratch.zeros('i32', 3))).toThrow(
      'groupBy: keys[0] has 3 rows and keys[1] has 2. They must have the same length.',
    )
    expect(() => groupBy([three], scratch.zeros('i32', 2))).toThrow('out holds 2 values')
    expect(() => groupBy([], three)).toThrow('no key columns')
  })
})

describe('aggregate', () => {
  const all: readonly Aggregation[] = ['sum', 'mean', 'count', 'min', 'max', 'first', 'last', 'sumOfSquares']

  /** The definition, one group at a time. */
  const fold: Readonly<Record<Aggregation, (values: number[]) => number>> = {
    sum: (values) => values.reduce((sum, value) => sum + value, 0),
    mean: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
    count: (values) => values.length,
    min: (values) => values.reduce((least, value) => Math.min(least, value), values[0] ?? NaN),
    max: (values) => values.reduce((most, value) => Math.max(most, value), values[0] ?? NaN),
    first: (values) => values[0] ?? NaN,
    last: (values) => values.at(-1) ?? NaN,
    sumOfSquares: (values) => values.reduce((sum, value) => sum + value * value, 0),
  }

  test.each(sameBits)('many rows, few and many groups, with and without NaN: %s', (_, heap) => {
    for (const [n, groups] of [
      [0, 3],
      [10, 20],
      [300001, 7],
      [140000, 20000],
    ]) {
      using scratch = arena(heap)
      const noise = randomNumbers(n, n)
      // Small multiples of 1/8 add up exactly in any order.
      const values = scratch.copy(noise.map((value, i) => (value < 1e-4 ? NaN : ((i * 31) % 64) / 8 - 4)))
      const index = scratch.copy(Int32Array.from(noise, (value) => Math.floor(value * (groups - 1))))
      for (const skipNaN of [false, true]) {
        const members: number[][] = Array.from({ length: groups }, () => [])
        for (let i = 0; i < n; i++) {
          if (!(skipNaN && Number.isNaN(values.view[i]))) members[index.view[i]].push(values.view[i])
        }
        for (const how of all) {
          const out = scratch.alloc('f64', groups)
          aggregate(how, values, index, out, { skipNaN })
          expect(firstDifference(out.view, Float64Array.from(members, fold[how]))).toBe(-1)
        }
      }
    }
    expect(heap.bytesInUse).toBe(0)
  })

  test('the same bits at every thread count where rounding shows', () => {
    const results = sameBits.map(([, heap]) => {
      using scratch = arena(heap)
      const values = scratch.copy(randomNumbers(3, 300000))
      const index = scratch.copy(Int32Array.from(values.view, (value) => Math.floor(value * 5)))
      const out = scratch.alloc('f64', 5)
      aggregate('sum', values, index, out)
      return [...out.view]
    })
    for (const result of results) expect(result).toEqual(results[0])
  })

  test('refuses a group that out has no place for', () => {
    using scratch = arena(heap)
    const index = scratch.copy(new Int32Array([0, 1, 2]))
    const out = scratch.zeros('f64', 2)
    expect(() => aggregate('sum', scratch.zeros('f64', 3), index, out)).toThrow(
      'aggregate: index[2] is 2, but out holds 2 groups. Nothing was written.',
    )
    expect(() => aggregate('sum', scratch.zeros('f64', 2), index, out)).toThrow('They must have the same length')
  })
})
