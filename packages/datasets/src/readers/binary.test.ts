import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { zipOf } from '../../testing/zip-of.ts'
import { DatasetError } from '../dataset-error.ts'
import { readIdx } from './idx.ts'
import { inflate } from './inflate.ts'
import { zipMembers } from './zip.ts'

const idx = (...values: number[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, ...values])

test('reads an IDX file', () => {
  const { shape, data } = readIdx(idx(1, 2, 3, 4, 5, 6), 'f')
  expect(shape).toEqual([2, 3])
  expect([...data]).toEqual([1, 2, 3, 4, 5, 6])
})

test.each([
  [idx(1, 2, 3), 'its sizes 2 × 3 need 6 values and it has 3'],
  [idx().subarray(0, 9), 'it ends within the sizes of its 2 dimensions'],
  [Uint8Array.of(1, 0, 8, 0), 'it does not start with its magic number'],
  [Uint8Array.of(0, 0, 13, 0), 'its values are of type 0xd'],
  [new Uint8Array(), 'it does not start with its magic number'],
])('refuses a broken IDX file (%#)', (bytes, message) => {
  expect(() => readIdx(Uint8Array.from(bytes), 'f')).toThrow(message)
})

test('reads the files of an archive, stored and deflated', async () => {
  const members = zipMembers(zipOf({ 'a/b.txt': 'stored', 'a/c.txt': 'deflated '.repeat(50) }, 'a/c.txt'), 'z')
  expect(members.map((member) => member.path)).toEqual(['a/b.txt', 'a/c.txt'])
  const texts = await Promise.all(members.map(async (member) => new TextDecoder().decode(await member.read())))
  expect(texts).toEqual(['stored', 'deflated '.repeat(50)])
})

/** Runs to an end, with a result or with an error of ours. */
async function readsOrRefuses(read: () => unknown): Promise<void> {
  try {
    await read()
  } catch (error) {
    expect(error).toBeInstanceOf(DatasetError)
  }
}

const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Uint8Array.from(array))

test('any bytes are read as IDX, or refused in our own words', async () => {
  const headed = bytes.map((rest) => Uint8Array.from([0, 0, 8, (rest[0] ?? 0) % 4, ...rest.subarray(1)]))
  await fc.assert(
    fc.asyncProperty(fc.oneof(bytes, headed), (any) => readsOrRefuses(() => readIdx(any, 'f'))),
    { numRuns: 1000 },
  )
})

test('gzip with a byte changed or an end missing is read, or refused in our own words', async () => {
  const whole = gzipSync('some text that compresses, compresses, compresses')
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), (at, value, cut) => {
      const altered = Uint8Array.from(cut ? whole.subarray(0, at) : whole)
      if (!cut) altered[at] = value
      return readsOrRefuses(() => inflate(altered, 'gzip', 'f'))
    }),
  )
  await expect(inflate(Uint8Array.from(whole.subarray(0, 20)), 'gzip', 'f')).rejects.toThrow('cannot be decompressed')
})

test('an archive with bytes changed or an end missing is read, or refused in our own words', async () => {
  const whole = zipOf({ 'a.txt': 'one', 'b.txt': 'two two two two two' }, 'b.txt')
  const readAll = async (archive: Uint8Array<ArrayBuffer>): Promise<void> => {
    for (const member of zipMembers(archive, 'z')) await member.read()
  }
  await fc.assert(
    fc.asyncProperty(
      fc.nat(whole.length - 1),
      fc.uint8Array({ minLength: 1, maxLength: 4 }),
      fc.boolean(),
      (at, values, cut) => {
        const altered = Uint8Array.from(cut ? whole.subarray(0, at) : whole)
        if (!cut) altered.set(values.subarray(0, altered.length - at), at)
        return readsOrRefuses(() => readAll(altered))
      },
    ),
    { numRuns: 1000 },
  )
})
