import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arena } from './arena.ts'
import { bytesOf } from './dtype.ts'
import type { DType } from './dtype.ts'
import { Heap } from './heap.ts'
import { ownMemory } from './memory.ts'

const dtypes = Object.keys(bytesOf) as DType[]
const heap = new Heap({ threads: 1 })

test('blocks never overlap, start on a cache line, and keep what is written', () => {
  const request = fc.record({ dtype: fc.constantFrom(...dtypes), length: fc.integer({ min: 0, max: 30_000 }) })
  fc.assert(
    fc.property(fc.array(request, { maxLength: 30 }), (requests) => {
      using scratch = arena(heap)
      const blocks = requests.map(({ dtype, length }, i) => {
        const block = scratch.alloc(dtype, length)
        block.view.fill(i)
        return block
      })
      blocks.forEach((block, i) => {
        expect(block.ptr % 64).toBe(0)
        expect(block.view.every((value) => value === i)).toBe(true)
      })
    }),
    { numRuns: 30 },
  )
  expect(heap.bytesInUse).toBe(0)
})

describe('memory', () => {
  test('is counted, and free again after using', () => {
    {
      using scratch = arena(heap)
      scratch.alloc('f64', 10)
      expect(scratch.bytesInUse).toBe(128)
      scratch.alloc('f64', 100_000)
      expect(scratch.bytesInUse).toBe(128 + 800_000)
      expect(heap.bytesInUse).toBeGreaterThanOrEqual(scratch.bytesInUse)
    }
    expect(heap.bytesInUse).toBe(0)
  })

  test('is used again: a thousand arenas need no more than one', () => {
    const once = () => {
      using scratch = arena(heap)
      for (let i = 0; i < 20; i++) scratch.alloc('f32', 5000 * i)
    }
    once()
    const size = heap.memory.buffer.byteLength
    for (let i = 0; i < 1000; i++) once()
    expect(heap.memory.buffer.byteLength).toBe(size)
  })

  test('of arenas that end in any order goes back', () => {
    const first = arena(heap)
    const second = arena(heap)
    const x = first.copy(new Float64Array([1, 2]))
    const y = second.copy(new Float64Array([3, 4]))
    first.free()
    expect(() => x.view).toThrow('the arena of this f64 block was freed')
    expect([...y.view]).toEqual([3, 4])
    second.free()
    second.free()
    expect(heap.bytesInUse).toBe(0)
  })
})

test.each([true, false])('views stay good while memory grows (shared: %s)', (shared) => {
  const growing = new Heap({ source: ownMemory({ shared }), threads: 1 })
  using scratch = arena(growing)
  const x = scratch.copy(Float64Array.of(1, 2, 3))
  const before = growing.memory.buffer.byteLength
  scratch.alloc('f64', 10_000_000)
  expect(growing.memory.buffer.byteLength).toBeGreaterThan(before)
  expect([...x.view]).toEqual([1, 2, 3])
  x.view[0] = 7
  expect(x.at(0, 1).view[0]).toBe(7)
})

test.each(dtypes)('copy keeps the type and the values of %s', (dtype) => {
  using scratch = arena(heap)
  const original = scratch.zeros(dtype, 5).view
  for (let i = 0; i < 5; i++) original[i] = i + 1
  const copy = scratch.copy(original.slice())
  expect(copy.dtype).toBe(dtype)
  expect([...copy.view]).toEqual([1, 2, 3, 4, 5])
})

describe('bad input', () => {
  test('a machine that refuses more says what to do, and loses nothing', () => {
    const small = new Heap({ source: ownMemory({ maximumBytes: 2 ** 20 }), threads: 1 })
    using scratch = arena(small)
    const x = scratch.copy(Float64Array.of(1, 2))
    const inUse = small.bytesInUse
    expect(() => scratch.alloc('f64', 1e6)).toThrow(/the machine refused 7\.6 MiB more memory .* Free arenas/)
    expect(small.bytesInUse).toBe(inUse)
    expect([...x.view]).toEqual([1, 2])
    expect(scratch.alloc('f64', 1000).length).toBe(1000)
  })

  test.each([-1, 1.5, NaN, Infinity])('a length of %s is refused', (length) => {
    using scratch = arena(heap)
    expect(() => scratch.alloc('f64', length)).toThrow('the length must be a whole number of values, 0 or more')
  })

  test('an arena that was freed gives nothing', () => {
    const scratch = arena(heap)
    scratch.free()
    expect(() => scratch.alloc('f64', 1)).toThrow('this arena was freed')
  })

  test('a part that does not lie within its block is refused', () => {
    using scratch = arena(heap)
    const x = scratch.alloc('i32', 10)
    expect(x.at(4).length).toBe(6)
    expect(() => x.at(4, 7)).toThrow('values 4 to 11 do not lie within a block of 10')
    expect(() => x.at(-1, 2)).toThrow(RangeError)
  })

  test('less than two pages is no memory', () => {
    expect(() => ownMemory({ maximumBytes: 1000 })).toThrow('maximumBytes must be at least 131072')
  })
})
