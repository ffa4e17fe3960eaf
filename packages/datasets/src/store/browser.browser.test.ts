import { store } from '#store'
import { afterEach, expect, test } from 'vitest'
import { load, makeBlobs } from '../index.ts'
import { inflate } from '../readers/inflate.ts'
import type { RemoteFile } from './store.ts'

const text = 'bytes that a page has of its own'
const bytes = new TextEncoder().encode(text)

async function fileOf(content: BlobPart): Promise<RemoteFile & Disposable> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const url = URL.createObjectURL(new Blob([content]))
  return {
    set: 'set',
    path: 'file.bin',
    bytes: bytes.length,
    sha256: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''),
    urls: [url],
    [Symbol.dispose]: () => URL.revokeObjectURL(url),
  }
}

afterEach(async () => {
  await caches.delete('lab-datasets')
})

test("a download is checked and kept in the page's cache", async () => {
  {
    using file = await fileOf(text)
    expect(new TextDecoder().decode((await store.get(file, {})).bytes)).toBe(text)
  }
  // Its address is gone; what was kept is not.
  using again = await fileOf('something else')
  expect(new TextDecoder().decode((await store.get(again, { offline: true })).bytes)).toBe(text)
})

test('wrong bytes are refused and not kept', async () => {
  using file = await fileOf(text.replace('bytes', 'BYTES'))
  await expect(store.get(file, {})).rejects.toMatchObject({ code: 'changed' })
  await expect(store.get(file, { offline: true })).rejects.toMatchObject({ code: 'offline' })
})

test('load asks the page itself when told to, and says what it got', async () => {
  const answers = load('iris', { folder: `${location.origin}/no-such-folder` })
  await expect(answers).rejects.toMatchObject({ name: 'DatasetError' })
})

test('gzip is decompressed, and generators draw', async () => {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))
  const gzipped = new Uint8Array(await new Response(packed).arrayBuffer())
  expect(new TextDecoder().decode(await inflate(gzipped, 'gzip', 'file'))).toBe(text)
  expect(makeBlobs({ nSamples: 6, centers: 2, seed: 0 }).y).toEqual(Int32Array.of(1, 1, 0, 0, 1, 0))
})
