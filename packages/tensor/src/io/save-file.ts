import { disk } from '#disk'

/**
 * Writes a file of this machine (in Node, Deno and Bun) from its pieces, and gives how many bytes it has. Until all of it
 * is on the disk, the path has what it had before, or nothing.
 *
 * @example
 * ```ts
 * import { saveFile, writeNpy } from '@lab/tensor/io'
 * import { tmpdir } from 'node:os'
 * import { join } from 'node:path'
 *
 * const file = writeNpy({ dtype: 'f32', shape: [], data: Float32Array.of(1) })
 * await saveFile(join(tmpdir(), 'one.npy'), [file]) // → 132
 * ```
 */
export function saveFile(
  path: string,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<number> {
  return disk.save(path, chunks, signal)
}
