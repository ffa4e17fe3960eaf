import { DatasetError } from '../dataset-error.ts'
import type { LoadOptions } from '../load-options.ts'
import { fetchMember } from './archive.ts'
import { changedError, networkError, offlineError } from './messages.ts'
import { withPatience } from './patience.ts'
import { checkAnswer, chunksOf } from './response.ts'
import type { RemoteFile, Store } from './store.ts'

const TIMEOUT = 30_000
const CACHE = 'lab-datasets'

/** Files from an address of the user's, else from the Cache API, else from the network into the Cache API. */
export const store: Store = {
  async get(file, options) {
    options.signal?.throwIfAborted()
    const folder = options.folder
    const urls = folder === undefined ? file.urls : [`${folder.replace(/\/$/, '')}/${file.set}/${file.path}`]
    // Pages that are not secure have no Cache API: they download each time.
    const cache = folder === undefined && 'caches' in globalThis ? await caches.open(CACHE) : undefined
    const key = `https://lab-datasets.invalid/${file.sha256}`

    const kept = await cache?.match(key)
    if (kept !== undefined) {
      const bytes = new Uint8Array(await kept.arrayBuffer())
      if ((await sha256(bytes)) === file.sha256) return { bytes, path: undefined }
    }
    if (options.offline === true) throw offlineError(file, undefined)

    const bytes = await firstThatWorks(file, urls, options)
    await cache?.put(key, new Response(bytes))
    return { bytes, path: undefined }
  },
}

async function firstThatWorks(
  file: RemoteFile,
  urls: readonly string[],
  options: LoadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  let first: unknown
  for (const url of urls) {
    try {
      return await download(file, url, options)
    } catch (error) {
      options.signal?.throwIfAborted()
      first ??= error
    }
  }
  throw first
}

async function download(file: RemoteFile, url: string, options: LoadOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { timeout = TIMEOUT, signal } = options
  const bytes = url.includes('#')
    ? await fetchMember({ file, url, cached: undefined, timeout, signal })
    : await receive(file, url, options)
  const found = await sha256(bytes)
  if (found === file.sha256) return bytes
  throw changedError(file, url, `${bytes.length} bytes with sha256 ${found}`, 'Nothing was kept. Try again.')
}

function receive(
  file: RemoteFile,
  url: string,
  { timeout = TIMEOUT, signal, onProgress }: LoadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  return withPatience(timeout, signal, async (patience) => {
    const response = await fetch(url, { signal: patience.signal }).catch((error: unknown) => {
      throw networkError(file, url, error, undefined)
    })
    checkAnswer(response, file, url, undefined)
    const bytes = new Uint8Array(file.bytes)
    let received = 0
    for await (const chunk of chunksOf(response, file, url, undefined)) {
      patience.heard()
      if (received + chunk.length > file.bytes) {
        throw changedError(file, url, `more than ${file.bytes} bytes`, 'Nothing was kept.')
      }
      bytes.set(chunk, received)
      received += chunk.length
      onProgress?.({ name: file.set, file: file.path, received, total: file.bytes })
    }
    if (received === file.bytes) return bytes
    throw networkError(file, url, new Error(`the answer ended after ${received} of ${file.bytes} bytes`), undefined)
  })
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (globalThis.crypto?.subtle === undefined) {
    throw new DatasetError(
      'storage',
      'load: this page has no crypto.subtle, so a download cannot be checked. Serve the page from https or localhost.',
    )
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
