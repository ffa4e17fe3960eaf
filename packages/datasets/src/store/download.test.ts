import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { begin, fileServer, serve } from '../../testing/file-server.ts'
import { body, fileAt, put, sha256, storeFixture } from '../../testing/store-fixture.ts'
import { zipOf } from '../../testing/zip-of.ts'
import type { DownloadProgress } from '../load-options.ts'
import type { RemoteFile } from './store.ts'

const at = storeFixture()

test('a download is checked, kept, reported, and not repeated', async () => {
  await using server = await fileServer(serve(body))
  const seen: DownloadProgress[] = []
  const got = await at.get(fileAt(server.url), { onProgress: (progress) => seen.push(progress) })
  expect(got.path).toBe(at.target)
  expect(Buffer.compare(got.bytes, body)).toBe(0)
  expect(seen.at(-1)).toEqual({ name: 'set', file: 'file.bin', received: body.length, total: body.length })
  expect(seen.every(({ received }, i) => i === 0 || received > (seen[i - 1]?.received ?? 0))).toBe(true)
  expect(await at.scratch.list()).toEqual(['set/file.bin'])
  await at.get(fileAt(server.url))
  expect(server.ranges).toEqual([undefined])
})

test('a connection that is cut goes on from where it broke', async () => {
  await using server = await fileServer((request, response, visit) =>
    (visit < 2 ? begin(body, 100_000) : serve(body))(request, response, visit),
  )
  const got = await at.get(fileAt(server.url), {
    onProgress: ({ received }) => {
      if (received === 100_000 || received === 200_000) server.cut()
    },
  })
  expect(Buffer.compare(got.bytes, body)).toBe(0)
  expect(server.ranges).toEqual([undefined, 'bytes=100000-', 'bytes=200000-'])
  expect(await at.scratch.list()).toEqual(['set/file.bin'])
})

test('a download that fails for good leaves its part, and the next load goes on from it', async () => {
  {
    await using server = await fileServer((request, response, visit) =>
      visit === 0 ? begin(body, 120_000)(request, response, visit) : response.destroy(),
    )
    const failed = at.get(fileAt(server.url), {
      onProgress: ({ received }) => {
        if (received === 120_000) server.cut()
      },
    })
    await expect(failed).rejects.toMatchObject({ code: 'network' })
    await expect(failed).rejects.toThrow(/could not download set\/file\.bin .* LAB_DATASETS/)
  }
  expect(await at.scratch.list()).toEqual(['set/file.bin.part'])
  expect((await readFile(`${at.target}.part`)).length).toBe(120_000)
  await using server = await fileServer(serve(body))
  expect(Buffer.compare((await at.get(fileAt(server.url))).bytes, body)).toBe(0)
  expect(server.ranges).toEqual(['bytes=120000-'])
  expect(await at.scratch.list()).toEqual(['set/file.bin'])
})

test('a server that ignores Range is read from the start', async () => {
  await put(`${at.target}.part`, body.subarray(0, 1000))
  await using server = await fileServer((_, response) => response.end(body))
  expect(Buffer.compare((await at.get(fileAt(server.url))).bytes, body)).toBe(0)
  expect(server.ranges).toEqual(['bytes=1000-'])
})

test.each([
  ['another part', { 'content-range': `bytes 0-${body.length - 1}/${body.length}` }],
  ['a part without Content-Range', {}],
])('a server that answers Range with %s is asked again without', async (_, headers) => {
  await put(`${at.target}.part`, body.subarray(0, 1000))
  await using server = await fileServer((request, response) => {
    if (request.headers.range !== undefined) response.writeHead(206, headers)
    response.end(body)
  })
  expect(Buffer.compare((await at.get(fileAt(server.url))).bytes, body)).toBe(0)
  expect(server.ranges).toEqual(['bytes=1000-', undefined])
})

test('a part of another file is noticed by its hash, and dropped', async () => {
  await put(`${at.target}.part`, new Uint8Array(5000).fill(7))
  await using server = await fileServer(serve(body))
  expect(Buffer.compare((await at.get(fileAt(server.url))).bytes, body)).toBe(0)
  expect(server.ranges).toEqual(['bytes=5000-', undefined])
  expect(await at.scratch.list()).toEqual(['set/file.bin'])
})

test('a part that is already whole is only checked, one that is too long is dropped', async () => {
  await using server = await fileServer(serve(body))
  await put(`${at.target}.part`, body)
  expect(Buffer.compare((await at.get(fileAt(server.url))).bytes, body)).toBe(0)
  expect(server.ranges).toEqual([])
  const other = { ...fileAt(server.url), path: 'other.bin' }
  await put(join(dirname(at.target), 'other.bin.part'), Buffer.concat([body, body]))
  expect(Buffer.compare((await at.get(other)).bytes, body)).toBe(0)
  expect(server.ranges).toEqual([undefined])
  expect(await at.scratch.list()).toEqual(['set/file.bin', 'set/other.bin'])
})

test('a connection that gives nothing is not tried again', async () => {
  await using server = await fileServer((_, response) => response.destroy())
  await expect(at.get(fileAt(server.url))).rejects.toMatchObject({ code: 'network' })
  expect(server.ranges.length).toBe(1)
})

test('compression is declined, since offsets count bytes of the file; a server that compresses anyway is read', async () => {
  const packed = gzipSync(body)
  const asked: (string | undefined)[] = []
  await using server = await fileServer((request, response) => {
    asked.push(request.headers['accept-encoding'])
    const headers = { 'content-encoding': 'gzip' }
    if (request.headers.range === undefined) response.writeHead(200, headers).end(packed)
    else response.writeHead(206, { ...headers, 'content-range': 'bytes 1000-5000/5001' }).end(packed.subarray(1000))
  })
  await put(`${at.target}.part`, body.subarray(0, 1000))
  expect(Buffer.compare((await at.get(fileAt(server.url))).bytes, body)).toBe(0)
  // fetch says it once more by itself beside a Range.
  expect(asked).toEqual([expect.stringMatching(/^identity(, identity)?$/), 'identity'])
  expect(server.ranges).toEqual(['bytes=1000-', undefined])
})

test('wrong bytes are refused with both hashes, and nothing stays', async () => {
  const wrong = body.toReversed()
  await using server = await fileServer(serve(wrong))
  const failed = at.get(fileAt(server.url))
  await expect(failed).rejects.toMatchObject({ code: 'changed' })
  await expect(failed).rejects.toThrow(sha256)
  await expect(failed).rejects.toThrow(createHash('sha256').update(wrong).digest('hex'))
  await expect(failed).rejects.toThrow('The download was deleted')
  expect(await at.scratch.list()).toEqual([])
})

test('a file of another size is refused before its body', async () => {
  await using server = await fileServer(serve(body.subarray(1)))
  await expect(at.get(fileAt(server.url))).rejects.toThrow(
    `expected 300000 bytes with sha256 ${sha256}, got 299999 bytes`,
  )
  expect(await at.scratch.list()).toEqual([])
})

test('a body longer than the file is stopped, and its connection closed', async () => {
  let close = (): void => undefined
  const closed = new Promise<void>((resolve) => (close = resolve))
  await using server = await fileServer((_, response) => {
    response.on('close', close)
    response.write(body)
    response.write(body)
  })
  await expect(at.get(fileAt(server.url))).rejects.toThrow('got more than 300000 bytes')
  await closed
  expect(await at.scratch.list()).toEqual([])
})

test('a body that ends early without a Content-Length is kept as a part', async () => {
  await using server = await fileServer((_, response) => response.writeHead(200).end(body.subarray(0, 1000)))
  await expect(at.get(fileAt(server.url))).rejects.toThrow('the answer ended after 1000 of 300000 bytes')
  expect(await at.scratch.list()).toEqual(['set/file.bin.part'])
})

test('a Content-Length that promises more than comes is a broken connection', async () => {
  let end = (): void => undefined
  await using server = await fileServer((_, response, visit) => {
    if (visit > 0) return response.destroy()
    end = () => response.socket?.end()
    return response.writeHead(200, { 'content-length': body.length }).write(body.subarray(0, 500))
  })
  await expect(at.get(fileAt(server.url), { onProgress: () => end() })).rejects.toMatchObject({ code: 'network' })
  expect(await at.scratch.list()).toEqual(['set/file.bin.part'])
})

test('an error of the server says which, and what to do', async () => {
  await using server = await fileServer((_, response) => response.writeHead(404).end('no'))
  await expect(at.get(fileAt(server.url))).rejects.toMatchObject({ code: 'http' })
  await expect(at.get(fileAt(server.url))).rejects.toThrow(
    `${server.url} answered 404 Not Found when asked for set/file.bin. Try again later. To go on without a download, ` +
      `download ${server.url} by hand and save it as ${at.target}, or set LAB_DATASETS to a folder that holds set/file.bin.`,
  )
  expect(await at.scratch.list()).toEqual([])
})

test('no server at all says so', async () => {
  const failed = at.get(fileAt(at.nobody))
  await expect(failed).rejects.toMatchObject({ code: 'network' })
  await expect(failed).rejects.toThrow(/connect ECONNREFUSED .* Check the network and try again/)
  expect(await at.scratch.list()).toEqual([])
})

test('a second address is tried when the first fails, and both are named when both do', async () => {
  await using server = await fileServer(serve(body))
  expect(Buffer.compare((await at.get(fileAt(at.nobody, server.url))).bytes, body)).toBe(0)
  await using broken = await fileServer((_, response) => response.writeHead(500).end())
  const other: RemoteFile = { ...fileAt(at.nobody, broken.url), path: 'other.bin' }
  await expect(at.get(other)).rejects.toThrow(/could not download .* The other address failed too: .* answered 500/)
})

test('a server that falls silent counts as dead', async () => {
  await using server = await fileServer((_, response) => {
    response.writeHead(200, { 'content-length': body.length }).write(body.subarray(0, 10))
  })
  await expect(at.get(fileAt(server.url), { timeout: 40 })).rejects.toThrow('nothing arrived for 0.04 seconds')
})

test('an abort half way gives its own reason, keeps the part, and stops asking', async () => {
  await using server = await fileServer((_, response) => {
    response.writeHead(200, { 'content-length': body.length }).write(body.subarray(0, 1000))
  })
  const stop = new AbortController()
  const reason = new Error('enough')
  const failed = at.get(fileAt(server.url), { signal: stop.signal, onProgress: () => stop.abort(reason) })
  await expect(failed).rejects.toBe(reason)
  expect(await at.scratch.list()).toEqual(['set/file.bin.part'])
  expect(server.ranges.length).toBe(1)
  await expect(at.get(fileAt(server.url), { signal: stop.signal })).rejects.toBe(reason)
  expect(server.ranges.length).toBe(1)
})

test('an error thrown by onProgress reaches the caller, and the part is kept', async () => {
  await using server = await fileServer(serve(body))
  const failed = at.get(fileAt(server.url), {
    onProgress: () => {
      throw new RangeError('mine')
    },
  })
  await expect(failed).rejects.toThrow('mine')
  expect((await at.scratch.list()).every((name) => name.endsWith('.part'))).toBe(true)
})

test('a file inside an archive is taken out of it and checked', async () => {
  const text = 'one of many '.repeat(20)
  await using server = await fileServer(serve(zipOf({ 'all/other.txt': 'x', 'all/file.txt': text }, 'all/file.txt')))
  const bytes = Buffer.from(text)
  const member = { ...fileAt(`${server.url}#all/file.txt`), bytes: bytes.length }
  const right = { ...member, sha256: createHash('sha256').update(bytes).digest('hex') }
  expect(new TextDecoder().decode((await at.get(right)).bytes)).toBe(text)
  await expect(at.get({ ...member, path: 'b' })).rejects.toThrow('The download was deleted')
  await expect(at.get({ ...right, path: 'c', urls: [`${server.url}#none`] })).rejects.toThrow('holds no none')
  expect(await at.scratch.list()).toEqual(['set/file.bin'])
})
