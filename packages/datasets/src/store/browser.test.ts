import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fileServer, serve } from '../../testing/file-server.ts'
import { body, fileAt, sha256 } from '../../testing/store-fixture.ts'
import { store } from './browser.ts'

// Node has fetch, streams and crypto.subtle as browsers do, but no Cache API: this one lives as long as a test.
beforeEach(() => {
  const kept = new Map<string, Response>()
  const cache = {
    match: async (key: string) => kept.get(key)?.clone(),
    put: async (key: string, response: Response) => void kept.set(key, response),
  }
  vi.stubGlobal('caches', { open: async () => cache })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

test('a download is checked, reported and kept', async () => {
  await using server = await fileServer(serve(body))
  const onProgress = vi.fn()
  const got = await store.get(fileAt(server.url), { onProgress })
  expect(Buffer.compare(got.bytes, body)).toBe(0)
  expect(got.path).toBeUndefined()
  expect(onProgress).toHaveBeenLastCalledWith({ name: 'set', file: 'file.bin', received: 300_000, total: 300_000 })
  expect(Buffer.compare((await store.get(fileAt(server.url), { offline: true })).bytes, body)).toBe(0)
  expect(server.ranges.length).toBe(1)
})

test('offline without a kept copy is refused', async () => {
  await expect(store.get(fileAt('http://127.0.0.1/'), { offline: true })).rejects.toMatchObject({ code: 'offline' })
})

test('wrong bytes are refused and not kept', async () => {
  await using server = await fileServer(serve(body.toReversed()))
  await expect(store.get(fileAt(server.url), {})).rejects.toThrow(`with sha256 ${sha256}, got 300000 bytes with sha256`)
  await expect(store.get(fileAt(server.url), { offline: true })).rejects.toMatchObject({ code: 'offline' })
})

test('a body too long or too short is refused', async () => {
  await using long = await fileServer((_, response) => {
    response.write(body)
    response.end(body)
  })
  await expect(store.get(fileAt(long.url), {})).rejects.toThrow('got more than 300000 bytes')
  await using short = await fileServer((_, response) => response.writeHead(200).end(body.subarray(9)))
  await expect(store.get(fileAt(short.url), {})).rejects.toThrow('the answer ended after 299991 of 300000 bytes')
})

test('a folder is an address, and a second address is tried when the first fails', async () => {
  const asked: string[] = []
  await using server = await fileServer((request, response, visit) => {
    asked.push(request.url ?? '')
    if (request.url === '/gone') return response.writeHead(404).end()
    return serve(body)(request, response, visit)
  })
  const { origin } = new URL(server.url)
  await store.get(fileAt('http://unused.invalid/'), { folder: `${origin}/data/` })
  await store.get(fileAt(`${origin}/gone`, server.url), {})
  expect(asked).toEqual(['/data/set/file.bin', '/gone', '/file.bin'])
})

test("an abort gives the caller's own reason", async () => {
  await using server = await fileServer((_, response) => {
    response.writeHead(200).write(body.subarray(0, 10))
  })
  const stop = new AbortController()
  const reason = new Error('enough')
  const failed = store.get(fileAt(server.url), { signal: stop.signal, onProgress: () => stop.abort(reason) })
  await expect(failed).rejects.toBe(reason)
})

test('a page without crypto.subtle is told why', async () => {
  await using server = await fileServer(serve(body))
  vi.stubGlobal('crypto', undefined)
  await expect(store.get(fileAt(server.url), {})).rejects.toThrow('Serve the page from https or localhost')
})
