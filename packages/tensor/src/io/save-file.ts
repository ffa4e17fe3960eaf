import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'

/**
 * Writes a file from its pieces. Until all of it is on the disk, the path has what it had before, or nothing.
 *
 * @example
 * ```ts
 * import { writeNpy } from '@lab/tensor/io'
 * import { saveFile } from '@lab/tensor/io/node'
 * import { tmpdir } from 'node:os'
 * import { join } from 'node:path'
 *
 * const file = writeNpy({ dtype: 'f32', shape: [], data: Float32Array.of(1) })
 * await saveFile(join(tmpdir(), 'one.npy'), [file]) // → 132
 * ```
 *
 * @returns How many bytes were written.
 */
export async function saveFile(
  path: string,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<number> {
  const unfinished = `${path}.${randomUUID()}.unfinished`
  let length = 0
  try {
    const handle = await open(unfinished, 'wx')
    try {
      for await (const chunk of chunks) {
        signal?.throwIfAborted()
        await handle.writeFile(chunk)
        length += chunk.length
      }
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(unfinished, path)
    return length
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}
