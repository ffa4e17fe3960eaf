import { describe, expect, test } from 'vitest'
import { arena } from './arena.ts'
import { Heap, defaultHeap } from './heap.ts'
import type { MemorySource } from './memory.ts'
import { ownMemory } from './memory.ts'
import { axpy, dot } from '../products/vector.ts'

/** A memory as another library would have it, with a bump allocator that remembers what it gave. */
function foreign(shared: boolean): MemorySource & { live: Map<number, number> } {
  const memory = new WebAssembly.Memory(shared ? { initial: 4, maximum: 100, shared } : { initial: 4 })
  const live = new Map<number, number>()
  let top = 4096
  return {
    memory,
    live,
    allocate(bytes) {
      const ptr = top
      top += bytes
      if (top > memory.buffer.byteLength) memory.grow(Math.ceil((top - memory.buffer.byteLength) / 65536))
      live.set(ptr, bytes)
      return ptr
    },
    release(ptr, bytes) {
      expect(live.get(ptr)).toBe(bytes)
      live.delete(ptr)
    },
  }
}

describe.each([true, false])('on memory that somebody else made (shared: %s)', (shared) => {
  test('kernels work in place, and everything goes back', async () => {
    const source = foreign(shared)
    const heap = new Heap({ source, threads: 2 })
    await heap.ready()
    expect(heap.threads).toBe(shared ? 2 : 1)
    const theirs = new Float64Array(source.memory.buffer, 1024, 3)
    theirs.set([1, 2, 3])
    {
      using scratch = arena(heap)
      const x = scratch.copy(Float64Array.of(10, 20, 30))
      axpy(2, x, heap.blockAt('f64', 1024, 3))
      expect(source.live.size).toBe(1)
      const large = scratch.zeros('f64', 100_000)
      large.view.fill(1)
      expect(dot(large, large)).toBe(100_000)
    }
    expect([...heap.blockAt('f64', 1024, 3).view]).toEqual([21, 42, 63])
    expect(source.live.size).toBe(0)
    await heap.close()
  })
})

test('a block beyond the memory, or off its alignment, is refused', () => {
  const heap = new Heap({ source: ownMemory({ shared: false }) })
  expect(heap.blockAt('u8', 131071, 1).length).toBe(1)
  expect(() => heap.blockAt('u8', 131071, 2)).toThrow(
    '2 values of u8 at byte 131071 do not fit a memory of 131072 bytes',
  )
  expect(() => heap.blockAt('f64', 1028, 1)).toThrow('The address must be a multiple of 8')
  expect(() => heap.blockAt('f32', -4, 1)).toThrow(RangeError)
})

test('scratch is kept, grows, and gives every thread its own', () => {
  const heap = new Heap({ source: foreign(true), threads: 3 })
  const first = heap.scratch(5000)
  expect(first.stride).toBe(8192)
  expect(heap.scratch(100).ptr).toBe(first.ptr)
  const larger = heap.scratch(10_000)
  expect(larger.stride).toBe(16384)
  expect(heap.bytesInUse).toBe(0)
})

test('the deterministic build is the default, the relaxed one an option', () => {
  expect(defaultHeap()).toBe(defaultHeap())
  expect(defaultHeap().relaxed).toBe(false)
  expect(new Heap({ relaxed: true, threads: 1 }).relaxed).toBe(true)
})

test('a memory of more than 2 GiB is addressed to its end', () => {
  // Only touched pages cost memory, and this touches two.
  const source = ownMemory({ shared: false })
  source.memory.grow(40_000)
  const heap = new Heap({ source })
  const end = source.memory.buffer.byteLength
  expect(end).toBeGreaterThan(2 ** 31)
  const x = heap.blockAt('f64', end - 80_000, 10_000)
  x.view.fill(2)
  axpy(1, x, x)
  expect(dot(x, x)).toBe(160_000)
})
