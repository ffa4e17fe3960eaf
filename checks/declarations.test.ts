import { readFileSync, readdirSync } from 'node:fs'
import { join, sep } from 'node:path'
import { expect, test } from 'vitest'
import { writeDeclarations } from './declarations.ts'
import { planted } from './planted.ts'
import { runProgram } from './process.ts'

const sources = {
  'package.json': {
    name: 'planted-package',
    type: 'module',
    exports: { './deep': { types: './dist/deep/index.d.ts', default: './dist/deep/index.js' } },
  },
  'src/deep/index.ts': [
    "import { type Box } from './box.ts'",
    "export { type Box } from './box.ts'",
    "export type Other = import('../other.ts').Other",
    "/** See './box.ts'. */",
    'export class Scope implements Disposable {',
    '  box(): Box { return {} }',
    '  [Symbol.dispose](): void {}',
    '}',
  ].join('\n'),
  'src/deep/box.ts': 'export interface Box {}\n',
  'src/other.ts': "export type Other = './quoted.ts'\n",
  'src/other.test.ts': 'export {}\n',
  'src/deep/test-data.ts': 'export {}\n',
}

test('imports point at the output, and nothing else is touched', () => {
  const root = planted(sources)
  writeDeclarations(root)
  const index = readFileSync(join(root, 'dist/deep/index.d.ts'), 'utf8')
  expect(index.match(/'\.[^']+'/g)).toEqual(["'./box.js'", "'./box.js'", "'../other.js'", "'./box.ts'"])
  expect(index.match(/Symbol\.dispose/g)).toHaveLength(1)
  expect(readFileSync(join(root, 'dist/other.d.ts'), 'utf8')).toContain("'./quoted.ts'")
  expect(readdirSync(join(root, 'dist'), { recursive: true }).toSorted()).toEqual(
    ['deep', 'deep/box.d.ts', 'deep/index.d.ts', 'other.d.ts'].map((path) => path.replaceAll('/', sep)),
  )
})

test.each(['nodenext', 'bundler'])('a strict consumer under %s finds every type', async (resolution) => {
  const root = planted({
    ...sources,
    'consumer.ts':
      "import { Scope, type Other } from 'planted-package/deep'\nexport const o: Other = './quoted.ts'\nexport const b: object = new Scope().box()\n",
    'tsconfig.json': {
      compilerOptions: {
        ...{ module: resolution === 'bundler' ? 'preserve' : 'nodenext', moduleResolution: resolution },
        ...{ target: 'es2023', lib: ['es2023', 'esnext.disposable'], types: [], strict: true },
        ...{ skipLibCheck: false, noEmit: true },
      },
      files: ['consumer.ts'],
    },
  })
  writeDeclarations(root)
  expect(await runProgram('tsc', ['--pretty', 'false'], { cwd: root })).toEqual({ code: 0, output: '' })
})

test('an export without its type is refused', () => {
  const root = planted({ ...sources, 'src/other.ts': 'export const x = Math.random()\n' })
  expect(() => writeDeclarations(root)).toThrow('explicit type annotation')
})
