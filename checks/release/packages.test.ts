import { join } from 'node:path'
import { expect, test } from 'vitest'
import { planted } from '../planted.ts'
import { importMap } from './bundles.ts'
import { published } from './examples.ts'
import { entryFile, publicPackages } from './packages.ts'

const core = {
  name: '@lab/core',
  version: '1.2.0',
  exports: {
    '.': { '@lab/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
    './files': { node: './dist/files-node.js', default: './dist/files.js' },
    './package.json': './package.json',
  },
  imports: { '#store': { node: './dist/disk.js', default: './dist/cache.js' } },
}

const files = {
  'packages/core/package.json': core,
  'packages/secret/package.json': { name: '@lab/secret', version: '0.0.0', private: true },
}

test('public packages and what can be imported from them are found', () => {
  const [found, ...others] = publicPackages(planted(files))
  expect(others).toEqual([])
  expect(found?.entries).toEqual(['@lab/core', '@lab/core/files'])
})

test('a file is found under its conditions, in the order of the map', () => {
  expect(entryFile(core, '@lab/core', ['@lab/source'])).toBe('./src/index.ts')
  expect(entryFile(core, '@lab/core/files', ['node'])).toBe('./dist/files-node.js')
  expect(entryFile(core, '@lab/core/files', [])).toBe('./dist/files.js')
  expect(() => entryFile(core, '@lab/core/absent', [])).toThrow('the exports map of @lab/core gives no file')
})

test('the import map says what the manifests say', () => {
  expect(importMap(publicPackages(planted(files)))).toEqual({
    imports: {
      '@lab/core': './packages/@lab/core/dist/index.js',
      '@lab/core/files': './packages/@lab/core/dist/files.js',
    },
    scopes: { './packages/@lab/core/': { '#store': './packages/@lab/core/dist/cache.js' } },
  })
})

test('an example gets the published versions', () => {
  const packages = publicPackages(planted(files))
  const manifest = '{ "dependencies": { "@lab/core": "workspace:^", "other": "^2.0.0" } }'
  expect(published(manifest, packages)).toBe('{ "dependencies": { "@lab/core": "^1.2.0", "other": "^2.0.0" } }')
  expect(() => published('{ "@lab/secret": "workspace:*" }', packages)).toThrow('@lab/secret, which is not published')
})

test('folders are absolute', () => {
  const root = planted(files)
  expect(publicPackages(root)[0]?.folder).toBe(join(root, 'packages/core'))
})
