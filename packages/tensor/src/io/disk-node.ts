import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { allocate } from './allocate.ts'
import { ArrayFileError } from './array-file-error.ts'
import type { Disk } from './disk.ts'

/** More than this one read of the system does not give. */
const READ_AT_MOST = 2 ** 30

/** The files of the machine, in Node, Deno and Bun. */
export const disk: Disk = {
  async open(path) {
    const handle = await open(path, 'r').catch((cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new ArrayFileError('source', `openFile: cannot open ${path}: ${reason}.`, { cause })
    })
    const { size } = await handle.stat()
    const close = (): Promise<void> => handle.close()
    return {
      size,
      async read(offset, length) {
        const bytes = allocate('openFile', length)
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
  },

  async save(path, chunks, signal) {
    const unfinished = `${path}.${randomUUID()}.unfinished`
    try {
      const length = await write(unfinished, chunks, signal)
      await rename(unfinished, path)
      return length
    } catch (error) {
      await rm(unfinished, { force: true })
      throw error
    }
  },
}

async function write(
  path: string,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<number> {
  const handle = await open(path, 'wx')
  let length = 0
  try {
    for await (const chunk of chunks) {
      signal?.throwIfAborted()
      await handle.writeFile(chunk)
      length += chunk.length
    }
    await handle.sync()
    return length
  } finally {
    await handle.close()
  }
}
