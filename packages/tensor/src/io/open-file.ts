import { disk } from '#disk'
import type { OpenFile } from './disk.ts'

/**
 * Opens a file of this machine (in Node, Deno and Bun) as a source for the readers, which then read only what they are
 * asked for.
 *
 * @example
 * ```ts
 * import { npyChunks, openFile, readNpy, saveFile } from '@lab/tensor/io'
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
export function openFile(path: string): Promise<OpenFile> {
  return disk.open(path)
}
