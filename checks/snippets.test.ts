import { describe, expect, test } from 'vitest'
import { planted } from './planted.ts'
import { matches, show } from './snippets/compare.ts'
import { findSnippets } from './snippets/find.ts'
import { runSnippets, snippets } from './snippets.ts'

/** What running finds; types, which take a second, are the business of one test. */
async function problemsOf(code: string, fence = '```ts'): Promise<readonly string[]> {
  const root = planted({ 'README.md': `# Title\n\n${fence}\n${code}\n\`\`\`\n` })
  const found = findSnippets(root, ['README.md'])
  return [...found.problems, ...(await runSnippets(root, found.snippets)).problems]
}

test('what is right passes: values, cut numbers, errors, awaits, logs, names, a claim on its own line', async () => {
  const code = `
const half: number = 1 / 2 // → 0.5
1 / 3 // → 0.333…
new Float64Array([1, 2.5]) // → [1, 2.5]
console.log({ a: ['x'] }) // → { a: ["x"] }
await Promise.resolve(7n) // → 7n
for (const x of [4]) {
  x * 2 // → 8
}
Math.max(
  1,
  2,
)
// → 2
JSON.parse('{') // → throws Expected property name…
await Promise.reject(new Error('no: really')) // → throws no: really`
  const result = await snippets.run(planted({ 'README.md': `\`\`\`ts\n${code}\n\`\`\`` }), { write: false })
  expect(result).toEqual({ problems: [], note: '1 blocks run, 9 values compared, 0 not run with a reason' })
})

describe('finds', () => {
  test.each([
    ['a wrong value', 'const a = 1\n1 / 3 // → 0.334…', ['README.md:5: says 0.334…, gives 0.3333333333333333']],
    ['a value that goes on', '[1, 2, 3] // → [1, 2]', ['README.md:4: says [1, 2], gives [ 1, 2, 3 ]']],
    [
      'a wrong value after a right one',
      '1 // → 1\n2 // → 3\n3 // → 4',
      ['README.md:5: says 3, gives 2\nREADME.md:6: says 4, gives 3'],
    ],
    ['an error', '\n\nnull.x()', ['README.md:6: TypeError: Cannot read properties of null']],
    ['an error that does not come', '1 // → throws no', ['README.md:4: says it throws no, throws nothing']],
    ['a claim about nothing', 'const a = 1\n\n// → 1', ['README.md:6: this → stands behind no statement']],
    ['a block that never ends', 'await new Promise(() => undefined)', ['in the middle of this block']],
    ['an import that is not there', "import '@lab/none'", ["Cannot find package '@lab/none'"]],
  ])('%s', async (_, code, messages) => {
    const problems = await problemsOf(code)
    expect(problems).toEqual(messages.map((message) => expect.stringContaining(message)))
  })

  test('a wrong type, also where running goes well', async () => {
    const root = planted({ 'README.md': "\n```ts\n\nconst x: number = 'one'\n```" })
    expect((await snippets.run(root, { write: false })).problems).toEqual([
      "README.md:4: Type 'string' is not assignable to type 'number'.",
    ])
  })

  test('a block that is not run without a reason', async () => {
    expect(await problemsOf('x', '```ts no-run')).toEqual([
      expect.stringContaining('README.md:4: a block that is not run'),
    ])
    expect(await problemsOf('x', '<!-- needs a camera -->\n```ts no-run')).toEqual([])
    expect(await problemsOf('x', '<!-- needs a camera -->\n\n```ts no-run')).toEqual([])
  })

  test('a wrong value and a missing block in doc comments, with their lines', async () => {
    const root = planted({
      'packages/a/package.json': {
        name: '@lab/a',
        type: 'module',
        exports: { '.': { '@lab/source': './src/index.ts' } },
      },
      'packages/a/src/index.ts': [
        '/**',
        ' * Adds.',
        ' *',
        ' * @example',
        ' * ```ts',
        " * import { add } from '@lab/a'",
        ' * add(1, 2) // → 4',
        ' * ```',
        ' */',
        'export const add = (a: number, b: number): number => a + b',
        '/** @example add(1, 2) */',
        'export const plus = add',
      ].join('\n'),
    })
    expect((await snippets.run(root, { write: false })).problems).toEqual([
      expect.stringContaining('packages/a/src/index.ts:11: an @example without'),
      expect.stringContaining('packages/a/src/index.ts:7: says 4, gives 3'),
    ])
  })
})

describe('a value is compared as it is written', () => {
  test.each([
    ['[1,2]', true, [1, 2]],
    ['[1, 2]', true, new Uint8Array([1, 2])],
    ['{ a: [0], b: "x" }', true, { a: new Float32Array(1), b: 'x' }],
    ['0', false, -0],
    ['1', false, '1'],
    ['[7.8…]', false, [7.8095, 2]],
    ['[7.8…, 2]', true, [7.8095, 2]],
    ['[7.8…, …]', true, [7.8095, 2]],
    ['[0, …]', true, Array.from({ length: 300 }, () => 0)],
    ['1.5e-7', true, 1.5e-7],
    ['1', false, 12],
  ])('%s: %s', (want, equal, value) => {
    expect(matches(show(value), want)).toBe(equal)
  })
})
