import { describe, expect, test } from 'vitest'
import { arrayOf, bytesOf, golden, plain, streamOf, valuesOf } from '../../fixtures/array-files.ts'
import { npyChunks, readNpy, writeNpy, type ArrayData, type NpyDtype, type ReadNpyOptions } from './index.ts'

const cases = golden.npy.map((item) => [item.name, item] as const)

/** Strings are read only when asked for. */
const asking = (dtype: string): ReadNpyOptions<NpyDtype | 'str'> => (dtype === 'str' ? { dtype } : {})

describe("NumPy's files", () => {
  test.each(cases)('%s is read', async (_name, { file, dtype, shape, values }) => {
    const array = await readNpy(bytesOf(file), asking(dtype))
    expect(plain(array)).toEqual({ dtype, shape, values: valuesOf(dtype, values) })
    expect(array.order).toBeUndefined()
  })

  test.each(cases)('%s is read from a stream and from a place that suits no type', async (_name, item) => {
    const expected = { dtype: item.dtype, shape: item.shape, values: valuesOf(item.dtype, item.values) }
    const stream = streamOf(bytesOf(item.file), 7, 1, 30)
    expect(plain(await readNpy(stream, asking(item.dtype)))).toEqual(expected)
    const shifted = Uint8Array.of(0, ...bytesOf(item.file)).subarray(1)
    expect(plain(await readNpy(shifted, asking(item.dtype)))).toEqual(expected)
  })

  const fortran = cases.filter(([, item]) => item.fortran !== undefined)
  test.each(fortran)('%s is left as it lies where that is asked for, and written again', async (_name, item) => {
    const array = await readNpy(bytesOf(item.file), { ...asking(item.dtype), keepOrder: true })
    expect(plain(array).values).toEqual(valuesOf(item.dtype, item.fortran!))
    expect(array.order).toBe('F')
    if (item.canonical) expect(writeNpy(array)).toEqual(bytesOf(item.file))
  })

  const canonical = cases.filter(([, item]) => item.canonical && item.fortran === undefined)
  test.each(canonical)('%s is written byte for byte', (_name, { file, dtype, shape, values }) => {
    expect(writeNpy(arrayOf(dtype, shape, values))).toEqual(bytesOf(file))
  })

  test('there are cases of each kind', () => {
    expect(cases.length).toBeGreaterThan(70)
    expect(fortran.length).toBeGreaterThan(20)
    expect(canonical.length).toBeGreaterThan(25)
  })
})

/** Headers that NumPy reads and we do not. */
const stricter: Readonly<Record<string, string>> = {
  'descr of no size': 'NumPy never writes it, and it means another size on another machine',
}

describe("NumPy's verdict on headers", () => {
  test.each(golden.npyVerdicts)('$name', async ({ name, file, reads }) => {
    if (reads && !(name in stricter)) {
      const { shape, data } = await readNpy(bytesOf(file))
      expect(shape).toEqual([data.length])
      if (data instanceof Float64Array) expect(data).toEqual(Float64Array.of(2.5))
    } else {
      await expect(readNpy(bytesOf(file))).rejects.toThrow(/^readNpy: /)
      await expect(readNpy(bytesOf(file))).rejects.toHaveProperty('name', 'ArrayFileError')
    }
  })
})

describe('sound files of what is no array of numbers or strings', () => {
  test.each(golden.npyRefusals)('$name', async ({ file }) => {
    await expect(readNpy(bytesOf(file))).rejects.toMatchObject({ code: 'unsupported' })
    await expect(readNpy(bytesOf(file))).rejects.toThrow(/descr .* (Save|a\.)/)
  })
})

describe('from memory', () => {
  const file = writeNpy({ dtype: 'f32', shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) })

  test('values are a view where their place allows it', async () => {
    const { data } = await readNpy(file)
    expect(data.buffer).toBe(file.buffer)
    const shifted = Uint8Array.of(0, ...file)
    expect((await readNpy(shifted.subarray(1))).data.buffer).not.toBe(shifted.buffer)
  })

  test('an ArrayBuffer, a Blob and what can be read from any place do as well', async () => {
    const asked: [number, number][] = []
    const anywhere = {
      size: file.length,
      read: (offset: number, length: number) => {
        asked.push([offset, length])
        return file.subarray(offset, offset + length)
      },
    }
    for (const source of [file.buffer, new Blob([file]), anywhere]) {
      expect((await readNpy(source)).data).toEqual(Float32Array.of(1, 2, 3, 4))
    }
    // Every byte is asked for once.
    expect(asked).toEqual([
      [0, 8],
      [8, 2],
      [10, 118],
      [128, 16],
    ])
  })

  test('every byte but 0 is true', async () => {
    const bytes = writeNpy({ dtype: 'bool', shape: [3], data: Uint8Array.of(0, 1, 1) })
    bytes[129] = 255
    expect((await readNpy(bytes)).data).toEqual(Uint8Array.of(0, 1, 1))
  })
})

test('a dtype that is asked for types the result, and another is refused', async () => {
  const file = writeNpy({ dtype: 'f32', shape: [1], data: Float32Array.of(1) })
  const array: ArrayData<'f32'> = await readNpy(file, { dtype: 'f32' })
  expect(array.data).toEqual(Float32Array.of(1))
  await expect(readNpy(file, { dtype: 'f64' })).rejects.toThrow(
    "readNpy: the file holds f32 (<f4), not f64. Ask for { dtype: 'f32' }, or for any number type by leaving dtype out.",
  )
  const text = writeNpy({ dtype: 'str', shape: [1], data: ['a'] })
  await expect(readNpy(text)).rejects.toThrow("the file holds strings (<U1). Ask for them: { dtype: 'str' }.")
})

test('bytes that are not UTF-8 are refused where text is asked for', async () => {
  const file = bytesOf(golden.npy.find(({ name }) => name === 'S, C')!.file)
  file[file.length - 1] = 0xff
  await expect(readNpy(file, { dtype: 'str' })).rejects.toThrow('string 3 is not UTF-8')
})

test.each([0xd800, 0x110000])('a character %i that Unicode lacks is refused', async (point) => {
  const file = writeNpy({ dtype: 'str', shape: [2], data: ['a', 'b'] })
  new DataView(file.buffer).setUint32(file.length - 4, point, true)
  await expect(readNpy(file, { dtype: 'str' })).rejects.toThrow('readNpy: string 1 has a character that Unicode lacks')
})

describe('pieces', () => {
  test('join to the file, without a copy of the data, none of them large', () => {
    const data = Float64Array.from({ length: 1.5e6 }, (_, i) => i)
    const chunks = Array.from(npyChunks({ dtype: 'f64', shape: [data.length], data }))
    expect(chunks.slice(1).every(({ buffer }) => buffer === data.buffer)).toBe(true)
    expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThanOrEqual(2 ** 22)
    expect(chunks.length).toBe(4)
    const joined = Buffer.concat(chunks)
    expect(joined.equals(writeNpy({ dtype: 'f64', shape: [data.length], data }))).toBe(true)
  })
})

describe('what an npy file cannot hold is refused', () => {
  const data = new Float64Array(6)
  test.each([
    ['a shape that needs more', { dtype: 'f64', shape: [4, 2], data }, 'needs 8 values, but data has 6'],
    ['a negative shape', { dtype: 'f64', shape: [-6], data }, 'must be whole numbers from 0 on'],
    ['a broken shape', { dtype: 'f64', shape: [1.5, 4], data }, 'must be whole numbers from 0 on'],
    ['no shape', { dtype: 'f64', shape: 6, data }, 'shape must be an array'],
    ['too many axes', { dtype: 'f64', shape: Array(65).fill(1), data }, '65 axes are more than the 64'],
    ['another array', { dtype: 'f32', shape: [6], data }, 'must be a Float32Array'],
    ['a dtype of safetensors', { dtype: 'bf16', shape: [6], data: new Float32Array(6) }, 'cannot hold dtype bf16'],
    ['no dtype', { shape: [6], data }, 'cannot hold dtype undefined'],
    ['half a complex number', { dtype: 'c128', shape: [6], data }, 'needs 12 values'],
    ['more than true', { dtype: 'bool', shape: [1], data: Uint8Array.of(2) }, 'must be 0 or 1'],
    ['stored bytes too few', { dtype: 'f64', shape: [1], bytes: new Uint8Array(7) }, 'in 8 bytes, but bytes has 7'],
    ['strings too few', { dtype: 'str', shape: [2], data: ['a'] }, 'needs as many strings'],
    ['a string that is none', { dtype: 'str', shape: [1], data: [1] }, 'data[0] is of type number'],
    ['a NUL at the end', { dtype: 'str', shape: [1], data: ['a\0'] }, 'ends in a NUL'],
    ['half a surrogate pair', { dtype: 'str', shape: [1], data: ['\ud800'] }, 'half a surrogate pair'],
  ])('%s', (_name, array, message) => {
    expect(() => writeNpy(array as never)).toThrow(message)
    expect(() => writeNpy(array as never)).toThrow(/^writeNpy: /)
    expect(() => npyChunks(array as never)).toThrow(/^npyChunks: /)
  })
})

describe('damaged files', () => {
  const file = writeNpy({ dtype: 'f64', shape: [3, 4], data: new Float64Array(12) })

  test('a file that was cut off', async () => {
    await expect(readNpy(file.subarray(0, 218))).rejects.toThrow(
      'readNpy: the header says shape (3, 4) of <f8, 96 bytes, but the file has 90 after it: it was cut off. Get it again.',
    )
    await expect(readNpy(streamOf(file.subarray(0, 218), 50))).rejects.toThrow(
      'readNpy: the file ends after 218 bytes, within shape (3, 4) of <f8, 96 bytes: it was cut off. Get it again.',
    )
  })

  test('a file that goes on', async () => {
    const two = Uint8Array.of(...file, ...file)
    await expect(readNpy(two)).rejects.toThrow('but the file goes on behind them')
    await expect(readNpy(streamOf(two, 64))).rejects.toThrow('but the file goes on behind them')
    expect((await readNpy(two, { allowTrailing: true })).shape).toEqual([3, 4])
  })

  test('a claim that the file cannot justify is refused before memory is taken for it', async () => {
    const claim = (shape: string): Uint8Array => {
      const header = `{'descr': '<f8', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117) + '\n'
      return Uint8Array.from(`\x93NUMPY\x01\x00v\x00${header}`, (character) => character.charCodeAt(0))
    }
    await expect(readNpy(claim('(1000000000000000,)'))).rejects.toThrow('8000000000000000 bytes, but the file has 0')
    await expect(readNpy(claim('(9007199254740993, 5)'))).rejects.toThrow('no tuple of at most 64 sizes')
    // A stream does not say how long it is: memory is taken as bytes arrive.
    await expect(readNpy(streamOf(claim('(1000000000000000,)'), 9))).rejects.toMatchObject({ code: 'truncated' })
    const header = Uint8Array.of(...file.subarray(0, 6), 2, 0, 255, 255, 255, 255, ...file.subarray(12))
    await expect(readNpy(header)).rejects.toThrow('claims a header of 4294967295 bytes')
  })

  test('something else is told apart', async () => {
    await expect(readNpy(new TextEncoder().encode('<!doctype html>'))).rejects.toThrow('not an npy file')
    await expect(readNpy(bytesOf(golden.npz[0]!.file))).rejects.toThrow('use openNpz')
    await expect(readNpy(bytesOf(golden.tensorValues.file))).rejects.toThrow('use openSafetensors')
    await expect(readNpy('x.npy' as never)).rejects.toThrow('readNpy: cannot read from string. Pass a Uint8Array')
  })
})
