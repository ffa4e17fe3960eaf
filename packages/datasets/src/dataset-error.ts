/**
 * What went wrong, in one word a program can branch on.
 *
 * - `unknown`: no data set or file of that name
 * - `offline`: not in the cache, and downloading was switched off
 * - `network`: no server answered, or the connection broke
 * - `http`: a server answered with an error
 * - `changed`: the bytes are not the ones this package knows (size or sha256)
 * - `storage`: a folder cannot be read or written
 * - `format`: the bytes cannot be read as what they should be
 */
export type DatasetErrorCode = 'unknown' | 'offline' | 'network' | 'http' | 'changed' | 'storage' | 'format'

/** Every error of this package about a data set: the message says who, what and what to do; `code` says which kind. */
export class DatasetError extends Error {
  readonly code: DatasetErrorCode

  constructor(code: DatasetErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'DatasetError'
    this.code = code
  }
}
