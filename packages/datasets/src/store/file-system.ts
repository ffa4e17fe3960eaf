import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { DatasetError } from '../dataset-error.ts'
import type { LoadOptions } from '../load-options.ts'
import { cacheDir } from './cache-dir.ts'
import { download } from './download.ts'
import { changedError, offlineError } from './messages.ts'
import { openPart } from './part-file.ts'
import type { RemoteFile, Store, StoredFile } from './store.ts'
import { terminalBar } from './terminal-bar.ts'

const TIMEOUT = 30_000
const isOn = (value: string | undefined): boolean => value === '1' || value?.toLowerCase() === 'true'

/** Files from the user's folder, else from the cache folder, else from the network into the cache folder. */
export const store: Store = {
  async get(file, options) {
    options.signal?.throwIfAborted()
    const folder = options.folder ?? process.env['LAB_DATASETS']
    if (folder) return fromFolder(file, resolve(folder))

    const target = join(resolve(options.cacheDir ?? cacheDir()), file.set, ...file.path.split('/'))
    const cached = await readIfThere(target)
    if (cached !== undefined && describe(cached) === expected(file)) return { bytes: cached, path: target }

    if (options.offline ?? isOn(process.env['LAB_DATASETS_OFFLINE'])) {
      if (cached === undefined) throw offlineError(file, target)
      const then = 'Someone altered it. Load it once with offline off: a good copy then replaces it.'
      throw changedError(file, target, describe(cached), then)
    }
    return fromNetwork(file, target, options)
  },
}

async function fromFolder(file: RemoteFile, folder: string): Promise<StoredFile> {
  const path = join(folder, file.set, ...file.path.split('/'))
  const bytes = await readIfThere(path)
  if (bytes === undefined) {
    throw new DatasetError(
      'storage',
      `load: LAB_DATASETS (or the option folder) is ${folder}, and it has no ${file.set}/${file.path}. ` +
        `Save ${file.urls[0]} as ${path}, or unset it to download.`,
    )
  }
  if (describe(bytes) === expected(file)) return { bytes, path }
  throw changedError(
    file,
    path,
    describe(bytes),
    'It was left as it is. Replace it, or unset LAB_DATASETS to download.',
  )
}

async function fromNetwork(file: RemoteFile, target: string, options: LoadOptions): Promise<StoredFile> {
  const { signal, timeout = TIMEOUT, onProgress = terminalBar(process.stderr) } = options
  return inStorage(target, async () => {
    await mkdir(dirname(target), { recursive: true })
    const part = await openPart(target)
    const errors: unknown[] = []
    try {
      for (const url of file.urls) {
        try {
          await download({ file, url, target, part, timeout, signal, onProgress })
          errors.length = 0
          break
        } catch (error) {
          signal?.throwIfAborted()
          errors.push(error)
        }
      }
      if (errors.length > 0) throw several(errors)
    } catch (error) {
      await part.keep()
      throw error
    }
    await part.finish()
    return { bytes: await readFile(target), path: target }
  })
}

/** All addresses failed: one error that tells of each. */
function several(errors: readonly unknown[]): unknown {
  const [first] = errors
  if (errors.length === 1 || !(first instanceof DatasetError)) return first
  const others = errors.slice(1).map((error) => (error instanceof Error ? error.message : String(error)))
  return new DatasetError(first.code, `${first.message} The other address failed too: ${others.join(' ')}`, {
    cause: new AggregateError(errors),
  })
}

/** A folder that cannot be written or read: what the system said, and what to do. */
async function inStorage<T>(target: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause
    const what = `load: cannot save ${target}: ${cause.message}.`
    throw new DatasetError('storage', `${what} Set LAB_DATASETS_CACHE to a folder you can write to.`, { cause })
  }
}

async function readIfThere(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await readFile(path)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR'))
      return undefined
    throw new DatasetError('storage', `load: cannot read ${path}: ${String(cause)}. Make it readable, or delete it.`, {
      cause,
    })
  }
}

const expected = (file: RemoteFile): string => `${file.bytes} bytes with sha256 ${file.sha256}`
const describe = (bytes: Uint8Array): string =>
  `${bytes.length} bytes with sha256 ${createHash('sha256').update(bytes).digest('hex')}`
