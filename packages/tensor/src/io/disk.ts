import type { RandomAccess } from './source.ts'

/** A file that is read where it is needed, until it is closed. */
export interface OpenFile extends RandomAccess, AsyncDisposable {
  /** Reads no further; `await using` does it at the end of the block. */
  close(): Promise<void>
}

/** What a machine with files does; `#disk` stands for the one that a program runs on. */
export interface Disk {
  open(path: string): Promise<OpenFile>
  save(
    path: string,
    chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    signal: AbortSignal | undefined,
  ): Promise<number>
}
