import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ourFiles } from '../../fixtures/array-files-ours.ts'
import digests from '../../fixtures/array-files-read.json' with { type: 'json' }
import {
  openFile,
  openNpz,
  openSafetensors,
  readNpy,
  safetensorsChunks,
  saveFile,
  writeNpy,
  type LazyArray,
} from './index.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'array-files-'))
})
afterEach(() => rm(folder, { recursive: true }))

const array = { dtype: 'u8', shape: [3], data: Uint8Array.of(1, 2, 3) } as const

describe('files', () => {
  test('are written and read', async () => {
    const path = join(folder, 'a.npy')
    expect(await saveFile(path, [writeNpy(array)])).toBe(131)
    await using file = await openFile(path)
    expect(file.size).toBe(131)
    expect(await readNpy(file)).toEqual(array)
  })

  test('that are not there are named', async () => {
    const path = join(folder, 'none.npy')
    await expect(openFile(path)).rejects.toMatchObject({ code: 'source', message: expect.stringContaining(path) })
  })

  test('that shrink while they are read are noticed', async () => {
    const path = join(folder, 'a.npy')
    await saveFile(path, [writeNpy(array)])
    await using file = await openFile(path)
    await writeFile(path, writeNpy(array).subarray(0, 130))
    await expect(readNpy(file)).rejects.toThrow('read(128, 3) of the source gave 2 bytes.')
  })

  test('keep what they had until the new is whole', async () => {
    const path = join(folder, 'a.bin')
    await writeFile(path, 'before')
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(1000)
      throw new Error('no more')
    }
    await expect(saveFile(path, broken())).rejects.toThrow('no more')
    const signal = AbortSignal.abort()
    await expect(saveFile(path, [new Uint8Array(9)], { signal })).rejects.toBe(signal.reason)
    expect(await readFile(path, 'utf8')).toBe('before')
    expect(await readdir(folder)).toEqual(['a.bin'])
  })
})

test('the files that NumPy and safetensors have read, value by value, are still what is written', async () => {
  const written = Object.entries(await ourFiles()).filter(([name]) => name in digests)
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
  expect(Object.fromEntries(written.map(([name, bytes]) => [name, sha256(bytes)]))).toEqual(digests)
})

test('a file larger than the memory it takes is written and read, tensor by tensor', async () => {
  // Sixteen tensors of 8 MiB, each made when its turn comes.
  const [count, length] = [16, 8 * 2 ** 20]
  const lazy = (fill: number): LazyArray<'u8'> => ({
    dtype: 'u8',
    shape: [length],
    load: () => new Uint8Array(length).fill(fill),
  })
  const tensors = Array.from({ length: count }, (_, i) => [`t${i}`, lazy(i)] as const)
  const path = join(folder, 'large.safetensors')
  expect(await saveFile(path, safetensorsChunks(tensors))).toBeGreaterThan(count * length)

  await using file = await openFile(path)
  const largest = { read: 0 }
  const watched = {
    size: file.size,
    read: (offset: number, bytes: number) => {
      largest.read = Math.max(largest.read, bytes)
      return file.read(offset, bytes)
    },
  }
  const opened = await openSafetensors(watched)
  for await (const [name, { data }] of opened.entries()) {
    expect([data[0], data[length - 1]]).toEqual(Array(2).fill(Number(name.slice(1))))
  }
  expect(largest.read).toBe(length)
})

describe('real files', () => {
  const data = process.env['LAB_DATASETS']
  const skipped = 'LAB_DATASETS names no folder of data sets, so no real array files were read.'
  const sourceOf = (...path: string[]): Promise<Awaited<ReturnType<typeof openFile>>> => openFile(join(data!, ...path))

  test('npy', async ({ skip }) => {
    if (data === undefined) return skip(skipped)
    await using board = await sourceOf('npy', 'chessboard_GRAY_U8.npy')
    const { shape, data: pixels } = await readNpy(board, { dtype: 'u8' })
    expect(shape).toEqual([200, 200])
    // The same picture stands in an archive.
    await using packed = await sourceOf('npy', 'chessboard_GRAY_U8.npz')
    expect((await (await openNpz(packed)).read('arr_0')).data).toEqual(pixels)
    await using numbers = await sourceOf('npy', 'test.npy')
    expect((await readNpy(numbers, { dtype: 'i64' })).data.length).toBe(10)
  })

  test('npz', async ({ skip }) => {
    if (data === undefined) return skip(skipped)
    await using numbers = await sourceOf('npy', 'test.npz')
    const archive = await openNpz(numbers)
    expect(archive.names).toEqual(['x', 'x_plus_one'])
    const [x, more] = [await archive.read('x', { dtype: 'i64' }), await archive.read('x_plus_one', { dtype: 'i64' })]
    expect(more.data).toEqual(x.data.map((value) => value + 1n))
    await using board = await sourceOf('npy', 'chessboard_RGB_U8.npz')
    expect((await (await openNpz(board)).read('arr_0')).shape).toEqual([200, 200, 3])
  })

  test('safetensors', async ({ skip }) => {
    if (data === undefined) return skip(skipped)
    await using codes = await sourceOf('safetensors', 'jfk-codes.safetensors')
    const { shape, data: values } = await (await openSafetensors(codes)).read('codes', { dtype: 'i64' })
    expect(shape).toEqual([1, 2, 828])
    expect(values.every((value) => value >= 0n && value < 1024n)).toBe(true)
    await using every = await sourceOf('safetensors', 'all-dtypes.safetensors')
    const opened = await openSafetensors(every)
    expect(Object.fromEntries(opened.metadata)).toEqual({ format: 'np', note: 'made for tests' })
    const types = Array.from(opened.tensors, ([name, { dtype }]) => [name, dtype])
    const expected = ['i64', 'f64', 'f32', 'f32', 'f32', 'i32', 'f16', 'i8', 'u8', 'bool']
    expect(types.map(([, dtype]) => dtype)).toEqual(expected)
  })
})
