import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compareReports } from './api.ts'
import { planted } from './planted.ts'

/** A built package with one entry point. */
function built(declarations: string): string {
  return planted({
    'packages/a/package.json': {
      name: '@lab/a',
      version: '0.0.0',
      type: 'module',
      exports: { './maths': { types: './dist/maths.d.ts' }, './package.json': './package.json' },
    },
    'packages/a/dist/maths.d.ts': declarations,
  })
}

test('a surface that changes without its report fails, shows the difference, and is written on request', async () => {
  const root = built('/** Adds. */\nexport declare function add(a: number, b: number): number\n')
  const missing = await compareReports(root, { write: false })
  expect(missing.problems).toEqual([expect.stringContaining('packages/a/api/maths.api.md is not there')])

  expect(await compareReports(root, { write: true })).toEqual({ problems: [], note: '1 entry points' })
  expect((await compareReports(root, { write: false })).problems).toEqual([])
  const report = join(root, 'packages/a/api/maths.api.md')
  expect(readFileSync(report, 'utf8')).toContain('export function add(a: number, b: number): number')

  writeFileSync(join(root, 'packages/a/dist/maths.d.ts'), 'export declare function add(a: number): number\n')
  const [problem] = (await compareReports(root, { write: false })).problems
  expect(problem).toContain('npm run check -- api --write')
  expect(problem).toContain('-export function add(a: number, b: number): number')
})

test('a type that the surface names but does not export is written into the report', async () => {
  const root = built('interface Hidden {}\nexport declare function f(x: Hidden): void\nexport {}\n')
  expect((await compareReports(root, { write: true })).problems).toEqual([])
  expect(readFileSync(join(root, 'packages/a/api/maths.api.md'), 'utf8')).toContain('"Hidden" needs to be exported')
})

test('declarations that do not compile are an error', async () => {
  const root = built('export declare class A {\n  a: number\n  a: string\n}\n')
  expect((await compareReports(root, { write: true })).problems).toContainEqual(
    expect.stringContaining("Duplicate identifier 'a'"),
  )
})

test('a report of nothing is an error', async () => {
  const stale = planted({ 'packages/a/package.json': { name: '@lab/a' }, 'packages/a/api/old.api.md': '' })
  expect((await compareReports(stale, { write: false })).problems).toEqual([expect.stringContaining('no longer there')])
})

test('declarations that were not built are an error', async () => {
  const root = planted({
    'packages/a/package.json': { name: '@lab/a', exports: { '.': { types: './dist/index.d.ts' } } },
  })
  expect((await compareReports(root, { write: false })).problems).toEqual([
    'packages/a: ./dist/index.d.ts was not built.',
  ])
})
