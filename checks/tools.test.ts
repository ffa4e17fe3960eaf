import { copyFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { planted } from './planted.ts'
import { format, lint, types } from './tools.ts'

const repository = join(import.meta.dirname, '..')

/** A folder with this repository's configs and some source files. */
function withSources(...sources: string[]): string {
  const files = sources.map((code, index) => [`packages/a/src/${index}.ts`, code] as const)
  const root = planted({ ...Object.fromEntries(files), 'package.json': '{\n  "type": "module"\n}\n' })
  for (const config of ['tsconfig.json', '.oxlintrc.json', '.prettierrc.json']) {
    copyFileSync(join(repository, config), join(root, config))
  }
  return root
}

const fine = 'export const a: number = 1\n'

test.each([
  ['a wrong type', "export const a: number = '1'\n", "'string' is not assignable"],
  ['syntax that cannot be erased', 'export enum A {}\n', 'erasableSyntaxOnly'],
  ['an export without its type', 'export const a = Math.random()\n', 'isolatedDeclarations'],
])('types: %s', async (_, code, message) => {
  const root = withSources(code)
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'))
  const { problems } = await types.run(root, { write: false })
  expect(problems).toEqual([expect.stringContaining(message)])
})

test('lint: any, default exports, cycles', async () => {
  expect((await lint.run(withSources(fine), { write: false })).problems).toEqual([])
  const root = withSources(
    'export const a: any = 1\n',
    'const a = 1\nexport default a\n',
    "import { b } from './3.ts'\nexport const a: () => unknown = () => b\n",
    "import { a } from './2.ts'\nexport const b: () => unknown = () => a\n",
  )
  const { problems } = await lint.run(root, { write: false })
  for (const rule of ['no-explicit-any', 'no-default-export', 'no-cycle']) expect(problems[0]).toContain(rule)
})

test('format: a semicolon', async () => {
  expect((await format.run(withSources(fine), { write: false })).problems).toEqual([])
  const { problems } = await format.run(withSources(fine, 'export const a: number = 1;\n'), { write: false })
  expect(problems).toEqual([expect.stringContaining('packages/a/src/1.ts')])
})
