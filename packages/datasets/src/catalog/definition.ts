import type { StoredFile } from '../store/store.ts'
import type { fileSetNames } from './file-set-names.ts'

/** Name of a data set whose files can be downloaded. */
export type FileSetName = (typeof fileSetNames)[number]

/** How one data set is made out of files. */
export interface Definition<T> {
  /** What it is, in a line. */
  readonly about: string
  /** The folder its files are in. */
  readonly from: FileSetName
  readonly files: readonly string[]
  /** Gets the files in the order of `files`. */
  read(files: readonly NamedBytes[]): T | Promise<T>
}

/** A checked file and its name for error messages. */
export interface NamedBytes {
  readonly name: string
  readonly bytes: StoredFile['bytes']
}

/** The only file of a set that has one. */
export function onlyFile(files: readonly NamedBytes[]): NamedBytes {
  const [file] = files
  if (file === undefined) throw new Error('A definition that reads one file must name one.')
  return file
}
