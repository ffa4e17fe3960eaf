import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { zipOf } from '../../testing/zip-of.ts'
import { DatasetError } from '../dataset-error.ts'
import { definitions, type DatasetName } from './datasets.ts'
import type { Definition, NamedBytes } from './definition.ts'

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

/** What a damaged or wrong file might hold, from noise to something that is nearly right. */
const content: fc.Arbitrary<Uint8Array<ArrayBuffer>> = fc.oneof(
  fc.uint8Array({ maxLength: 100 }).map((bytes) => Uint8Array.from(bytes)),
  fc.string({ unit: fc.constantFrom('1', '2', '.', ',', ' ', '\t', '|', '\n', '"', 'a'), maxLength: 100 }).map(bytesOf),
  fc.constantFrom('150,4,setosa,versicolor,virginica\n', '1,30,malignant,benign\n1', '1 2 3\n4 5 6\n').map(bytesOf),
)
const wrapped = fc.oneof(
  content,
  content.map((bytes) => Uint8Array.from(gzipSync(bytes))),
  content.map((bytes) => Uint8Array.from(gzipSync(Uint8Array.of(0, 0, 8, 3, ...bytes)))),
  fc.string({ maxLength: 20 }).map((text) => zipOf({ 'a/pos/x.txt': text, 'a/neg/y.txt': text }, 'a/neg/y.txt')),
)

test.each(Object.entries<Definition<unknown>>(definitions))('%s refuses what it cannot read', async (_, definition) => {
  await fc.assert(
    fc.asyncProperty(fc.array(wrapped, { minLength: 4, maxLength: 4 }), async (contents) => {
      const files = definition.files.map((name, i): NamedBytes => ({ name, bytes: contents[i] ?? new Uint8Array() }))
      try {
        await definition.read(files)
      } catch (error) {
        expect(error).toBeInstanceOf(DatasetError)
      }
    }),
    { numRuns: 40 },
  )
})

const readText = async <Name extends DatasetName>(name: Name, ...texts: string[]): Promise<unknown> =>
  definitions[name].read(texts.map((text, i) => ({ name: `file ${i}`, bytes: bytesOf(text) })))

test.each([
  [
    'a column that is missing',
    'geyser',
    'duration,waiting\n1,2\n',
    'file 0: has no column kind. It has: duration, waiting.',
  ],
  ['a word where a number should be', 'geyser', 'duration,waiting,kind\n1,x,long\n', '"x" is not a number'],
  ['a word that is not in the list', 'geyser', 'duration,waiting,kind\n1,2,odd\n', '"odd" is not one of long, short'],
  [
    'neither true nor false',
    'cookie-cats',
    'userid,test_version,sum_gamerounds,retention_1,retention_7\n1,gate_30,2,maybe,True\n',
    '"maybe" is not true or false',
  ],
  ['a header that does not fit its rows', 'iris', '2,4,setosa,versicolor,virginica\n1,2,3,4,0\n', 'its first line'],
  [
    'a class that is not there',
    'iris',
    '1,4,setosa,versicolor,virginica\n1,2,3,4,3\n',
    '3 is not the number of a class',
  ],
  ['a row of another length', 'wheat-seeds', '1,2,3,4,5,6,7,1\n1,2\n', 'it has 2 fields where the first has 8'],
  ['too few columns', 'auto-insurance', '1\n2\n', 'has 1 columns, not 2'],
] as const)('says where a file has %s', async (_, name, text, message) => {
  await expect(readText(name, text)).rejects.toThrow(message)
})

test('missing numbers are NaN, missing words null', async () => {
  const header = 'species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex\n'
  const table = await definitions.penguins.read([
    { name: 'f', bytes: bytesOf(`${header}Adelie,Dream,39.1,,181,3750,\n`) },
  ])
  expect(table.rows).toBe(1)
  expect([table.column('bill_length_mm')[0], table.column('bill_depth_mm')[0]]).toEqual([39.1, NaN])
  expect(table.columns.sex).toEqual([null])
  // @ts-expect-error there is no such column
  expect(() => table.column('age')).toThrow('column: there is no column "age". There are: species, island, ')
})
