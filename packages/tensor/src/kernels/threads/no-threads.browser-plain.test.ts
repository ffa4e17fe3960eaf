import { expect, test } from 'vitest'
import { arena } from '../heap/arena.ts'
import { Heap } from '../heap/heap.ts'
import { axpy } from '../products/vector.ts'

test('a page that is not isolated gets one thread, and the same results', async () => {
  const heap = new Heap({ threads: 3 })
  await heap.ready()
  expect(heap.threads).toBe(1)
  using scratch = arena(heap)
  const x = scratch.copy(Float64Array.from({ length: 100_000 }, (_, i) => i))
  axpy(2, x, x)
  expect(x.view.every((value, i) => value === 3 * i)).toBe(true)
  expect(scratch.zeros('f64', 1_000_000).view.length).toBe(1_000_000)
  expect(x.view[99_999]).toBe(299_997)
})
