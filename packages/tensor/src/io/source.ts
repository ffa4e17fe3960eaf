/** Bytes that can be read from any place: a file that is too large for memory, a part of something else. */
export interface RandomAccess {
  /** How many bytes there are. */
  readonly size: number
  /** Exactly the `length` bytes from `offset` on; never asked for more than there are. */
  read(offset: number, length: number): Uint8Array | Promise<Uint8Array>
}

/**
 * Where an array file may come from.
 *
 * Bytes in memory are not copied where their place allows it: the arrays are views of them. A `Blob` (a file that
 * somebody chose in a page) and a `RandomAccess` are read only where they are needed, a `ReadableStream` (the body of a
 * response) as it arrives.
 */
export type ByteSource = Uint8Array | ArrayBuffer | Blob | ReadableStream<Uint8Array> | RandomAccess
