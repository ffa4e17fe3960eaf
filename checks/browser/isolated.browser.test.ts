import { expect, test } from 'vitest'

test('the page may share memory with its workers', async () => {
  expect(crossOriginIsolated).toBe(true)
  const shared = new Int32Array(new SharedArrayBuffer(4))
  const source = 'onmessage = ({ data }) => { Atomics.store(data, 0, 42); postMessage(crossOriginIsolated) }'
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
  const worker = new Worker(url)
  const isolated = await new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data)
    worker.postMessage(shared)
  })
  worker.terminate()
  URL.revokeObjectURL(url)
  expect(isolated).toBe(true)
  expect(shared[0]).toBe(42)
})
