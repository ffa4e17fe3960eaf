import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import golden from '../../../fixtures/sort.json' with { type: 'json' }
import { arena } from '../heap/arena.ts'
import { Heap } from '../heap/heap.ts'
import { argsort, sort } from './sort.ts'
import { firstDifference } from '../test-arrays.ts'
import { randomNumbers, sameBits, threadsReady } from '../test-heaps.ts'
import { topk } from './topk.ts'

beforeAll(threadsReady)

const heap = new Heap({ threads: 1 })
const dtypes = ['f64', 'f32', 'i32'] as const

/** Values with equals, zeros of both signs, NaN, infinities and every exponent. */
function mixed(seed: number, n: number, dtype: (typeof dtypes)[number]): number[] {
  const noise = randomNumbers(seed, 2 * n)
  const special = [0, -0, NaN, Infinity, -Infinity, 1, 5e-324]
  return Array.from({ length: n }, (_, i) => {
    const value = noise[2 * i] - 0.5
    if (dtype === 'i32') return Math.floor(value * (noise[2 * i + 1] < 0.5 ? 2 ** 32 : 8))
    if (noise[2 * i + 1] < 0.2) return special[Math.floor(noise[2 * i + 1] * 35)]
    return value * 2 ** Math.floor((noise[2 * i + 1] - 0.5) * 200)
  })
}

/** The definition: NaN last, everything else by value, equals in their order. */
function placesInOrder(values: ArrayLike<number>, descending: boolean): number[] {
  return Array.from(values, (_, i) => i).sort((i, j) => {
    const [a, b] = [values[i], values[j]]
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
    return a === b ? 0 : a < b !== descending ? -1 : 1
  })
}

describe('gives the order of NumPy and pandas', () => {
  test.each(golden.cases)('$repeat times', ({ repeat, ascending, descending }) => {
    using scratch = arena(heap)
    const one = golden.special.map(Number)
    const x = scratch.copy(Float64Array.from({ length: repeat * one.length }, (_, i) => one[i % one.length]))
    const out = scratch.alloc('i32', x.length)
    argsort(x, out)
    expect([...out.view]).toEqual(ascending)
    argsort(x, out, { descending: true })
    expect([...out.view]).toEqual(descending)
  })
})

const sizes = [0, 1, 2, 3, 63, 64, 65, 100, 1000, 8191, 8192, 20000, 70001, 140001]

describe.each(sameBits)('%s', (_, heap) => {
  test.each(dtypes)('sorts %s of every size, both ways', (dtype) => {
    for (const n of sizes) {
      using scratch = arena(heap)
      const x = scratch.alloc(dtype, n)
      x.view.set(mixed(n, n, dtype))
      const before = x.view.slice()
      const order = scratch.alloc('i32', n)
      for (const descending of [false, true]) {
        argsort(x, order, { descending })
        expect(firstDifference(x.view, before)).toBe(-1)
        expect(firstDifference(order.view, placesInOrder(before, descending))).toBe(-1)
        const sorted = scratch.copy(before)
        sort(sorted, { descending })
        // The engine's own sort: NaN last, -0 before 0.
        const expected = before.slice().sort()
        if (descending) {
          const numbers = expected.filter((value) => !Number.isNaN(value)).reverse()
          expected.set(numbers)
        }
        expect(firstDifference(sorted.view, expected)).toBe(-1)
      }
    }
    expect(heap.bytesInUse).toBe(0)
  })
})

test('any f64 bits, any f32 bits, any i32', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer(), fc.integer()), { maxLength: 200 }), (pairs) => {
      const bits = Int32Array.from(pairs.flat())
      for (const [dtype, values] of [
        ['f64', new Float64Array(bits.buffer)],
        ['f32', new Float32Array(bits.buffer)],
        ['i32', bits],
      ] as const) {
        using scratch = arena(heap)
        const x = scratch.alloc(dtype, values.length)
        x.view.set(values)
        sort(x)
        expect(firstDifference(x.view, values.slice().sort())).toBe(-1)
      }
    }),
  )
})

test('keys that differ in a few digits only', () => {
  using scratch = arena(heap)
  for (const step of [1, 2 ** 20, 2 ** 40]) {
    const x = scratch.copy(Float64Array.from({ length: 500 }, (_, i) => ((i * 37) % 101) * step))
    const expected = x.view.slice().sort()
    sort(x)
    expect(firstDifference(x.view, expected)).toBe(-1)
  }
})

describe('topk', () => {
  test.each(dtypes)('the first of each row in sorted order: %s', (dtype) => {
    for (const [rows, n, k] of [
      [1, 1, 1],
      [3, 10, 10],
      [5, 100, 7],
      [2, 1000, 64],
      [2, 1000, 900],
      [4, 5, 0],
      [1, 40000, 3],
    ]) {
      for (const smallest of [false, true]) {
        for (const [, heap] of sameBits) {
          using scratch = arena(heap)
          const x = scratch.alloc(dtype, rows * n)
          x.view.set(mixed(k, rows * n, dtype))
          const values = scratch.alloc(dtype, rows * k)
          const index = scratch.alloc('i32', rows * k)
          topk(x, values, index, { k, rows, smallest })
          for (let row = 0; row < rows; row++) {
            const all = x.view.subarray(row * n, row * n + n)
            const expected = placesInOrder(all, !smallest).slice(0, k)
            expect(firstDifference(index.view.subarray(row * k, row * k + k), expected)).toBe(-1)
            expect(
              firstDifference(
                values.view.subarray(row * k, row * k + k),
                expected.map((place) => all[place]),
              ),
            ).toBe(-1)
          }
        }
      }
    }
  })

  test('refuses what does not fit', () => {
    using scratch = arena(heap)
    const x = scratch.zeros('f32', 10)
    const out = scratch.zeros('f32', 10)
    const index = scratch.zeros('i32', 10)
    expect(() => topk(x, out, index, { k: 6, rows: 2 })).toThrow('topk: k is 6, but a row has 5 values.')
    expect(() => topk(x, out, index, { k: 1, rows: 3 })).toThrow('which is not 3 equal rows')
    expect(() => topk(x, x, index, { k: 1 })).toThrow('share memory')
    expect(() => argsort(x, scratch.zeros('i32', 9))).toThrow('out holds 9 values, but the work needs 10')
  })
})
