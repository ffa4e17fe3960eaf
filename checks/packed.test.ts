import { expect, test } from 'vitest'
import { packedProblems } from './packed.ts'
import { planted } from './planted.ts'

const manifest = {
  name: 'planted-package',
  version: '1.0.0',
  license: 'Apache-2.0',
  type: 'module',
  files: ['dist'],
  exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
}

const files = {
  'package.json': manifest,
  'dist/index.js': 'export const a = 1\n',
  'dist/index.d.ts': 'export declare const a: number\n',
}

test('a package that is right is clean', async () => {
  expect(await packedProblems(planted(files))).toEqual([])
})

test('an entry that is not packed is found by publint, types that do not resolve by attw', async () => {
  const unpacked = await packedProblems(planted({ ...files, 'package.json': { ...manifest, files: ['dist/*.d.ts'] } }))
  expect(unpacked[0]).toMatch(/^publint: .*index\.js but the file does not exist/)
  const unresolved = await packedProblems(planted({ ...files, 'dist/index.d.ts': "export * from './missing'\n" }))
  expect(unresolved).toEqual([expect.stringMatching(/^attw: .*Internal resolution error/s)])
})
