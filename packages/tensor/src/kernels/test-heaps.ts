import fc from 'fast-check'
import { Heap } from './heap/heap.ts'
import { ownMemory } from './heap/memory.ts'

/** Heaps that must all give the same bits: one, two and three threads, and memory that is not shared. For tests. */
export const sameBits: readonly (readonly [name: string, heap: Heap])[] = [
  ['one thread', new Heap({ threads: 1 })],
  ['two threads', new Heap({ threads: 2 })],
  ['three threads', new Heap({ threads: 3 })],
  ['unshared memory', new Heap({ source: ownMemory({ shared: false }) })],
]

/** Waits until all threads are at work, so that the tests really run on them. */
export async function threadsReady(): Promise<void> {
  await Promise.all(sameBits.map(([, heap]) => heap.ready()))
}

/** Numbers from 0 on, below 1, the same on every run. For tests. */
export function randomNumbers(seed: number, length: number): Float64Array {
  const values = new Float64Array(length)
  for (let i = 0; i < length; i++) {
    // The finalizer of MurmurHash3 over a counter.
    let h = Math.imul(seed ^ Math.imul(i + 1, 0x9e3779b1), 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    values[i] = ((h ^ (h >>> 16)) >>> 0) / 2 ** 32
  }
  return values
}

/** Sizes that sit on both sides of every tile's edge, and ordinary ones. */
export const someSize: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33),
  fc.nat(70),
)
