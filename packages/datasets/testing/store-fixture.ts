import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeAll, beforeEach, vi } from 'vitest'
import type { LoadOptions } from '../src/load-options.ts'
import { store } from '../src/store/file-system.ts'
import type { RemoteFile, StoredFile } from '../src/store/store.ts'
import { fileServer, serve } from './file-server.ts'
import { scratchFolder, type ScratchFolder } from './scratch-folder.ts'

/** What the test servers serve. */
export const body: Uint8Array<ArrayBuffer> = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i + (i >> 7)) & 255)
export const sha256: string = createHash('sha256').update(body).digest('hex')

/** The catalogue's entry of `body` at these addresses. */
export const fileAt = (...urls: string[]): RemoteFile => ({
  set: 'set',
  path: 'file.bin',
  bytes: body.length,
  sha256,
  urls,
})

export async function put(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, bytes)
}

/** A store with an empty cache for every test of a file. */
export interface StoreFixture {
  readonly scratch: ScratchFolder
  /** Where `body` will lie. */
  readonly target: string
  /** An address on loopback where nobody answers. */
  readonly nobody: string
  get(file: RemoteFile, options?: LoadOptions): Promise<StoredFile>
}

export function storeFixture(): StoreFixture {
  let scratch: ScratchFolder
  let nobody = ''
  beforeAll(async () => {
    // Ours a moment ago, so that nobody else listens there.
    await using server = await fileServer(serve(body))
    nobody = server.url
  })
  beforeEach(async () => {
    scratch = await scratchFolder()
    for (const name of ['LAB_DATASETS', 'LAB_DATASETS_OFFLINE', 'LAB_DATASETS_CACHE']) vi.stubEnv(name, undefined)
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await scratch[Symbol.asyncDispose]()
  })
  return {
    get scratch() {
      return scratch
    },
    get target() {
      return join(scratch.path, 'set', 'file.bin')
    },
    get nobody() {
      return nobody
    },
    get: (file, options = {}) => store.get(file, { cacheDir: scratch.path, onProgress: () => undefined, ...options }),
  }
}
