import { DatasetError } from '../dataset-error.ts'

/** Decompresses gzip, or the bare deflate inside a zip archive. `name` is for the error. */
export async function inflate(
  bytes: Uint8Array<ArrayBuffer>,
  format: 'gzip' | 'deflate-raw',
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format))
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer())
  } catch (cause) {
    throw new DatasetError('format', `${name}: cannot be decompressed. The file is truncated or not ${format}.`, {
      cause,
    })
  }
}
