import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { arena } from '../heap/arena.ts'
import { gather, scatterAdd } from './gather.ts'
import { Heap } from '../heap/heap.ts'
import { counted, dtypes, firstDifference, indices } from '../test-arrays.ts'
import { randomNumbers, sameBits, someSize, threadsReady } from '../test-heaps.ts'

beforeAll(threadsReady)

const heap = new Heap({ threads: 1 })

describe('gather', () => {
  test.each(sameBits)('rows by number along an axis: %s', (_, heap) => {
    fc.assert(
      fc.property(
        fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(4), someSize, someSize),
        ([size, outer, inner, m]) => {
          using scratch = arena(heap)
          for (const dtype of dtypes) {
            const x = scratch.copy(counted(dtype, outer * size * inner))
            const index = scratch.copy(Int32Array.from(randomNumbers(m, m), (value) => Math.floor(value * size)))
            const out = scratch.alloc(x.dtype, outer * m * inner)
            gather(x, index, out, { size, outer, inner })
            const expected = [...indices([outer, m, inner])].map(
              ([o, i, j]) => x.view[(o * size + index.view[i]) * inner + j],
            )
            expect(firstDifference(out.view, expected)).toBe(-1)
          }
        },
      ),
      { numRuns: 30 },
    )
    expect(heap.bytesInUse).toBe(0)
  })

  test('refuses an index outside, before anything is written', () => {
    using scratch = arena(heap)
    const x = scratch.zeros('f32', 10)
    const out = scratch.zeros('f32', 100)
    out.view.fill(7)
    for (const wrong of [-1, 10, -(2 ** 31), 2 ** 31 - 1]) {
      for (const position of [0, 9, 57, 63, 99]) {
        const index = scratch.zeros('i32', 100)
        index.view[position] = wrong
        const message = `gather: index[${position}] is ${wrong}, but must be from 0 to 9. Nothing was written.`
        expect(() => gather(x, index, out, { size: 10 })).toThrow(message)
        expect(() => scatterAdd(out, index, x)).toThrow(message.replace('gather', 'scatterAdd'))
      }
    }
    expect(out.view).toEqual(new Float32Array(100).fill(7))
    expect(x.view).toEqual(new Float32Array(10))
  })
})

describe('scatterAdd', () => {
  test.each(sameBits)('adds rows in their order: %s', (_, heap) => {
    for (const [n, m, inner] of [
      [5, 0, 3],
      [3, 17, 1],
      [7, 100, 5],
      [4, 1000, 67],
      [10, 70001, 2],
      [1, 9, 0],
    ]) {
      for (const dtype of ['f32', 'f64'] as const) {
        using scratch = arena(heap)
        const rows = scratch.alloc(dtype, m * inner)
        rows.view.set(randomNumbers(1, m * inner))
        const index = scratch.copy(Int32Array.from(randomNumbers(2, m), (value) => Math.floor(value * n)))
        const out = scratch.alloc(dtype, n * inner)
        out.view.fill(0.5)
        const expected = out.view.slice()
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < inner; j++) expected[index.view[i] * inner + j] += rows.view[i * inner + j]
        }
        scatterAdd(rows, index, out, { inner })
        expect(firstDifference(out.view, expected)).toBe(-1)
      }
    }
    expect(heap.bytesInUse).toBe(0)
  })

  test('refuses blocks that do not fit', () => {
    using scratch = arena(heap)
    const rows = scratch.zeros('f32', 6)
    const index = scratch.zeros('i32', 2)
    expect(() => scatterAdd(rows, index, scratch.zeros('f32', 5), { inner: 2 })).toThrow('not a whole number of rows')
    expect(() => scatterAdd(rows, index, scratch.zeros('f32', 8), { inner: 4 })).toThrow('rows holds 6 values')
  })
})
