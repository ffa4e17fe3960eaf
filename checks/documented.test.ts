import { expect, test } from 'vitest'
import { documented } from './documented.ts'
import { planted } from './planted.ts'

function exporting(index: string, source: string): string {
  return planted({
    'packages/a/package.json': {
      name: '@lab/a',
      exports: { '.': { '@lab/source': './src/index.ts' }, './x': './x.json' },
    },
    'packages/a/src/index.ts': index,
    'packages/a/src/a.ts': source,
    'packages/a/src/between.ts': "export { f } from './a.ts'\n",
  })
}

const example = '/**\n * Halves.\n *\n * @example\n * ```ts\n * ```\n */\n'

test('what is explained passes, an overload by one of its forms', async () => {
  const source = [
    `${example}export function f(x: number): number`,
    'export function f(x: string): string',
    'export function f(x: unknown): unknown {\n  return x\n}',
    `${example}export const g = (x: number): number => x`,
    '/** A half. */\nexport const half = 0.5',
    '/** A thing. */\nexport class Thing {}',
    '/** Its type. */\nexport type Half = 0.5',
    'export interface Options {\n  /** How. */\n  how: string\n}',
    'export function notPublic(): void {}',
  ].join('\n')
  const index = "export { f, g, half, Thing as Object } from './a.ts'\nexport type { Half, Options } from './a.ts'\n"
  expect(await documented.run(exporting(index, source), { write: false })).toEqual({
    problems: [],
    note: '6 public names',
  })
})

test.each([
  ['a function without an example', '/** Halves. */\nexport function f(): void {}', 'a.ts:2: f is a public function'],
  ['an arrow without an example', '/** Halves. */\nexport const f = (): void => {}', 'a.ts:2: f is a public function'],
  ['a value without a comment', '\nexport const f = 1', 'a.ts:2: f is public and has no doc comment'],
  ['an interface without a comment', 'export interface f {}', 'a.ts:1: f is public and has no doc comment'],
  ['a member without one', 'export interface f {\n  /** A. */\n  a: 1\n  b: 2\n}', 'a.ts:1: f is public and has no'],
  ['a name that is not there', '', 'f is exported but not declared'],
])('%s is found, also behind another file', async (_, source, message) => {
  for (const from of ['./a.ts', './between.ts']) {
    const root = exporting(`export { f } from '${from}'\n`, source)
    const { problems } = await documented.run(root, { write: false })
    expect(problems).toEqual([expect.stringContaining(message)])
  }
})

test.each([
  ["export * from './a.ts'", 'index.ts:1: an index lists names'],
  ["import './a.ts'", 'index.ts:1: an index lists names'],
  ['/** One. */\nexport const one = 1', 'index.ts:2: an index lists names'],
])('an index with more than names is found: %s', async (index, message) => {
  const { problems } = await documented.run(exporting(index, ''), { write: false })
  expect(problems).toEqual([expect.stringContaining(message)])
})

test('an entry point that is no index is looked at itself', async () => {
  const root = planted({
    'packages/a/package.json': { name: '@lab/a', exports: { './suite': { '@lab/source': './src/suite.ts' } } },
    'packages/a/src/suite.ts': 'export const checks = []\nconst inner = 1\n',
  })
  const { problems, note } = await documented.run(root, { write: false })
  expect(problems).toEqual([expect.stringContaining('suite.ts:1: checks is public and has no doc comment')])
  expect(note).toBe('1 public names')
})
