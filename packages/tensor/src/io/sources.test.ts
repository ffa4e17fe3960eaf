import { describe, expect, test } from 'vitest'
import { streamOf } from '../../fixtures/array-files.ts'
import { collect } from './chunks.ts'
import {
  npzChunks,
  openNpz,
  openSafetensors,
  readNpy,
  safetensorsChunks,
  writeNpy,
  writeNpz,
  writeSafetensors,
} from './index.ts'

const array = { dtype: 'u8', shape: [100], data: new Uint8Array(100) } as const
const npy = writeNpy(array)

/** A stream that gives what it is given and then nothing, and tells whether it was cancelled. */
function stalled(bytes: Uint8Array): { stream: ReadableStream<Uint8Array>; cancelled: () => boolean } {
  let isCancelled = false
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes),
    cancel: () => void (isCancelled = true),
  })
  return { stream, cancelled: () => isCancelled }
}

describe('an abort ends', () => {
  test.each([
    ['readNpy', (stream: ReadableStream<Uint8Array>, signal: AbortSignal) => readNpy(stream, { signal })],
    ['openNpz', (stream: ReadableStream<Uint8Array>, signal: AbortSignal) => openNpz(stream, { signal })],
    [
      'openSafetensors',
      (stream: ReadableStream<Uint8Array>, signal: AbortSignal) => openSafetensors(stream, { signal }),
    ],
  ])('%s while it waits for a stream', async (_name, read) => {
    const reason = new Error('enough')
    const controller = new AbortController()
    let pulls = 0
    let cancelled = false
    const source: UnderlyingDefaultSource<Uint8Array> = {
      pull(stream) {
        // Nothing is pulled ahead, so the second time a read is waiting, and would for ever.
        if (++pulls === 1) stream.enqueue(npy.subarray(0, 5))
        else controller.abort(reason)
        return pulls === 1 ? undefined : new Promise(() => {})
      },
      cancel: () => void (cancelled = true),
    }
    const result = read(new ReadableStream(source, { highWaterMark: 0 }), controller.signal)
    await expect(result).rejects.toBe(reason)
    expect(pulls).toBe(2)
    expect(cancelled).toBe(true)
  })

  test('a reading that had not begun, from any source', async () => {
    const signal = AbortSignal.abort()
    for (const source of [npy, new Blob([npy]), streamOf(npy, 10)]) {
      await expect(readNpy(source, { signal })).rejects.toBe(signal.reason)
    }
    const archive = await openNpz(await writeNpz({ x: array }, { compress: true }))
    await expect(archive.read('x', { signal })).rejects.toBe(signal.reason)
  })

  test('writing', async () => {
    const signal = AbortSignal.abort()
    await expect(writeNpz({ x: array }, { compress: true, signal })).rejects.toBe(signal.reason)
    await expect(collect('test', npzChunks({ x: array }, { signal }))).rejects.toBe(signal.reason)
    await expect(collect('test', safetensorsChunks({ x: array }, { signal }))).rejects.toBe(signal.reason)
  })
})

describe('a source that fails', () => {
  test('by itself', async () => {
    const cause = new Error('the disk is gone')
    const failing = { size: 1000, read: async () => Promise.reject(cause) }
    const stream = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(cause) })
    for (const source of [failing, stream]) {
      await expect(readNpy(source)).rejects.toMatchObject({
        code: 'source',
        cause,
        message: 'readNpy: the source failed while the first 8 bytes was read: the disk is gone.',
      })
    }
    const message = 'openNpz: the source failed while the archive was read: the disk is gone.'
    const again = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(cause) })
    await expect(openNpz(again)).rejects.toMatchObject({ code: 'source', message })
  })

  test('by giving too little', async () => {
    const short = { size: npy.length, read: (offset: number) => npy.subarray(offset, offset + 1) }
    await expect(readNpy(short)).rejects.toThrow('readNpy: read(0, 8) of the source gave 1 bytes.')
    const none = { size: npy.length, read: () => undefined as never }
    await expect(openSafetensors(none)).rejects.toThrow('gave a value of type undefined')
  })

  test('by giving text', async () => {
    const text = new ReadableStream({ start: (controller) => controller.enqueue('text') })
    await expect(readNpy(text)).rejects.toThrow('the stream gives string instead of Uint8Array. Leave it undecoded')
  })

  test('by being read by somebody else', async () => {
    const stream = streamOf(npy, 10)
    stream.getReader()
    await expect(readNpy(stream)).rejects.toThrow('readNpy: somebody else reads this stream already.')
    await expect(openNpz(stream)).rejects.toMatchObject({ name: 'ArrayFileError' })
  })
})

test('a stream that is refused is ended', async () => {
  const { stream, cancelled } = stalled(new Uint8Array(8))
  await expect(readNpy(stream)).rejects.toThrow('not an npy file')
  expect(cancelled()).toBe(true)
  const other = stalled(new Uint8Array(8).fill(255))
  await expect(openSafetensors(other.stream)).rejects.toThrow('claims a header')
  expect(other.cancelled()).toBe(true)
})

test('empty pieces of a stream are no end', async () => {
  const file = writeSafetensors({ array })
  const opened = await openSafetensors(streamOf(file, 0, 50))
  expect(await opened.read('array')).toEqual(array)
})
