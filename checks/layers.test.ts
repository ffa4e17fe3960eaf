import { describe, expect, test } from 'vitest'
import { layers } from './layers.ts'
import { planted } from './planted.ts'

async function problemsOf(files: Record<string, string | object>): Promise<readonly string[]> {
  return (await layers.run(planted(files), { write: false })).problems
}

function manifest(folder: string, ...dependencies: string[]): Record<string, object> {
  const versions = Object.fromEntries(dependencies.map((name) => [name, '*']))
  return { [`packages/${folder}/package.json`]: { name: `@lab/${folder}`, dependencies: versions } }
}

test('imports that point down, to the package itself and to the left where the table says so are allowed', async () => {
  const root = planted({
    ...manifest('metrics', '@lab/tensor', '@lab/stats'),
    ...manifest('stats'),
    ...manifest('tensor', '@tensorflow/tfjs-core'),
    'packages/metrics/src/a.ts':
      "import { x } from '@lab/tensor/kernels'\nimport './b.ts'\nimport 'node:fs'\nimport '@lab/metrics'\nimport '@lab/stats'",
    'packages/tensor/src/a.ts': "export * from '@tensorflow/tfjs-core'",
  })
  expect(await layers.run(root, { write: false })).toEqual({ problems: [], note: '3 packages, 6 imports' })
})

test("a package's own name for a file is allowed where its manifest says what it means", async () => {
  const files = {
    'packages/stats/package.json': { name: '@lab/stats', imports: { '#store': './src/b.ts' } },
    'packages/stats/src/a.ts': "import '#store'\nimport '#other'",
  }
  expect(await problemsOf(files)).toEqual([
    'packages/stats/src/a.ts:2: #other is not among the imports in packages/stats/package.json.',
  ])
})

test('what serves tests may import test tools, and still only from below', async () => {
  const code = "import 'fast-check'\nimport '@lab/models'"
  const problems = await problemsOf({ ...manifest('stats'), 'packages/stats/src/deep/test-data.ts': code })
  expect(problems).toEqual([expect.stringContaining('packages/stats/src/deep/test-data.ts:2: @lab/stats (line L1)')])
})

describe('refuses', () => {
  test('a dependency on a higher line, in the manifest', async () => {
    expect(await problemsOf({ ...manifest('tensor', '@lab/models') })).toEqual([
      'packages/tensor/package.json: @lab/tensor (line L0) may not import @lab/models (line L2).',
    ])
  })

  test('an import from the same line that the table does not name, with its line', async () => {
    const files = { ...manifest('stats'), 'packages/stats/src/a.ts': "\nimport '@lab/metrics'" }
    expect(await problemsOf(files)).toEqual([
      'packages/stats/src/a.ts:2: @lab/metrics is not among the dependencies in packages/stats/package.json.',
    ])
    const test = { ...manifest('stats'), 'packages/stats/src/a.test.ts': "\nimport '@lab/metrics'" }
    expect(await problemsOf(test)).toEqual([
      'packages/stats/src/a.test.ts:2: @lab/stats (line L1) may not import @lab/metrics (line L1).',
    ])
  })

  test.each([
    ["export * from '@tensorflow/tfjs-core'", 'only @lab/tensor may name @tensorflow/*'],
    ["const m = await import('@tensorflow/tfjs-core')", 'only @lab/tensor may name @tensorflow/*'],
    ["import '@lab/checks'", 'has no line in the table'],
    ["import '../../tensor/src/a.ts'", 'leaves the package'],
    ["import '../../../checks/a.ts'", 'leaves the package'],
  ])('%s', async (code, message) => {
    const files = {
      ...manifest('nn', '@tensorflow/tfjs-core', '@lab/checks'),
      'packages/nn/src/deep.ts': code,
    }
    expect((await problemsOf(files)).filter((problem) => problem.startsWith('packages/nn/src'))).toEqual([
      expect.stringContaining(message),
    ])
  })

  test('a package without a line', async () => {
    expect(await problemsOf(manifest('new'))).toEqual([expect.stringContaining('no line for new')])
  })
})
