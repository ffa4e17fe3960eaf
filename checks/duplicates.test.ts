import { describe, expect, test } from 'vitest'
import { checkCopies, findCopies, judgeCopies, type Exception } from './duplicates.ts'
import { planted } from './planted.ts'

/** A function of about 100 tokens. */
function code(name: string, constant: number): string {
  const lines = Array.from({ length: 12 }, (_, i) => `  total += values[${i}] * ${constant + i}`)
  return `export function ${name}(values) {\n  let total = 0\n${lines.join('\n')}\n  return total\n}\n`
}

test('a copy is found under another layout and among other code, with both places', () => {
  const original = `import { z } from 'z'\n\n${code('first', 1)}`
  const copy = `// Not the same file.\n${code('other', 50)}${code('first', 1).replaceAll('\n', ' // why\n\n')}`
  const copies = findCopies([
    ['a.ts', original],
    ['b.ts', copy],
  ])
  expect(copies).toHaveLength(1)
  expect(copies[0]).toMatchObject({ files: ['a.ts', 'b.ts'], lines: [3, 18] })
  expect(copies[0]!.tokens).toBeGreaterThan(90)
})

test('a copy within one file is found, what only looks alike is not', () => {
  expect(findCopies([['a.ts', code('f', 1) + code('f', 1)]])).toHaveLength(1)
  expect(findCopies([['a.ts', code('f', 1) + code('f', 2)]])).toEqual([])
  expect(findCopies([['a.ts', `const a = [${'0, '.repeat(60)}]\n`]])).toEqual([])
})

test('a copy is found behind a template, a regular expression and a comment', () => {
  const odd = "const a = `x ${b} y`\nconst c = /['`\"]/\n/** It's `this`. */\n"
  expect(
    findCopies([
      ['a.ts', odd + code('f', 1)],
      ['b.ts', code('f', 1)],
    ]),
  ).toHaveLength(1)
})

test('equal parameters are no copy', () => {
  const parameters = Array.from({ length: 40 }, (_, i) => `p${i}: number`).join(', ')
  expect(
    findCopies([
      ['a.ts', `function f(${parameters}) { return 1 }`],
      ['b.ts', `function g(${parameters}) {}`],
    ]),
  ).toEqual([])
})

test('equal imports are no copy', () => {
  const imports = Array.from({ length: 40 }, (_, i) => `import { a${i} } from 'module'\n`).join('')
  expect(
    findCopies([
      ['a.ts', `${imports}f()`],
      ['b.ts', `${imports}g()`],
    ]),
  ).toEqual([])
})

describe('an exception', () => {
  const copies = findCopies([
    ['a.ts', code('f', 1)],
    ['b.ts', code('f', 1)],
  ])
  const excuse: Exception = { files: ['b.ts', 'a.ts'], reason: 'both are generated' }

  test('excuses its copy', () => {
    expect(judgeCopies(copies, [])).toEqual([expect.stringMatching(/^b\.ts:1: \d+ tokens as in a\.ts:1\.$/)])
    expect(judgeCopies(copies, [excuse])).toEqual([])
  })

  test('that excuses nothing has to go', () => {
    expect(judgeCopies([], [excuse])).toEqual([expect.stringContaining('remove the exception')])
  })
})

test('the check looks at sources, not at tests, fixtures or what is generated', () => {
  const same = code('f', 1)
  const root = planted({
    'packages/a/src/a.ts': same,
    'packages/a/src/a.test.ts': same,
    'packages/a/src/b.generated.ts': same,
    'packages/a/src/fixtures/c.ts': same,
  })
  expect(checkCopies(root, [])).toEqual({ problems: [], note: '1 files, runs of 80 tokens' })
  expect(checkCopies(planted({ 'packages/a/src/a.ts': same, 'examples/b/main.ts': same }), []).problems).toHaveLength(1)
})
