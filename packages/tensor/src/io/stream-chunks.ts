import { ArrayFileError } from './array-file-error.ts'
import { sourceFailed } from './reader.ts'

/** What to do beside reading a stream. */
export interface StreamOptions {
  signal?: AbortSignal
  /** Sees every chunk once, in order. */
  onChunk?: (chunk: Uint8Array) => void
  /** The error to throw for what the stream failed with. */
  failure?: (what: string, cause: unknown) => Error
}

/** The bytes of a stream as they arrive. */
export interface StreamChunks {
  /** How many bytes have been taken. */
  readonly position: number
  /** Up to so many bytes, at least one; none when the stream has ended. */
  take(most: number, what: string): Promise<Uint8Array>
  /** Whether there are more bytes. */
  more(what: string): Promise<boolean>
  close(): Promise<void>
}

/** Takes a stream for itself. `who` begins the errors. */
export function streamChunks(
  who: string,
  stream: ReadableStream<Uint8Array>,
  { signal, onChunk, failure = (what, cause) => sourceFailed(who, what, cause) }: StreamOptions,
): StreamChunks {
  if (stream.locked) {
    const message = `${who}: somebody else reads this stream already. Pass a stream that nobody has read from.`
    throw new ArrayFileError('argument', message)
  }
  const reader = stream.getReader()
  let rest: Uint8Array = new Uint8Array(0)
  let position = 0

  async function next(what: string): Promise<ReadableStreamReadResult<Uint8Array>> {
    // A cancelled stream ends, and so does the read that waits for it.
    const abort = (): void => void reader.cancel(signal?.reason).catch(() => {})
    signal?.addEventListener('abort', abort, { once: true })
    try {
      signal?.throwIfAborted()
      const result = await reader.read()
      signal?.throwIfAborted()
      return result
    } catch (cause) {
      signal?.throwIfAborted()
      throw failure(what, cause)
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  async function more(what: string): Promise<boolean> {
    while (rest.length === 0) {
      const { done, value } = await next(what)
      if (done) return false
      if (!(value instanceof Uint8Array)) {
        const message = `${who}: the stream gives ${typeof value} instead of Uint8Array. Leave it undecoded: response.body, file.stream().`
        throw new ArrayFileError('source', message)
      }
      onChunk?.(value)
      rest = value
    }
    return true
  }

  return {
    get position() {
      return position
    },
    more,
    async take(most, what) {
      await more(what)
      const taken = rest.subarray(0, most)
      rest = rest.subarray(taken.length)
      position += taken.length
      return taken
    },
    async close() {
      await reader.cancel().catch(() => {})
      reader.releaseLock()
    },
  }
}
