import { collector } from './allocate.ts'
import { ArrayFileError } from './array-file-error.ts'
import { cutOff, type Reader } from './reader.ts'
import { streamChunks, type StreamOptions } from './stream-chunks.ts'

/** How to read a stream. */
export interface StreamReaderOptions extends StreamOptions {
  /** How many bytes the stream is to give, where something says so. */
  size?: number
}

/** Reads a stream forward: bytes that are left out are dropped, and there is no way back to them. */
export function streamReader(
  who: string,
  stream: ReadableStream<Uint8Array>,
  { size, ...options }: StreamReaderOptions,
): Reader {
  const chunks = streamChunks(who, stream, options)
  let last: Promise<unknown> = Promise.resolve()

  /** Takes `length` bytes, piece by piece. */
  async function forward(length: number, what: string, take: (piece: Uint8Array) => void): Promise<void> {
    for (let missing = length; missing > 0;) {
      const piece = await chunks.take(missing, what)
      if (piece.length === 0) throw cutOff(who, what, chunks.position)
      take(piece)
      missing -= piece.length
    }
  }

  async function moveTo(offset: number, what: string): Promise<void> {
    if (offset >= chunks.position) return forward(offset - chunks.position, what, () => {})
    const message = `${who}: the stream has gone past ${what} already. Read in the order of the file, or pass a source that can go back: bytes, a Blob, a RandomAccess.`
    throw new ArrayFileError('argument', message)
  }

  /** One read after the other, however they are asked for. */
  function inTurn<T>(job: () => Promise<T>): Promise<T> {
    const turn = last.then(job, job)
    last = turn
    return turn
  }

  return {
    size,
    read: (offset, length, what) =>
      inTurn(async () => {
        await moveTo(offset, what)
        const collected = collector(who, length)
        await forward(length, what, collected.add)
        return collected.bytes
      }),
    reaches: (offset) =>
      inTurn(async () => {
        await moveTo(offset, 'the end')
        return chunks.more('the end')
      }),
    close: () => chunks.close(),
  }
}
