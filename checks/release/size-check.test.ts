import { describe, expect, test } from 'vitest'
import { planted } from '../planted.ts'
import { measure, withoutBudget } from './size-check.ts'
import type { Size } from './size-check.ts'
import type { SizeBudget } from './sizes.ts'

const installed = {
  'node_modules/@lab/core/package.json': {
    name: '@lab/core',
    type: 'module',
    sideEffects: false,
    exports: { '.': './dist/index.js' },
  },
  'node_modules/@lab/core/dist/index.js': "export { small } from './small.js'\nexport { big } from './tables/big.js'",
  'node_modules/@lab/core/dist/small.js': 'export const small = () => 1',
  'node_modules/@lab/core/dist/tables/big.js': `export const big = () => '${Array.from({ length: 500 }, (_, i) => i * i)}'`,
}

async function sizeOf(budget: Partial<SizeBudget>): Promise<Size> {
  const [size] = await measure(planted(installed), [{ entry: '@lab/core', ceiling: 5000, reason: 'a test', ...budget }])
  if (size === undefined) throw new Error('one budget gives one size')
  return size
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

  test('a pattern that no file has', async () => {
    const { problems } = await sizeOf({ names: ['small'], without: ['core/renamed'] })
    expect(problems).toEqual(['no published file is called core/renamed'])
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
