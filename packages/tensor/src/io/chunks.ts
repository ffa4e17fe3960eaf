import { allocate } from './allocate.ts'

/** Large enough to be written fast, small enough that progress shows and an abort comes through. */
const CHUNK = 4 * 2 ** 20

/** The parts as views of at most a chunk's size. */
export function* slices(parts: Iterable<Uint8Array>): Generator<Uint8Array> {
  for (const part of parts) {
    for (let at = 0; at < part.length; at += CHUNK) yield part.subarray(at, at + CHUNK)
  }
}

/** All parts in one piece of memory. */
export function concatenate(who: string, parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = allocate(
    who,
    parts.reduce((sum, part) => sum + part.length, 0),
  )
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** All pieces of a file that is made in pieces. */
export async function collect(who: string, chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return concatenate(who, parts)
}

/** The entries of a record, a Map or any list of pairs. */
export function entriesOf<T>(named: Named<T>): [name: string, value: T][] {
  return Symbol.iterator in named
    ? Array.from(named as Iterable<readonly [string, T]>, ([k, v]) => [k, v])
    : Object.entries(named)
}

/** Things by their names. */
export type Named<T> = Readonly<Record<string, T>> | Iterable<readonly [name: string, value: T]>
