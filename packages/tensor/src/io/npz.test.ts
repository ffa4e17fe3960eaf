import { describe, expect, test } from 'vitest'
import { largeArchive } from '../../fixtures/array-files-ours.ts'
import { arrayOf, bytesOf, golden, plain, streamOf, valuesOf } from '../../fixtures/array-files.ts'
import { crc32 } from './crc32.ts'
import { npzChunks, openNpz, writeNpy, writeNpz } from './index.ts'

const cases = golden.npz.map((item) => [item.name, item] as const)
const dtypeOf = (dtype: string): { dtype: 'str' } | object => (dtype === 'str' ? { dtype } : {})

describe("Python's archives", () => {
  test.each(cases)('%s', async (_name, { file, arrays }) => {
    for (const source of [bytesOf(file), new Blob([bytesOf(file)]), streamOf(bytesOf(file), 1000)]) {
      const archive = await openNpz(source)
      expect(archive.names).toEqual(arrays.map(({ name }) => name))
      for (const { name, dtype, shape, values } of arrays) {
        const array = await archive.read(name, dtypeOf(dtype))
        expect(plain(array)).toEqual({ dtype, shape, values: valuesOf(dtype, values) })
      }
    }
  })

  test('only what is asked for is read', async () => {
    const bytes = bytesOf(golden.npz[0]!.file)
    let read = 0
    const source = {
      size: bytes.length,
      read: (offset: number, length: number) => {
        read += length
        return bytes.subarray(offset, offset + length)
      },
    }
    const archive = await openNpz(source)
    read = 0
    await archive.read('x')
    expect(read).toBe(30 + 128 + 50 * 8)
  })

  test('a compression that NumPy does not use is refused by name', async () => {
    const archive = await openNpz(bytesOf(golden.npzBzip2))
    await expect(archive.read('x')).rejects.toThrow('npz.read("x"): x.npy is compressed by method 12, not by deflate')
  })
})

const content = golden.npz[0]!.arrays
const toWrite = new Map(content.map(({ name, dtype, shape, values }) => [name, arrayOf(dtype, shape, values)]))

describe('our archives', () => {
  test.each([false, true])('compress: %s', async (compress) => {
    const file = await writeNpz(toWrite, { compress })
    const archive = await openNpz(file)
    expect(archive.names).toEqual([...toWrite.keys()])
    for (const { name, dtype, shape, values } of content) {
      expect(plain(await archive.read(name, dtypeOf(dtype)))).toEqual({ dtype, shape, values: valuesOf(dtype, values) })
    }
    expect(await writeNpz(toWrite, { compress })).toEqual(file)
    const chunks: Uint8Array[] = []
    for await (const chunk of npzChunks(toWrite, { compress })) chunks.push(chunk)
    expect(Uint8Array.from(Buffer.concat(chunks))).toEqual(file)
  })

  test('compressed they are smaller', async () => {
    const zeros = { zeros: { dtype: 'f64', shape: [1e5], data: new Float64Array(1e5) } } as const
    const packed = await writeNpz(zeros, { compress: true })
    expect(packed.length).toBeLessThan(2000)
    const { data } = await (await openNpz(packed)).read('zeros', { dtype: 'f64' })
    expect(data).toEqual(zeros.zeros.data)
  })

  test('all arrays, one after the other', async () => {
    const numbers = { b: arrayOf('u8', [1], ['1']), a: arrayOf('f64', [1], ['2']) }
    const archive = await openNpz(await writeNpz(numbers))
    const seen: unknown[] = []
    for await (const [name, { data }] of archive.entries()) seen.push([name, ...data])
    expect(seen).toEqual([
      ['b', 1],
      ['a', 2],
    ])
  })

  test('none at all', async () => {
    const archive = await openNpz(await writeNpz({}))
    expect(archive.names).toEqual([])
    await expect(archive.read('x')).rejects.toThrow('npz.read("x"): there is no such array. The archive has none.')
  })

  test.each([false, true])('numbers that need 64 bits (compress: %s)', async (compress) => {
    const [a, b] = [Uint8Array.of(7, 7), Uint8Array.from({ length: 300 }, (_, i) => (i * i) % 251)]
    const files = {
      a: writeNpy({ dtype: 'u8', shape: [2], data: a }),
      b: writeNpy({ dtype: 'u8', shape: [300], data: b }),
    }
    const archive = await openNpz(largeArchive(files, { compress }))
    expect((await archive.read('a')).data).toEqual(a)
    expect((await archive.read('b')).data).toEqual(b)
  })

  test.each([
    [
      'a name twice',
      [
        ['a', arrayOf('u8', [], ['1'])],
        ['a', arrayOf('u8', [], ['1'])],
      ],
      'array "a" is given twice',
    ],
    ['no name', { '': arrayOf('u8', [], ['1']) }, 'cannot be the name of a file'],
    ['an array that does not fit', { a: arrayOf('u8', [2], ['1']) }, 'array "a": shape (2,) of u8 needs 2 values'],
  ])('%s is refused before anything is written', async (_name, arrays, message) => {
    await expect(writeNpz(arrays as never)).rejects.toThrow(message)
    await expect(
      npzChunks(arrays as never)
        [Symbol.asyncIterator]()
        .next(),
    ).rejects.toThrow(message)
  })
})

describe('damaged archives', () => {
  const file = (compress: boolean): Promise<Uint8Array<ArrayBuffer>> =>
    writeNpz({ x: { dtype: 'u8', shape: [500], data: new Uint8Array(500).fill(5) } }, { compress })
  const directoryOf = (bytes: Uint8Array): number => new DataView(bytes.buffer).getUint32(bytes.length - 6, true)

  test('a changed byte shows in the checksum', async () => {
    const bytes = await file(false)
    bytes[400]! ^= 1
    await expect((await openNpz(bytes)).read('x')).rejects.toThrow(
      /^npz.read\("x"\): its 628 bytes have the checksum .*, and should be 628 with .* Get it again\.$/,
    )
    const packed = await file(true)
    new DataView(packed.buffer).setUint32(directoryOf(packed) + 16, 1, true)
    await expect((await openNpz(packed)).read('x')).rejects.toThrow('and should be 628 with 00000001')
  })

  test('no archive, or not all of one', async () => {
    const bytes = await file(false)
    await expect(openNpz(bytes.subarray(0, -1))).rejects.toThrow(
      'openNpz: the archive has no end record: it was cut off',
    )
    await expect(openNpz(new Uint8Array(0))).rejects.toMatchObject({ code: 'truncated' })
    await expect(openNpz(bytes.subarray(10))).rejects.toMatchObject({ code: 'damaged' })
  })

  test.each([true, false])(
    'a size that cannot be is refused before memory is taken (compress: %s)',
    async (compress) => {
      const bytes = await file(compress)
      new DataView(bytes.buffer).setUint32(directoryOf(bytes) + 24, 0xfffffff0, true)
      await expect((await openNpz(bytes)).read('x')).rejects.toThrow('claims 4294967280 bytes made from')
    },
  )

  test('a member that unpacks to more or less than the directory says', async () => {
    for (const size of [400, 700]) {
      const bytes = await file(true)
      new DataView(bytes.buffer).setUint32(directoryOf(bytes) + 24, size, true)
      await expect((await openNpz(bytes)).read('x')).rejects.toMatchObject({ name: 'ArrayFileError' })
    }
  })

  test('files that share their bytes', async () => {
    const x = { dtype: 'u8', shape: [1], data: Uint8Array.of(1) } as const
    const bytes = await writeNpz({ a: x, b: x })
    const second = directoryOf(bytes) + 46 + 5
    new DataView(bytes.buffer).setUint32(second + 42, 0, true)
    await expect(openNpz(bytes)).rejects.toThrow('openNpz: "b.npy" overlaps another of its files')
  })

  test('an encrypted member', async () => {
    const bytes = await file(false)
    bytes[directoryOf(bytes) + 8]! |= 1
    await expect((await openNpz(bytes)).read('x')).rejects.toThrow('x.npy is encrypted')
  })

  test('a name twice', async () => {
    const x = { dtype: 'u8', shape: [1], data: Uint8Array.of(1) } as const
    const bytes = await writeNpz({ a: x, b: x })
    bytes[directoryOf(bytes) + 46 + 5 + 46] = 'a'.charCodeAt(0)
    await expect(openNpz(bytes)).rejects.toThrow('the archive has "a" twice')
  })
})

test('the checksum is that of the standard, in one go or in pieces', () => {
  const text = new TextEncoder().encode('The quick brown fox jumps over the lazy dog')
  expect(crc32(text)).toBe(0x414fa339)
  expect(crc32(text.subarray(11), crc32(text.subarray(0, 11)))).toBe(0x414fa339)
})
