import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FreeList } from './free-list.ts'

test('whatever is taken and given back, nothing overlaps and nothing is lost', () => {
  const steps = fc.array(fc.record({ take: fc.boolean(), bytes: fc.integer({ min: 1, max: 40 }), pick: fc.nat() }))
  fc.assert(
    fc.property(steps, (list) => {
      const free = new FreeList()
      const taken: { ptr: number; bytes: number }[] = []
      free.give(0, 400)
      for (const { take, bytes, pick } of list) {
        if (take) {
          const ptr = free.take(bytes)
          if (ptr >= 0) {
            expect(ptr + bytes).toBeLessThanOrEqual(400)
            for (const other of taken) expect(ptr + bytes <= other.ptr || other.ptr + other.bytes <= ptr).toBe(true)
            taken.push({ ptr, bytes })
          }
        } else if (taken.length > 0) {
          const [given] = taken.splice(pick % taken.length, 1)
          free.give(given.ptr, given.bytes)
        }
      }
      for (const { ptr, bytes } of taken) free.give(ptr, bytes)
      // All gaps have joined into one again.
      expect(free.take(400)).toBe(0)
    }),
  )
})

test('the smallest gap that fits is used', () => {
  const free = new FreeList()
  free.give(0, 100)
  free.give(200, 10)
  expect(free.take(8)).toBe(200)
  expect(free.take(11)).toBe(0)
})

test('says how much is free at the end, and -1 when nothing fits', () => {
  const free = new FreeList()
  free.give(50, 50)
  expect(free.bytesBefore(100)).toBe(50)
  expect(free.bytesBefore(200)).toBe(0)
  expect(free.take(51)).toBe(-1)
})
