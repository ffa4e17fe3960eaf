import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { fileServer, serve } from '../../testing/file-server.ts'
import { body, fileAt, put, storeFixture } from '../../testing/store-fixture.ts'
import { store } from './file-system.ts'

const at = storeFixture()

test('loads at the same time do not meet', async () => {
  await using server = await fileServer((request, response) => {
    response.writeHead(200, { 'content-length': body.length })
    response.write(body.subarray(0, 150_000), () => setImmediate(() => response.end(body.subarray(150_000))))
    request.resume()
  })
  const all = await Promise.all(Array.from({ length: 5 }, () => at.get(fileAt(server.url))))
  for (const got of all) expect(Buffer.compare(got.bytes, body)).toBe(0)
  expect(await at.scratch.list()).toEqual(['set/file.bin'])
})

test("a living program's part is copied and left alone; a dead one's is swept", async () => {
  const alive = `${at.target}.${process.pid}-0123abcd.part`
  // Above every system's largest process id.
  const dead = `${at.target}.99999999-0123abcd.part`
  await put(alive, body.subarray(0, 2000))
  await put(dead, body.subarray(0, 1000))
  await using server = await fileServer(serve(body))
  await at.get(fileAt(server.url))
  expect(server.ranges).toEqual(['bytes=2000-'])
  expect(await at.scratch.list()).toEqual(['set/file.bin', `set/file.bin.${process.pid}-0123abcd.part`])
})

test('an altered file in the cache is replaced; offline it is refused and left', async () => {
  await using server = await fileServer(serve(body))
  const altered = Uint8Array.from(body)
  altered[5] = 99
  await put(at.target, altered)
  const failed = at.get(fileAt(server.url), { offline: true })
  await expect(failed).rejects.toMatchObject({ code: 'changed' })
  await expect(failed).rejects.toThrow('Someone altered it')
  expect(Buffer.compare(await readFile(at.target), altered)).toBe(0)
  expect(Buffer.compare((await at.get(fileAt(server.url))).bytes, body)).toBe(0)
  expect(Buffer.compare(await readFile(at.target), body)).toBe(0)
})

test('offline reads the cache, and asks nobody', async () => {
  await using server = await fileServer(serve(body))
  await expect(at.get(fileAt(server.url), { offline: true })).rejects.toMatchObject({ code: 'offline' })
  vi.stubEnv('LAB_DATASETS_OFFLINE', '1')
  await expect(at.get(fileAt(server.url))).rejects.toThrow(
    'set/file.bin is not in the cache, and offline mode is on. Load it once with offline off.',
  )
  expect(server.ranges).toEqual([])
  await at.get(fileAt(server.url), { offline: false })
  expect(Buffer.compare((await at.get(fileAt(server.url))).bytes, body)).toBe(0)
  expect(server.ranges.length).toBe(1)
})

test('a folder of the user is read, checked, and never written', async () => {
  await put(at.target, body)
  await using server = await fileServer(serve(body))
  vi.stubEnv('LAB_DATASETS', at.scratch.path)
  expect((await store.get(fileAt(server.url), {})).path).toBe(at.target)
  await put(at.target, body.subarray(1))
  await expect(store.get(fileAt(server.url), {})).rejects.toThrow('It was left as it is')
  await expect(store.get({ ...fileAt(server.url), path: 'none.bin' }, {})).rejects.toThrow(
    `it has no set/none.bin. Save ${server.url} as ${join(at.scratch.path, 'set', 'none.bin')}, or unset it to download.`,
  )
  expect(server.ranges).toEqual([])
  expect(await at.scratch.list()).toEqual(['set/file.bin'])
})

test('a cache folder that is a file says so', async () => {
  await put(join(at.scratch.path, 'set'), body)
  const failed = at.get(fileAt(at.nobody))
  await expect(failed).rejects.toMatchObject({ code: 'storage' })
  await expect(failed).rejects.toThrow(/cannot save .* Set LAB_DATASETS_CACHE to a folder you can write to/)
})
