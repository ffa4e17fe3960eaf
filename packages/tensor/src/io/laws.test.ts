import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOf, golden, plain, streamOf } from '../../fixtures/array-files.ts'
import { decode, encode } from './codec.ts'
import type { ArrayData, Dtype, NpyDtype, SafetensorsDtype } from './index.ts'
import { openNpz, openSafetensors, readNpy, writeNpy, writeNpz, writeSafetensors } from './index.ts'
import { layouts } from './layout.ts'
import { descrOf, isNpyDtype } from './npy-descr.ts'
import { npyHeader } from './npy-header.ts'
import { fromFortranOrder } from './transpose.ts'

const dtypes = Object.keys(layouts) as Dtype[]
const shapes = fc.array(fc.nat({ max: 4 }), { maxLength: 4 })

/** An array of any type, shape and bits; packed ones of so many that they fill their bytes. */
function arrays<D extends Dtype>(ofTypes: readonly D[]): fc.Arbitrary<ArrayData> {
  return fc.tuple(fc.constantFrom(...ofTypes), shapes).chain(([dtype, sizes]) => {
    const { bits } = layouts[dtype]
    const shape = bits < 8 ? [...sizes, 4] : sizes
    const length = (shape.reduce((product, size) => product * size, 1) * bits) / 8
    const bytes = fc.uint8Array({ minLength: length, maxLength: length, max: dtype === 'bool' ? 1 : 255 })
    return bytes.map((stored) => ({ dtype, shape, data: decode(dtype, stored) }) as ArrayData)
  })
}

/** The bits, as two NaN that differ in them are not the same file. */
const bits = (array: ArrayData): unknown => ({ ...plain(array), values: Array.from(encode(array.dtype, array.data)) })

const npyArrays = arrays(dtypes.filter((dtype) => isNpyDtype(dtype)))
const tensors = arrays(dtypes.filter((dtype) => dtype !== 'c128'))
const names = fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }).filter((name) => !name.includes('\0'))

describe('what is written is read', () => {
  test('npy', async () => {
    await fc.assert(
      fc.asyncProperty(npyArrays, async (array) => {
        const file = writeNpy(array as ArrayData<NpyDtype>)
        expect(bits(await readNpy(file))).toEqual(bits(array))
        expect(bits(await readNpy(streamOf(file, 50, 3)))).toEqual(bits(array))
      }),
    )
  })

  test('npy of strings', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 5 }).filter((value) => !value.endsWith('\0'))
    await fc.assert(
      fc.asyncProperty(fc.array(text), async (data) => {
        const array = { dtype: 'str', shape: [data.length], data } as const
        expect(await readNpy(writeNpy(array), { dtype: 'str' })).toEqual(array)
      }),
    )
  })

  test('npz', async () => {
    const some = fc.dictionary(names, npyArrays, { maxKeys: 4 })
    await fc.assert(
      fc.asyncProperty(some, fc.boolean(), async (given, compress) => {
        const archive = await openNpz(await writeNpz(given as Record<string, ArrayData<NpyDtype>>, { compress }))
        const read = new Map<string, unknown>()
        for await (const [name, array] of archive.entries()) read.set(name, bits(array))
        expect(read).toEqual(new Map(Object.entries(given).map(([name, array]) => [name, bits(array)])))
      }),
      { numRuns: 50 },
    )
  })

  test('safetensors', async () => {
    const some = fc.dictionary(names, tensors, { maxKeys: 5 })
    const notes = fc.dictionary(names, fc.string({ unit: 'binary' }), { maxKeys: 3 })
    await fc.assert(
      fc.asyncProperty(some, notes, async (given, metadata) => {
        const file = writeSafetensors(given as Record<string, ArrayData<SafetensorsDtype>>, { metadata })
        expect(file.length % 8 === 0 || Object.keys(given).length > 0).toBe(true)
        const opened = await openSafetensors(file)
        expect(opened.metadata).toEqual(new Map(Object.entries(metadata)))
        const read = new Map<string, unknown>()
        for await (const [name, tensor] of opened.entries()) read.set(name, bits(tensor))
        expect(read).toEqual(new Map(Object.entries(given).map(([name, tensor]) => [name, bits(tensor)])))
      }),
    )
  })
})

test('C order of Fortran order is the element at each index', () => {
  const cases = fc.tuple(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 5 }), fc.constantFrom(1, 2, 3, 4, 8, 12))
  fc.assert(
    fc.property(cases, ([shape, itemLength]) => {
      const count = shape.reduce((product, size) => product * size, 1)
      const bytes = Uint8Array.from({ length: count * itemLength }, (_, i) => (i * 7919) % 251)
      const rows = fromFortranOrder(bytes, shape, itemLength)
      for (let place = 0; place < count; place++) {
        // The place in C order gives the index, and that the place in Fortran order.
        let [rest, fortranPlace, stride] = [place, 0, count]
        for (const size of shape.toReversed()) {
          stride /= size
          fortranPlace += (rest % size) * stride
          rest = Math.floor(rest / size)
        }
        expect(rows.subarray(place * itemLength, (place + 1) * itemLength)).toEqual(
          bytes.subarray(fortranPlace * itemLength, (fortranPlace + 1) * itemLength),
        )
      }
    }),
  )
})

test('a header has a length that is a multiple of 64, and says what it was given', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(), { maxLength: 64 }), fc.boolean(), async (sizes, fortranOrder) => {
      const shape = [0, ...sizes.slice(1)]
      const header = npyHeader(descrOf('f32'), shape, fortranOrder)
      expect(header.length % 64).toBe(0)
      expect((await readNpy(header)).shape).toEqual(shape)
    }),
  )
})

/** Sound files of every kind, small ones first. */
const sound: readonly (readonly [string, (bytes: Uint8Array) => Promise<unknown>, readonly Uint8Array[]])[] = [
  [
    'npy',
    async (bytes) => [await readNpy(bytes).catch(refused), await readNpy(streamOf(bytes, 40)).catch(refused)],
    golden.npy.filter((_, i) => i % 4 === 0).map(({ file }) => bytesOf(file)),
  ],
  [
    'npy of strings',
    (bytes) => readNpy(bytes, { dtype: 'str', keepOrder: true }).catch(refused),
    golden.npy.filter(({ dtype }) => dtype === 'str').map(({ file }) => bytesOf(file)),
  ],
  ['npz', readWholeArchive, golden.npz.map(({ file }) => bytesOf(file))],
  [
    'safetensors',
    async (bytes) => {
      await readAllTensors(bytes)
      await readAllTensors(streamOf(bytes, 40))
    },
    [...golden.safetensors, golden.tensorValues].map(({ file }) => bytesOf(file)),
  ],
]

/** Our own errors are what is allowed; any other fails the test. */
function refused(error: unknown): void {
  expect(error).toMatchObject({ name: 'ArrayFileError', message: expect.stringMatching(/^\w[^]*: [^]*\.$/) })
}

async function readWholeArchive(bytes: Uint8Array): Promise<void> {
  try {
    const archive = await openNpz(bytes)
    for (const name of archive.names) await archive.read(name).catch(refused)
  } catch (error) {
    refused(error)
  }
}

async function readAllTensors(source: Uint8Array | ReadableStream<Uint8Array>): Promise<void> {
  try {
    for await (const [, tensor] of (await openSafetensors(source)).entries()) expect(tensor.shape).toBeInstanceOf(Array)
  } catch (error) {
    refused(error)
  }
}

describe.each(sound)('a damaged %s file is read or refused by an error of ours', (_kind, read, files) => {
  const file = fc.constantFrom(...files)
  const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })

  test('cut off anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(file, place, async (bytes, at) => {
        await read(bytes.slice(0, Math.floor(at * bytes.length)))
      }),
    )
  })

  test('with other bytes in it', async () => {
    // The beginning and the end decide about the rest, so that is where most of the damage goes.
    const damage = fc.array(fc.tuple(place, fc.integer({ min: 1, max: 255 }), fc.nat({ max: 2 })), {
      minLength: 1,
      maxLength: 4,
    })
    await fc.assert(
      fc.asyncProperty(file, damage, async (bytes, changes) => {
        const damaged = bytes.slice()
        for (const [at, change, where] of changes) {
          const spot = [at * 128, bytes.length - 1 - at * 200, at * bytes.length][where]!
          const index = Math.min(bytes.length - 1, Math.max(0, Math.floor(spot)))
          damaged[index]! ^= change
        }
        await read(damaged)
      }),
      { numRuns: 400 },
    )
  })

  test('with numbers in it that are as large as can be', async () => {
    await fc.assert(
      fc.asyncProperty(file, place, fc.constantFrom(2, 4, 8), async (bytes, at, length) => {
        const damaged = bytes.slice()
        damaged.fill(0xff, Math.floor(at * bytes.length), Math.floor(at * bytes.length) + length)
        await read(damaged)
      }),
    )
  })

  test('with something cut out of it', async () => {
    await fc.assert(
      fc.asyncProperty(file, place, fc.integer({ min: 1, max: 70 }), async (bytes, at, length) => {
        const from = Math.floor(at * bytes.length)
        await read(Uint8Array.of(...bytes.subarray(0, from), ...bytes.subarray(from + length)))
      }),
    )
  })
})

test('digits in a header that become others never take memory that the file does not justify', async () => {
  const before = process.memoryUsage().arrayBuffers
  const digits = fc.array(fc.constantFrom(...'0123456789'), { minLength: 1, maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(digits, digits, async (first, second) => {
      const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${first.join('')}, ${second.join('')}), }`
      const bytes = Uint8Array.from(`\x93NUMPY\x01\x00v\x00${header.padEnd(118)}`, (character) =>
        character.charCodeAt(0),
      )
      await readNpy(bytes).catch(refused)
      await readNpy(streamOf(bytes, 64)).catch(refused)
    }),
  )
  // A stream takes a mebibyte at first, and collected garbage may not be gone yet.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(300 * 2 ** 20)
})
