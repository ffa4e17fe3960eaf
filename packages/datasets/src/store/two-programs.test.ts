import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { begin, fileServer, serve } from '../../testing/file-server.ts'
import { body, fileAt, storeFixture } from '../../testing/store-fixture.ts'
import type { RemoteFile } from './store.ts'

const at = storeFixture()
const module = new URL('file-system.ts', import.meta.url).href

/** Another program that loads the same file into the same cache, and says so when something arrives. */
function otherProgram(file: RemoteFile): ChildProcess {
  const code = `
    const { store } = await import(${JSON.stringify(module)})
    const onProgress = () => console.log('arriving')
    const { bytes } = await store.get(${JSON.stringify(file)}, { cacheDir: process.argv[1], onProgress })
    console.log('has ' + bytes.length)`
  return spawn(process.execPath, ['--input-type=module', '--eval', code, at.scratch.path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

test('programs that load the same file at the same time all get it, and leave nothing else', async () => {
  await using server = await fileServer(serve(body))
  const programs = Array.from({ length: 3 }, () => otherProgram(fileAt(server.url)))
  const codes = await Promise.all(programs.map(async (program) => (await once(program, 'exit'))[0] as number))
  expect(codes).toEqual([0, 0, 0])
  expect(await at.scratch.list()).toEqual(['set/file.bin'])
  expect(Buffer.compare((await at.get(fileAt(server.url), { offline: true })).bytes, body)).toBe(0)
})

test('what a program that was killed had downloaded is used and then swept', async () => {
  await using server = await fileServer((request, response, visit) =>
    (visit === 0 ? begin(body, 100_000) : serve(body))(request, response, visit),
  )
  const program = otherProgram(fileAt(server.url))
  await once(program.stdout!, 'data')
  program.kill('SIGKILL')
  await once(program, 'exit')
  const [part] = await at.scratch.list()
  expect(part).toMatch(new RegExp(`^set/file\\.bin\\.${program.pid}-[0-9a-f]{8}\\.part$`))
  expect(Buffer.compare((await at.get(fileAt(server.url))).bytes, body)).toBe(0)
  expect(server.ranges[1]).toMatch(/^bytes=\d+-$/)
  expect(await at.scratch.list()).toEqual(['set/file.bin'])
})
