import { DatasetError } from '../dataset-error.ts'
import type { RemoteFile } from './store.ts'

const label = (file: RemoteFile): string => `${file.set}/${file.path}`

/** The two ways to get a file without this package downloading it. */
export function byHand(file: RemoteFile, cached: string | undefined): string {
  const put = cached === undefined ? '' : `download ${file.urls[0]} by hand and save it as ${cached}, or `
  return `To go on without a download, ${put}set LAB_DATASETS to a folder that holds ${label(file)}.`
}

export function offlineError(file: RemoteFile, cached: string | undefined): DatasetError {
  return new DatasetError(
    'offline',
    `load: ${label(file)} is not in the cache, and offline mode is on. Load it once with offline off. ${byHand(file, cached)}`,
  )
}

export function networkError(file: RemoteFile, url: string, cause: unknown, cached: string | undefined): DatasetError {
  return new DatasetError(
    'network',
    `load: could not download ${label(file)} from ${url}: ${reason(cause)}. Check the network and try again. ${byHand(file, cached)}`,
    { cause },
  )
}

export function httpError(file: RemoteFile, url: string, status: string, cached: string | undefined): DatasetError {
  return new DatasetError(
    'http',
    `load: ${url} answered ${status} when asked for ${label(file)}. Try again later. ${byHand(file, cached)}`,
  )
}

/** The bytes are not those of the catalogue. `where` says what holds them, `then` what became of them and what to do. */
export function changedError(file: RemoteFile, where: string, found: string, then: string): DatasetError {
  return new DatasetError(
    'changed',
    `load: ${where} is not the ${label(file)} this package knows: expected ${file.bytes} bytes with sha256 ${file.sha256}, got ${found}. ${then}`,
  )
}

/** The innermost message: fetch wraps the one that says something ("connect ECONNREFUSED") into "fetch failed". */
function reason(error: unknown): string {
  let message = String(error)
  for (let at = error; at instanceof Error; at = at.cause) message = at.message || at.name
  return message.replace(/\.$/, '')
}
