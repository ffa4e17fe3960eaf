import { homedir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { cacheDir } from './cache-dir.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

function on(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string {
  const none = { LAB_DATASETS_CACHE: undefined, XDG_CACHE_HOME: undefined, LOCALAPPDATA: undefined }
  for (const [name, value] of Object.entries({ ...none, ...environment })) vi.stubEnv(name, value)
  const process = globalThis.process
  vi.stubGlobal('process', { env: process.env, platform })
  return cacheDir()
}

test.each([
  ['linux', {}, join(homedir(), '.cache', 'lab-datasets')],
  ['darwin', {}, join(homedir(), 'Library', 'Caches', 'lab-datasets')],
  ['win32', { LOCALAPPDATA: 'C:/local' }, join('C:/local', 'lab-datasets')],
  ['linux', { XDG_CACHE_HOME: '/xdg' }, join('/xdg', 'lab-datasets')],
  ['linux', { XDG_CACHE_HOME: '/xdg', LAB_DATASETS_CACHE: '/mine' }, '/mine'],
] as const)('on %s with %j it is %s', (platform, environment, folder) => {
  expect(on(platform, environment)).toBe(folder)
})
