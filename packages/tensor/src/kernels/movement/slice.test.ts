import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { arena } from '../heap/arena.ts'
import { concat } from './concat.ts'
import { Heap } from '../heap/heap.ts'
import { sizeOf, stepsOf } from './layout.ts'
import { slice } from './slice.ts'
import { at, counted, dtypes, firstDifference, indices } from '../test-arrays.ts'
import { sameBits, someSize, threadsReady } from '../test-heaps.ts'

beforeAll(threadsReady)

const heap = new Heap({ threads: 1 })

describe('slice', () => {
  const part = fc.integer({ min: 1, max: 20 }).chain((size) =>
    fc.record({
      size: fc.constant(size),
      begin: fc.nat(size - 1),
      step: fc.integer({ min: -3, max: 3 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  )
  const layout = fc
    .array(part, { minLength: 1, maxLength: 4 })
    .filter((parts) => parts.reduce((n, p) => n * p.size, 1) < 20000)

  test.each(dtypes)('any part of any %s array, in any steps', (dtype) => {
    fc.assert(
      fc.property(layout, (parts) => {
        const shape = parts.map((p) => p.size)
        const begin = parts.map((p) => p.begin)
        const step = parts.map((p) => p.step)
        const size = parts.map(({ size, begin, step, share }) => {
          const most = step > 0 ? Math.ceil((size - begin) / step) : step < 0 ? Math.ceil((begin + 1) / -step) : 3
          return Math.floor(share * most)
        })
        using scratch = arena(heap)
        const x = scratch.copy(counted(dtype, sizeOf(shape)))
        const out = scratch.alloc(x.dtype, sizeOf(size))
        slice(x, out, { shape, begin, size, step })
        const steps = stepsOf(shape)
        const expected = [...indices(size)].map(
          (index) =>
            x.view[
              at(
                index.map((i, axis) => begin[axis] + i * step[axis]),
                steps,
              )
            ],
        )
        expect(firstDifference(out.view, expected)).toBe(-1)
      }),
    )
  })

  test.each(sameBits)('large parts: %s', (_, heap) => {
    using scratch = arena(heap)
    const x = scratch.copy(counted('f32', 1000 * 300))
    const out = scratch.alloc('f32', 900 * 299)
    slice(x, out, { shape: [1000, 300], begin: [99, 1], size: [900, 299] })
    expect(
      firstDifference(
        out.view,
        Float32Array.from({ length: out.length }, (_, i) => (99 + Math.floor(i / 299)) * 300 + 2 + (i % 299)),
      ),
    ).toBe(-1)
    const reversed = scratch.alloc('f32', x.length)
    slice(x, reversed, { shape: [x.length], begin: [x.length - 1], size: [x.length], step: [-1] })
    expect(firstDifference(reversed.view, x.view.toReversed())).toBe(-1)
  })

  test('refuses parts that reach outside', () => {
    using scratch = arena(heap)
    const x = scratch.zeros('f64', 12)
    const out = scratch.zeros('f64', 12)
    const shape = [3, 4]
    expect(() => slice(x, out, { shape, begin: [0, 2], size: [3, 3] })).toThrow(
      'slice: 3 values from 2 in steps of 1 do not lie within axis 1, which has 4.',
    )
    expect(() => slice(x, out, { shape, begin: [1, 0], size: [3, 1], step: [-1, 1] })).toThrow('axis 0')
    expect(() => slice(x, out, { shape, begin: [0, 0.5], size: [1, 1] })).toThrow('axis 1')
    expect(() => slice(x, out, { shape, begin: [0], size: [1] })).toThrow('They must match')
  })
})

describe('concat', () => {
  test('undoes slicing, along any axis', () => {
    fc.assert(
      fc.property(fc.tuple(someSize, someSize, fc.nat(9), fc.nat(2), fc.nat(1000)), ([a, b, c, axis, cut]) => {
        const shape = [a, b, c].map((size) => size % 20)
        const first = cut % (shape[axis] + 1)
        const sizes = [first, shape[axis] - first].map((size) => shape.with(axis, size))
        using scratch = arena(heap)
        const x = scratch.copy(counted('f64', sizeOf(shape)))
        const parts = sizes.map((size, i) => {
          const part = scratch.alloc('f64', sizeOf(size))
          slice(x, part, { shape, begin: [0, 0, 0].with(axis, i * first), size })
          return part
        })
        const out = scratch.alloc('f64', x.length)
        concat(parts, out, { shapes: sizes, axis })
        expect(firstDifference(out.view, x.view)).toBe(-1)
      }),
    )
  })

  test.each(sameBits)('several blocks of short and of long rows: %s', (_, heap) => {
    for (const { rows, widths } of [
      { rows: 300, widths: [1, 130, 70] },
      { rows: 3, widths: [9000, 1, 12000] },
    ]) {
      using scratch = arena(heap)
      const wide = widths.reduce((sum, width) => sum + width, 0)
      const blocks = widths.map((width, i) => {
        const start = 1 + widths.slice(0, i).reduce((sum, before) => sum + before, 0)
        const value = (_: unknown, j: number): number => start + Math.floor(j / width) * wide + (j % width)
        return scratch.copy(Float32Array.from({ length: rows * width }, value))
      })
      const out = scratch.alloc('f32', rows * wide)
      concat(blocks, out, { shapes: widths.map((width) => [rows, width]), axis: 1 })
      expect(firstDifference(out.view, counted('f32', rows * wide))).toBe(-1)
    }
  })

  test('refuses shapes that differ elsewhere', () => {
    using scratch = arena(heap)
    const x = scratch.zeros('f64', 6)
    expect(() =>
      concat([x, x], scratch.zeros('f64', 12), {
        shapes: [
          [2, 3],
          [3, 2],
        ],
        axis: 0,
      }),
    ).toThrow('concat: cannot join [2, 3] and [3, 2] along axis 0. The other sizes must match.')
    expect(() => concat([x], scratch.zeros('f64', 6), { shapes: [[6]], axis: 1 })).toThrow('axis must be')
    expect(() => concat([], x, { shapes: [], axis: 0 })).toThrow('at least one')
  })
})
