import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exampleNames, runReduced, withOutput } from './examples.ts'
import { planted } from './planted.ts'

const manifest = { name: 'example', private: true, type: 'module', scripts: { start: 'node main.js' } }

test('the output stands between the markers, and a second run replaces the first', () => {
  const empty = '# Title\n\n<!-- output -->\n<!-- /output -->\n\nThe end.\n'
  const once = withOutput(empty, 'pi = 3.1\n', 'README.md')
  expect(once).toBe('# Title\n\n<!-- output -->\n\n```text\npi = 3.1\n```\n\n<!-- /output -->\n\nThe end.\n')
  expect(withOutput(withOutput(empty, 'old\n', 'README.md'), 'pi = 3.1\n', 'README.md')).toBe(once)
})

test('a README without the markers is an error that shows them', () => {
  expect(() => withOutput('# Title\n', 'x', 'README.md')).toThrow('Write <!-- output --> and <!-- /output -->')
})

test('an example is a folder with a main.ts', () => {
  const root = planted({ 'examples/one/main.ts': '', 'examples/two/README.md': '' })
  expect(exampleNames(root)).toEqual(['one'])
})

test('a reduced run is told so, and must say so', async () => {
  const says = planted({ 'package.json': manifest, 'main.js': 'console.log(process.env.LAB_EXAMPLE, "run")' })
  expect(await runReduced(says)).toBe('reduced run\n')
  const silent = planted({ 'package.json': manifest, 'main.js': 'console.log("run")' })
  await expect(runReduced(silent)).rejects.toThrow('does not say that it ran reduced')
})

test('a reduced run must leave the pictures as they are', async () => {
  const main = "import { writeFileSync } from 'node:fs'\nconsole.log('reduced')\nwriteFileSync('pictures/a.svg', 'new')"
  const folder = planted({ 'package.json': manifest, 'main.js': main, 'pictures/a.svg': 'old' })
  await expect(runReduced(folder)).rejects.toThrow('the reduced form wrote pictures')
})

test('an example that fails, fails the run, and its output is shown', async () => {
  const folder = planted({ 'package.json': manifest, 'main.js': 'throw new Error("no longer learns")' })
  await expect(runReduced(folder)).rejects.toThrow('no longer learns')
  writeFileSync(join(folder, 'main.js'), 'console.log("reduced")')
  await expect(runReduced(folder)).resolves.toBe('reduced\n')
  expect(existsSync(join(folder, 'pictures'))).toBe(false)
})
