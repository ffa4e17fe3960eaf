import { execFileSync } from 'node:child_process'
import { describe, expect, onTestFinished, test } from 'vitest'
import { arena } from '../heap/arena.ts'
import { Heap } from '../heap/heap.ts'
import type { HeapOptions } from '../heap/heap.ts'
import { compileTestFamily } from '../../../fixtures/misbehaving-kernels.ts'

const binary = await compileTestFamily()

async function heapWith(options: HeapOptions): Promise<Heap> {
  const heap = new Heap(options)
  onTestFinished(() => heap.close())
  await heap.ready()
  return heap
}

const split = { count: 400, grain: 1 }

/** Which threads took part, once each of them has compiled the family and had its chance. */
function workersSeen(heap: Heap, kernel: string = 'whose'): Set<number> {
  using scratch = arena(heap)
  const out = scratch.alloc('i32', split.count)
  const seen = new Set<number>()
  for (let i = 0; i < 20 && seen.size < heap.threads; i++) {
    heap.parallel(heap.load(binary), kernel, [out.ptr], split)
    for (const thread of out.view) seen.add(thread)
  }
  return seen
}

describe('every piece is done once', () => {
  test.each([1, 2, 3, 5])('by %i threads', async (threads) => {
    const heap = await heapWith({ threads })
    using scratch = arena(heap)
    const family = heap.load(binary)
    for (const count of [0, 1, 2, 7, 899, 900, 901, 5000]) {
      for (const grain of [1, 3, 1000]) {
        const out = scratch.zeros('f64', count)
        heap.parallel(family, 'mark', [out.ptr], { count, grain })
        expect(out.view.every((value, i) => value === i + 1)).toBe(true)
      }
    }
  })

  test('also when the threads change between calls, and some are only just starting', () => {
    const heap = new Heap({ threads: 1 })
    onTestFinished(() => heap.close())
    using scratch = arena(heap)
    const family = heap.load(binary)
    for (let round = 0; round < 60; round++) {
      heap.threads = 1 + (round % 4)
      const out = scratch.zeros('f64', 300)
      heap.parallel(family, 'mark', [out.ptr], { count: 300, grain: 1 })
      expect(out.view.every((value, i) => value === i + 1)).toBe(true)
    }
  })

  test('also by two heaps at once', async () => {
    const heaps = [await heapWith({ threads: 2 }), await heapWith({ threads: 3 })]
    for (const heap of heaps) expect(workersSeen(heap).size).toBe(heap.threads)
  })
})

test('all threads take part, and none that was sent away', async () => {
  const heap = await heapWith({ threads: 3 })
  expect(workersSeen(heap)).toEqual(new Set([0, 1, 2]))
  heap.threads = 2
  expect(workersSeen(heap)).toEqual(new Set([0, 1]))
  heap.threads = 3
  await heap.ready()
  expect(workersSeen(heap)).toEqual(new Set([0, 1, 2]))
  await heap.close()
  expect(heap.threads).toBe(1)
  expect(workersSeen(heap)).toEqual(new Set([0]))
})

describe('when something breaks', () => {
  test('a trap in a worker becomes an error that names the kernel, and the next call is fine', async () => {
    const heap = await heapWith({ threads: 2 })
    expect(workersSeen(heap).size).toBe(2)
    expect(() => {
      for (let i = 0; i < 20; i++) workersSeen(heap, 'trapInWorker')
    }).toThrow('test.trapInWorker: failed in a worker thread: unreachable')
    expect(workersSeen(heap)).toEqual(new Set([0, 1]))
  })

  test('a trap in the calling thread is thrown once the others have stopped', async () => {
    const heap = await heapWith({ threads: 2 })
    expect(() => workersSeen(heap, 'trapInCaller')).toThrow('unreachable')
    expect(workersSeen(heap)).toEqual(new Set([0, 1]))
  })

  test('a worker that dies at its work becomes an error, and the caller goes on alone until told otherwise', async () => {
    const heap = await heapWith({ threads: 2, patience: 1000 })
    expect(workersSeen(heap).size).toBe(2)
    expect(() => {
      for (let i = 0; i < 20; i++) workersSeen(heap, 'hangInWorker')
    }).toThrow('test.hangInWorker: a worker thread died in the middle of its work, so the result is incomplete')
    expect(heap.threads).toBe(1)
    expect(workersSeen(heap)).toEqual(new Set([0]))
    heap.threads = 2
    await heap.ready()
    expect(workersSeen(heap)).toEqual(new Set([0, 1]))
  })

  test('more arguments than threads take are refused, not cut off', () => {
    const heap = new Heap({ threads: 2 })
    const args = Array.from({ length: 61 }, () => 0)
    expect(() => heap.parallel(heap.load(binary), 'mark', args, split)).toThrow(
      'test.mark: 61 arguments, but threads take 60',
    )
  })

  test.each([0, -1, 1.5, NaN])('%s threads are refused', (threads) => {
    expect(() => new Heap({ threads })).toThrow('heap.threads: must be a whole number, 1 or more')
  })
})

test('a program that used threads ends by itself', () => {
  const program = `
    import { Heap, arena, dot } from '@lab/tensor/kernels'
    const heap = new Heap({ threads: 3 })
    await heap.ready()
    using scratch = arena(heap)
    const x = scratch.zeros('f64', 1e6)
    x.view.fill(2)
    console.log(dot(x, x), heap.threads)`
  const output = execFileSync(process.execPath, ['--conditions=@lab/source', '--input-type=module', '-e', program], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
    timeout: 20_000,
  })
  expect(output.trim()).toBe('4000000 3')
})
