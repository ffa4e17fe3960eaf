import type { LoadOptions } from '../load-options.ts'

/** One downloadable file, as the catalogue knows it. */
export interface RemoteFile {
  /** The data set's folder name. */
  readonly set: string
  /** Path inside that folder, with `/`. */
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  /** Addresses, best first. `archive.zip#member` is a file inside an archive. */
  readonly urls: readonly string[]
}

/** A file that was checked against its sha256. */
export interface StoredFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where it lies on disk; undefined in a browser. */
  readonly path: string | undefined
}

/** Gets files from a folder, a cache or the network. One is written for file systems, one for browsers. */
export interface Store {
  get(file: RemoteFile, options: LoadOptions): Promise<StoredFile>
}
