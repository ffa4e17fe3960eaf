import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findChromium } from './chromium.ts'

const folder = mkdtempSync(join(tmpdir(), 'chromium-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('CHROMIUM_PATH wins over the PATH, and both find a binary', () => {
  const binary = join(folder, 'chromium')
  const other = join(folder, 'other')
  writeFileSync(binary, '')
  writeFileSync(other, '')
  expect(findChromium({ PATH: folder })).toBe(binary)
  expect(findChromium({ PATH: folder, CHROMIUM_PATH: other })).toBe(other)
})

test('a CHROMIUM_PATH that is not there is an error, not a silent skip', () => {
  expect(() => findChromium({ PATH: folder, CHROMIUM_PATH: join(folder, 'gone') })).toThrow('does not exist')
})
