import { describe, expect, test } from 'vitest'
import { planted } from '../planted.ts'
import { measure, separate, withoutBudget } from './size-check.ts'
import type { Size } from './size-check.ts'
import type { SizeBudget } from './sizes.ts'

const installed = {
  'node_modules/@lab/core/package.json': {
    name: '@lab/core',
    type: 'module',
    sideEffects: false,
    exports: { '.': './dist/index.js' },
  },
  'node_modules/@lab/core/dist/index.js':
    "export { small } from './small.js'\nexport { big } from './tables/big.js'\nexport { later } from './later.js'",
  'node_modules/@lab/core/dist/later.js': "export const later = () => import('./tables/lazy.js')",
  'node_modules/@lab/core/dist/tables/lazy.js': `export const lazy = '${Array.from({ length: 500 }, (_, i) => i * i)}'`,
  'node_modules/@lab/core/dist/small.js': 'export const small = () => 1',
  'node_modules/@lab/core/dist/tables/big.js': `export const big = () => '${Array.from({ length: 500 }, (_, i) => i * i)}'`,
}

function sizeOf(budget: Partial<SizeBudget>): Promise<Size> {
  return measure(planted(installed), { entry: '@lab/core', ceiling: 5000, reason: 'a test', ...budget })
}

test('a bundle within its budget has no problems', async () => {
  const whole = await sizeOf({})
  const part = await sizeOf({ names: ['small'], without: ['core/tables/*'] })
  expect([whole.problems, part.problems]).toEqual([[], []])
  expect(part.bytes).toBeLessThan(whole.bytes / 5)
})

describe('says what is wrong:', () => {
  test('too heavy', async () => {
    const { bytes, problems } = await sizeOf({ ceiling: 100 })
    expect(problems).toEqual([`weighs ${bytes} bytes, over its ceiling of 100`])
  })

  test('a file that should have stayed out', async () => {
    const { problems } = await sizeOf({ names: ['big'], without: ['core/tables/*'] })
    expect(problems).toEqual(['pulls in core/tables/big'])
  })

  test('such a file that is only loaded later', async () => {
    const { bytes, problems } = await sizeOf({ names: ['later'], ceiling: 500, without: ['core/tables/lazy'] })
    expect(problems).toEqual([`weighs ${bytes} bytes, over its ceiling of 500`, 'pulls in core/tables/lazy'])
  })

  test('a pattern that no file has', async () => {
    const { problems } = await sizeOf({ names: ['small'], without: ['core/renamed'] })
    expect(problems).toEqual(['no published file is called core/renamed'])
  })
})

describe('every export by itself', () => {
  const both = {
    ...installed,
    'node_modules/@lab/core/dist/index.js': "export { big } from './tables/big.js'\nexport { all } from './all.js'",
    'node_modules/@lab/core/dist/all.js':
      "import { big } from './tables/big.js'\nimport { lazy } from './tables/lazy.js'\nexport const all = () => big() + lazy",
  }
  const rule = { entry: '@lab/core', files: 'core/tables/*' }

  test('may pull in one of the files', async () => {
    expect(await separate(planted(both), { ...rule, together: { all: 'a test' } })).toEqual([])
  })

  test('is named when it pulls in more', async () => {
    const [problem, ...others] = await separate(planted(both), { ...rule, together: {} })
    expect(problem).toMatch(/^all pulls in core\/tables\/(big|lazy), core\/tables\/(big|lazy): one of them/)
    expect(others).toEqual([])
  })

  test('loses its excuse when it needs none, or is gone', async () => {
    const together = { all: 'a test', big: 'a test', gone: 'a test' }
    expect(await separate(planted(both), { ...rule, together })).toEqual([
      '@lab/core has no gone: take it out of "together"',
      'big needs no excuse any more: take it out of "together"',
    ])
  })
})

test('an entry point needs a budget for all of it', () => {
  const manifest = { name: '@lab/core', version: '1.0.0' }
  const packages = [{ folder: '', manifest, entries: ['@lab/core', '@lab/core/files'] }]
  const part: SizeBudget = { entry: '@lab/core/files', names: ['read'], ceiling: 1, reason: 'a test' }
  expect(withoutBudget(packages, [{ entry: '@lab/core', ceiling: 1, reason: 'a test' }, part])).toEqual([
    '@lab/core/files',
  ])
})
