import { expect, test } from 'vitest'
import { arena } from '../heap/arena.ts'
import { Heap } from '../heap/heap.ts'
import { axpy, dot } from '../products/vector.ts'

function harmonic(heap: Heap): number {
  using scratch = arena(heap)
  const x = scratch.copy(Float64Array.from({ length: 300_007 }, (_, i) => 1 / (i + 1)))
  axpy(0.5, x, x)
  return dot(x, x)
}

test('a page that is isolated has threads, and they change no bit', async () => {
  const heap = new Heap({ threads: 3 })
  await heap.ready()
  expect(heap.threads).toBe(3)
  const together = harmonic(heap)
  for (let i = 0; i < 50; i++) expect(harmonic(heap)).toBe(together)
  heap.threads = 1
  expect(harmonic(heap)).toBe(together)
  await heap.close()
})
