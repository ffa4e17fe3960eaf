import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { arena } from '../heap/arena.ts'
import type { DType, DTypeViews } from '../heap/dtype.ts'
import { Heap } from '../heap/heap.ts'
import { sizeOf, stepsOf } from './layout.ts'
import { at, counted, dtypes, firstDifference, indices } from '../test-arrays.ts'
import { sameBits, threadsReady } from '../test-heaps.ts'
import { transpose } from './transpose.ts'

beforeAll(threadsReady)

function transposed(x: DTypeViews[DType], shape: readonly number[], axes: readonly number[]): number[] {
  const steps = stepsOf(shape)
  const moved = axes.map((axis) => steps[axis])
  return [...indices(axes.map((axis) => shape[axis]))].map((index) => x[at(index, moved)])
}

const heap = new Heap({ threads: 1 })

describe('transpose', () => {
  const layout = fc
    .array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constantFrom(16, 17, 19)), { maxLength: 6 })
    .filter((shape) => sizeOf(shape) < 20000)
    .chain((shape) => fc.tuple(fc.constant(shape), fc.shuffledSubarray([...shape.keys()], { minLength: shape.length })))

  test.each(dtypes)('any axes of any %s array', (dtype) => {
    fc.assert(
      fc.property(layout, ([shape, axes]) => {
        using scratch = arena(heap)
        const x = scratch.copy(counted(dtype, sizeOf(shape)))
        const out = scratch.alloc(x.dtype, x.length)
        transpose(x, out, { shape, axes })
        expect(firstDifference(out.view, transposed(x.view, shape, axes))).toBe(-1)
      }),
    )
  })

  test.each(dtypes)('six axes that cannot be joined: %s', (dtype) => {
    using scratch = arena(heap)
    const shape = [2, 3, 2, 4, 2, 3]
    for (const axes of [
      [5, 4, 3, 2, 1, 0],
      [4, 2, 0, 5, 3, 1],
      [2, 1, 0, 4, 3, 5],
    ]) {
      const x = scratch.copy(counted(dtype, sizeOf(shape)))
      const out = scratch.alloc(x.dtype, x.length)
      transpose(x, out, { shape, axes })
      expect(firstDifference(out.view, transposed(x.view, shape, axes))).toBe(-1)
    }
  })

  test.each(sameBits)('large arrays, in pieces: %s', (_, heap) => {
    for (const [shape, axes] of [
      [
        [517, 301],
        [1, 0],
      ],
      [
        [3, 130, 2, 67],
        [3, 0, 2, 1],
      ],
      [
        [8, 64, 3, 4, 8],
        [2, 0, 3, 1, 4],
      ],
      [
        [2, 30000, 3],
        [2, 0, 1],
      ],
      [[70000], [0]],
    ] as const) {
      using scratch = arena(heap)
      const x = scratch.copy(counted('f32', sizeOf(shape)))
      const out = scratch.alloc('f32', x.length)
      transpose(x, out, { shape, axes })
      expect(firstDifference(out.view, Float32Array.from(transposed(x.view, shape, axes)))).toBe(-1)
    }
    expect(heap.bytesInUse).toBe(0)
  })

  test('refuses what does not fit together', () => {
    using scratch = arena(heap)
    const x = scratch.zeros('f32', 6)
    const out = scratch.zeros('f32', 6)
    expect(() => transpose(x, out, { shape: [2, 3], axes: [0, 0] })).toThrow('axes must name each of the 2 axes once')
    expect(() => transpose(x, out, { shape: [2, 4] })).toThrow('x holds 6 values, but the work needs 8')
    expect(() => transpose(x, out, { shape: [2, -3] })).toThrow('the size of axis 1 must be a whole number')
    expect(() => transpose(x, x, { shape: [2, 3] })).toThrow('share memory')
    const many = scratch.zeros('f32', 128)
    expect(() => transpose(many, scratch.zeros('f32', 128), { shape: [2, 2, 2, 2, 2, 2, 2] })).toThrow('7 axes')
  })
})
