import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DatasetError } from '../dataset-error.ts'
import { readCsv, type CsvFormat } from './csv.ts'

const read = (text: string, format?: CsvFormat): string[][] => readCsv(text, 'file.csv', format)

test.each([
  [
    'plain',
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'no line feed at the end',
    'a,b\n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'CRLF',
    'a,b\r\n1,2\r\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a carriage return at the very end',
    'a,b\r\n1,2\r',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['a carriage return within a field', 'a\rb,c\n', [['a\rb', 'c']]],
  [
    'empty fields',
    ',\n1,\n',
    [
      ['', ''],
      ['1', ''],
    ],
  ],
  ['empty lines', 'a\n\nb\n\n', [['a'], ['b']]],
  ['quotes', '"a,b",c\n', [['a,b', 'c']]],
  ['doubled quotes', '"say ""a""",c\n', [['say "a"', 'c']]],
  ['an empty quoted field', '"",c\n', [['', 'c']]],
  ['line breaks within quotes', '"a\r\nb",c\n', [['a\r\nb', 'c']]],
  ['a quote inside a bare field', 'a"b,c\n', [['a"b', 'c']]],
  ['nothing', '', []],
])('reads %s', (_, text, rows) => {
  expect(read(text)).toEqual(rows)
})

test('reads other separators, other quotes, none, and runs of blanks', () => {
  expect(read("1;'a;b'\n", { separator: ';', quote: "'" })).toEqual([['1', 'a;b']])
  expect(read('ham\t"quoted\n', { separator: '\t', quote: null })).toEqual([['ham', '"quoted']])
  expect(read('1  2   3\n', { separator: ' ', runs: true })).toEqual([['1', '2', '3']])
})

test.each([
  ['a,b\n1\n', 'file.csv, line 2: it has 1 fields where the first has 2'],
  ['a\n"b\n', 'file.csv, line 2: a quote is opened and never closed'],
  ['"x\ny",b\n"a"b,c\n', 'file.csv, line 3: text follows a closing quote'],
])('refuses %j', (text, message) => {
  expect(() => read(text)).toThrow(message)
})

test('what is written by the rules is read back', () => {
  const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é'), maxLength: 6 })
  const rows = fc
    .integer({ min: 2, max: 4 })
    .chain((width) => fc.array(fc.array(field, { minLength: width, maxLength: width }), { maxLength: 5 }))
  fc.assert(
    fc.property(rows, fc.constantFrom('\n', '\r\n'), (table, end) => {
      const text = table.map((row) => row.map((f) => `"${f.replaceAll('"', '""')}"`).join(',') + end).join('')
      expect(read(text)).toEqual(table)
    }),
  )
})

test('any text is read, or refused in our own words', () => {
  const letters = fc.string({
    unit: fc.constantFrom('a', '1', ',', '"', "'", '\n', '\r', '\t', ' ', '\0'),
    maxLength: 80,
  })
  const format = fc.record({
    separator: fc.constantFrom(',', '\t', ' '),
    quote: fc.constantFrom('"', "'", null),
    runs: fc.boolean(),
  })
  fc.assert(
    fc.property(letters, format, (text, how) => {
      try {
        const rows = read(text, how)
        expect(new Set(rows.map((row) => row.length)).size).toBeLessThanOrEqual(1)
      } catch (error) {
        expect(error).toBeInstanceOf(DatasetError)
      }
    }),
    { numRuns: 2000 },
  )
})
