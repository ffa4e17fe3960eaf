import { describe, expect, test } from 'vitest'
import { bytesOf, golden, plain, storedTensors, streamOf, valuesOf } from '../../fixtures/array-files.ts'
import { collect } from './chunks.ts'
import { openSafetensors, safetensorsChunks, writeSafetensors, type ArrayData } from './index.ts'

const cases = golden.safetensors.map((item) => [item.name, item] as const)

/** Python's own word for no metadata is null. */
const metadataOf = (metadata: object | null): { metadata?: Record<string, string> } =>
  metadata === null ? {} : { metadata: metadata as Record<string, string> }

describe("the reference's files", () => {
  test.each(cases)('%s: every tensor has its type, sizes and bytes', async (_name, { file, metadata, tensors }) => {
    const opened = await openSafetensors(bytesOf(file))
    expect(Object.fromEntries(opened.metadata)).toEqual(metadata ?? {})
    expect(opened.tensors.size).toBe(tensors.length)
    for (const { name, dtype, shape, bytes } of tensors) {
      expect(opened.tensors.get(name)).toEqual({ dtype, shape })
      expect(Uint8Array.from(await opened.readBytes(name))).toEqual(bytesOf(bytes))
    }
  })

  test.each(cases)('%s is written byte for byte, however the tensors are listed', (_name, item) => {
    const tensors = storedTensors(item.tensors)
    expect(writeSafetensors(tensors, metadataOf(item.metadata))).toEqual(bytesOf(item.file))
    const backwards = Array.from(tensors).toReversed()
    expect(writeSafetensors(backwards, metadataOf(item.metadata))).toEqual(bytesOf(item.file))
  })

  test.each(cases)('%s comes through a stream in the order of the file, and back', async (_name, item) => {
    const opened = await openSafetensors(streamOf(bytesOf(item.file), 13, 1, 90))
    const seen: [string, ArrayData][] = []
    for await (const [name, tensor] of opened.entries()) seen.push([name, tensor])
    expect(seen.map(([name]) => name)).toEqual(Array.from(opened.tensors.keys()))
    expect(writeSafetensors(seen as never, metadataOf(item.metadata))).toEqual(bytesOf(item.file))
  })

  test('values', async () => {
    const file = await openSafetensors(bytesOf(golden.tensorValues.file))
    for (const [name, { dtype, shape, values }] of Object.entries(golden.tensorValues.tensors)) {
      expect(plain(await file.read(name))).toEqual({ dtype, shape, values: valuesOf(dtype, values) })
    }
  })
})

/** Files that the reference reads and we do not, all forbidden by the format's description. */
const stricter: Readonly<Record<string, string>> = {
  'space before': 'the header must begin with {',
  'tensor twice': 'no key may stand twice',
  'metadata key twice': 'no key may stand twice',
}

describe("the reference's verdict", () => {
  test.each(golden.safetensorsVerdicts)('$name', async ({ name, file, reads }) => {
    const whole = openSafetensors(bytesOf(file)).then(async (opened) => {
      for await (const [key] of opened.entries()) await opened.readBytes(key)
    })
    const streamed = openSafetensors(streamOf(bytesOf(file), 5)).then(async (opened) => {
      for await (const _tensor of opened.entries());
    })
    for (const opened of [whole, streamed]) {
      if (reads && !(name in stricter)) await expect(opened).resolves.toBeUndefined()
      else await expect(opened).rejects.toMatchObject({ name: 'ArrayFileError' })
    }
  })

  test.each([
    ['header of 2^63', 'claims a header of 9223372036854776000 bytes, and the format allows 100000000'],
    ['header above the limit', 'claims a header of 100000001 bytes, and the format allows 100000000'],
    ['data go on', 'the header says 69 bytes in all, but the file goes on behind them'],
    ['overlap', 'tensor "b" overlaps the one before it'],
    ['hole in the middle', 'tensor "b" leaves 1 bytes before it unused'],
    ['tensor twice', 'the key "a" stands twice'],
    ['unknown dtype', 'tensor "a" has a dtype that the format lacks (U7)'],
    ['shape too large', 'tensor "a" has 1 bytes, but its shape (2,) of u8 needs 2'],
    ['data cut off', 'the header says 69 bytes in all, but the file has 68: it was cut off'],
  ])('%s says what is wrong', async (name, message) => {
    const { file } = golden.safetensorsVerdicts.find((item) => item.name === name)!
    await expect(openSafetensors(bytesOf(file))).rejects.toThrow(message)
    await expect(openSafetensors(bytesOf(file))).rejects.toThrow(/^openSafetensors: .*\. Get it again\.$/)
  })
})

const single = { dtype: 'f32', shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) } as const
const double = { dtype: 'f64', shape: [1], data: Float64Array.of(0.1) } as const

describe('reading', () => {
  const file = writeSafetensors({ single, double })

  test('a dtype that is asked for types the result, and another is refused', async () => {
    const opened = await openSafetensors(file)
    const array: ArrayData<'f64'> = await opened.read('double', { dtype: 'f64' })
    expect(array).toEqual(double)
    await expect(opened.read('single', { dtype: 'f64' })).rejects.toThrow(
      'safetensors.read("single"): the tensor is f32, not f64.',
    )
  })

  test('a name that is not there', async () => {
    const opened = await openSafetensors(file)
    await expect(opened.read('triple')).rejects.toThrow(
      'safetensors.read("triple"): there is no such tensor. The file has double, single.',
    )
    await expect(opened.read('__metadata__')).rejects.toThrow('there is no such tensor')
    await expect(opened.readBytes('toString')).rejects.toThrow('there is no such tensor')
  })

  test('only the tensor that is asked for is read, and in memory it is not copied', async () => {
    const asked: number[] = []
    const source = {
      size: file.length,
      read: async (offset: number, length: number) => {
        asked.push(length)
        return file.subarray(offset, offset + length)
      },
    }
    const opened = await openSafetensors(source)
    const { data } = await opened.read('single', { dtype: 'f32' })
    expect(data.buffer).toBe(file.buffer)
    expect(asked).toEqual([8, file.length - 8 - 24, 16])
  })

  test('from a stream, tensors in the order of the file and none twice', async () => {
    const opened = await openSafetensors(streamOf(file, 3))
    // Both are asked for at once; they come one after the other.
    const both = await Promise.all([opened.read('double'), opened.read('single')])
    expect(both).toEqual([double, single])
    await expect(opened.read('double')).rejects.toThrow('the stream has gone past tensor "double" already')
    const later = await openSafetensors(streamOf(file, 3))
    expect(await later.read('single')).toEqual(single)
    await later.close()
  })

  test('whoever leaves early ends the stream', async () => {
    let cancelled = false
    const endless = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(file.subarray(0, -16)),
      cancel: () => void (cancelled = true),
    })
    for await (const [name] of (await openSafetensors(endless)).entries()) {
      expect(name).toBe('double')
      break
    }
    expect(cancelled).toBe(true)
  })
})

describe('writing', () => {
  test('columns become rows', async () => {
    const file = writeSafetensors({ x: { ...single, order: 'F' } })
    const { data } = await (await openSafetensors(file)).read('x')
    expect(data).toEqual(Float32Array.of(1, 3, 2, 4))
  })

  test('tensors that come when their turn comes', async () => {
    async function* pieces(): AsyncGenerator<Uint8Array> {
      yield Uint8Array.of(0, 0, 128, 63)
      yield Uint8Array.of(0, 0, 0, 64)
    }
    const lazy = { dtype: 'f32', shape: [2] } as const
    const chunks: Uint8Array[] = []
    const tensors = { double, b: { ...lazy, load: pieces }, a: { ...lazy, load: async () => new Uint8Array(8) } }
    for await (const chunk of safetensorsChunks(tensors)) chunks.push(chunk)
    const expected = writeSafetensors({
      double,
      b: { ...lazy, data: Float32Array.of(1, 2) },
      a: { ...lazy, data: Float32Array.of(0, 0) },
    })
    expect(Uint8Array.from(Buffer.concat(chunks))).toEqual(expected)
  })

  test.each([3, 5])('a tensor that gives %i of 4 bytes', async (length) => {
    const chunks = safetensorsChunks({ x: { dtype: 'u8', shape: [4], load: () => new Uint8Array(length) } })
    await expect(collect('test', chunks)).rejects.toThrow('tensor "x": load() gave')
  })

  test.each([
    [
      'a name twice',
      [
        ['a', single],
        ['a', double],
      ],
      {},
      'tensor "a" is given twice',
    ],
    ["the format's own name", { __metadata__: single }, {}, "this name is the format's own"],
    ['half a surrogate pair', { '\ud800': single }, {}, 'half a surrogate pair'],
    ['a dtype that the format lacks', { a: { ...double, dtype: 'c128' } }, {}, 'cannot hold dtype c128'],
    ['a shape that does not fit', { a: { ...single, shape: [5] } }, {}, 'needs 5 values, but data has 4'],
    ['half a byte', { a: { dtype: 'f4', shape: [3], data: new Uint8Array(2) } }, {}, 'no whole number of bytes'],
    ['metadata that is no text', { a: single }, { metadata: { epoch: 3 } }, 'metadata "epoch" must be a string'],
  ])('%s is refused before anything is written', async (_name, tensors, options, message) => {
    expect(() => writeSafetensors(tensors as never, options as never)).toThrow(message)
    await expect(safetensorsChunks(tensors as never, options as never).next()).rejects.toThrow(message)
  })

  test('metadata are sorted, so that the same file comes out', () => {
    const file = writeSafetensors({}, { metadata: { b: '1', a: '2' } })
    expect(new TextDecoder().decode(file.subarray(8))).toBe('{"__metadata__":{"a":"2","b":"1"}}      ')
  })
})
