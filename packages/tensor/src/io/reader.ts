import { ArrayFileError } from './array-file-error.ts'

/** What the parsers read from, whatever the bytes come from. */
export interface Reader {
  /** How many bytes there are; undefined for a stream, which tells only when it ends. */
  readonly size: number | undefined
  /** Exactly these bytes, or an error that says within `what` they are missing. */
  read(offset: number, length: number, what: string): Promise<Uint8Array>
  /** Whether anything stands at this place. */
  reaches(offset: number): Promise<boolean>
  /** Ends a stream that is read no further. */
  close(): Promise<void>
}

/** The error about a file that ends within `what`. */
export function cutOff(who: string, what: string, size: number): ArrayFileError {
  const message = `${who}: the file ends after ${size} bytes, within ${what}: it was cut off. Get it again.`
  return new ArrayFileError('truncated', message)
}

/** The error about a source that failed by itself. */
export function sourceFailed(who: string, what: string, cause: unknown): ArrayFileError {
  if (cause instanceof ArrayFileError) return cause
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new ArrayFileError('source', `${who}: the source failed while ${what} was read: ${reason}.`, { cause })
}
