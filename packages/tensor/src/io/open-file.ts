import { open } from 'node:fs/promises'
import { ArrayFileError } from './array-file-error.ts'
import type { RandomAccess } from './source.ts'

/** A file that is read where it is needed, until it is closed. */
export interface OpenFile extends RandomAccess, AsyncDisposable {
  close(): Promise<void>
}

/** More than this one read of the system does not give. */
const READ_AT_MOST = 2 ** 30

/**
 * Opens a file of this machine as a source for the readers, which then read only what they are asked for.
 *
 * @example
 * ```ts
 * import { readNpy, npyChunks } from '@lab/tensor/io'
 * import { openFile, saveFile } from '@lab/tensor/io/node'
 * import { tmpdir } from 'node:os'
 * import { join } from 'node:path'
 *
 * const path = join(tmpdir(), 'squares.npy')
 * await saveFile(path, npyChunks({ dtype: 'u8', shape: [3], data: Uint8Array.of(0, 1, 4) }))
 * await using file = await openFile(path)
 * const { data } = await readNpy(file)
 * data // → Uint8Array [ 0, 1, 4 ]
 * ```
 */
export async function openFile(path: string): Promise<OpenFile> {
  const handle = await open(path, 'r').catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ArrayFileError('source', `openFile: cannot open ${path}: ${reason}.`, { cause })
  })
  const { size } = await handle.stat()
  const close = (): Promise<void> => handle.close()
  return {
    size,
    async read(offset, length) {
      const bytes = new Uint8Array(length)
      let filled = 0
      while (filled < length) {
        const most = Math.min(length - filled, READ_AT_MOST)
        const { bytesRead } = await handle.read(bytes, filled, most, offset + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return bytes.subarray(0, filled)
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
