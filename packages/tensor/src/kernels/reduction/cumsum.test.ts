import fc from 'fast-check'
import { expect, test } from 'vitest'
import golden from '../../../fixtures/reduce.json' with { type: 'json' }
import { arena } from '../heap/arena.ts'
import { cumsum } from './cumsum.ts'
import { Heap } from '../heap/heap.ts'
import { randomNumbers, someSize } from '../test-heaps.ts'

const heap = new Heap({ threads: 1 })

const shapes = fc.tuple(fc.integer({ min: 1, max: 4 }), someSize, someSize)

test('gives what NumPy gives', () => {
  using scratch = arena(heap)
  const x = scratch.copy(Float64Array.from({ length: 50 }, (_, i) => Math.sqrt(i + 1)))
  cumsum(x, x)
  expect([...x.view]).toEqual(golden.cumsum)
})

test('along any axis, in both directions, with and without the value itself', () => {
  fc.assert(
    fc.property(shapes, fc.boolean(), fc.boolean(), ([outer, size, inner], exclusive, reverse) => {
      using scratch = arena(heap)
      const x = scratch.copy(Float32Array.from(randomNumbers(7, outer * size * inner), (v) => Math.floor(v * 9)))
      const out = scratch.alloc('f32', x.length)
      cumsum(x, out, { outer, size, inner, exclusive, reverse })
      const expected = new Float32Array(x.length)
      for (let o = 0; o < outer; o++) {
        for (let j = 0; j < inner; j++) {
          let total = 0
          for (let k = 0; k < size; k++) {
            const i = (o * size + (reverse ? size - 1 - k : k)) * inner + j
            expected[i] = exclusive ? total : total + x.view[i]
            total += x.view[i]
          }
        }
      }
      expect(out.view).toEqual(expected)
      cumsum(x, x, { outer, size, inner, exclusive, reverse })
      expect(x.view).toEqual(expected)
    }),
  )
})
