import { ArrayFileError } from './array-file-error.ts'
import type { ArrayData, SafetensorsDtype } from './array-data.ts'
import { concatenate, entriesOf, slices, type Named } from './chunks.ts'
import { layouts } from './layout.ts'
import { nameOfDtype, rankOfDtype } from './safetensors-dtype.ts'
import { checkArray, checkShape, isFortran, storedBytes, type LazyArray, type StoredArray } from './stored-array.ts'
import { fromFortranOrder } from './transpose.ts'
import { isWellFormed } from './well-formed.ts'

/** What a safetensors file can be made from. */
export type SafetensorsTensor = ArrayData<SafetensorsDtype> | StoredArray<SafetensorsDtype>

/** What stands in a safetensors file beside its tensors. */
export interface WriteSafetensorsOptions {
  /** Notes for whoever reads the file: `{ format: 'pt' }` is what PyTorch's own readers look for. */
  metadata?: Readonly<Record<string, string>>
}

/** How to write a safetensors file in pieces. */
export interface SafetensorsChunksOptions extends WriteSafetensorsOptions {
  /** Ends the writing early. */
  signal?: AbortSignal
}

/**
 * A safetensors file of named tensors, byte for byte what the reference implementation writes: sorted by type and name,
 * so that the same tensors give the same file however they are listed.
 *
 * @example
 * ```ts
 * import { writeSafetensors } from '@lab/tensor/io'
 *
 * const file = writeSafetensors({ bias: { dtype: 'bf16', shape: [2], data: Float32Array.of(1, -1) } })
 * file.length // → 76
 * ```
 */
export function writeSafetensors(
  tensors: Named<SafetensorsTensor>,
  options: WriteSafetensorsOptions = {},
): Uint8Array<ArrayBuffer> {
  const { header, sorted } = plan('writeSafetensors', tensors, options)
  return concatenate('writeSafetensors', [header, ...sorted.map(({ tensor }) => bytesOf(tensor))])
}

/**
 * The same file in pieces, to be written one after the other. A tensor that has `load` instead of data is asked for its
 * bytes when its turn comes, so that a file larger than the memory can be written.
 *
 * @example
 * ```ts
 * import { openSafetensors, safetensorsChunks } from '@lab/tensor/io'
 *
 * const zeros = { dtype: 'f32', shape: [1000], load: () => new Uint8Array(4000) } as const
 * let length = 0
 * for await (const chunk of safetensorsChunks({ zeros })) length += chunk.length
 * length // → 4072
 * ```
 */
export async function* safetensorsChunks(
  tensors: Named<SafetensorsTensor | LazyArray<SafetensorsDtype>>,
  { signal, ...options }: SafetensorsChunksOptions = {},
): AsyncGenerator<Uint8Array> {
  const { header, sorted } = plan('safetensorsChunks', tensors, options)
  yield header
  for (const { label, tensor } of sorted) {
    const parts = 'load' in tensor ? loaded(label, tensor) : [bytesOf(tensor)]
    for await (const part of parts) {
      for (const chunk of slices([part])) {
        signal?.throwIfAborted()
        yield chunk
      }
    }
  }
}

/** What a lazy tensor gives, which must be as much as the header promised. */
async function* loaded(label: string, { dtype, shape, load }: LazyArray): AsyncGenerator<Uint8Array> {
  const { length } = checkShape(label, dtype, shape)
  const given = await load()
  let written = 0
  for await (const part of given instanceof Uint8Array ? [given] : given) {
    written += part.length
    if (written > length) break
    yield part
  }
  if (written === length) return
  const message = `${label}: load() gave ${written > length ? 'more than' : `${written} of`} the ${length} bytes that the header says. They must match; the file is not whole.`
  throw new ArrayFileError('argument', message)
}

/** The stored bytes in C order, which is the only one the format has. */
function bytesOf(tensor: SafetensorsTensor): Uint8Array {
  const bytes = storedBytes(tensor)
  return isFortran(tensor) ? fromFortranOrder(bytes, tensor.shape, layouts[tensor.dtype].bits / 8) : bytes
}

interface Planned<T> {
  readonly name: string
  /** Begins the errors about this tensor. */
  readonly label: string
  readonly tensor: T
}

/** Checks everything that can be checked before the first byte is written, and writes the header. */
function plan<T extends SafetensorsTensor | LazyArray<SafetensorsDtype>>(
  who: string,
  tensors: Named<T>,
  { metadata }: WriteSafetensorsOptions,
): { header: Uint8Array<ArrayBuffer>; sorted: Planned<T>[] } {
  const names = new Set<string>()
  const planned = entriesOf(tensors).map(([name, tensor]) => {
    const label = `${who}: tensor ${JSON.stringify(name)}`
    checkName(label, name, names)
    if (nameOfDtype(tensor.dtype) === undefined) {
      throw new ArrayFileError('argument', `${label}: a safetensors file cannot hold dtype ${String(tensor.dtype)}.`)
    }
    if (!('load' in tensor)) checkArray(label, tensor)
    return { name, label, tensor }
  })
  const sorted = planned.toSorted(
    (a, b) => rankOfDtype(a.tensor.dtype) - rankOfDtype(b.tensor.dtype) || byCodePoints(a.name, b.name),
  )
  return { header: headerOf(who, sorted, metadata), sorted }
}

function checkName(label: string, name: string, names: Set<string>): void {
  if (names.has(name)) {
    throw new ArrayFileError('argument', `${label} is given twice. Every name must be another.`)
  }
  names.add(name)
  if (name === '__metadata__') {
    throw new ArrayFileError('argument', `${label}: this name is the format's own. Choose another.`)
  }
  if (!isWellFormed(name)) {
    throw new ArrayFileError('argument', `${label}: the name has half a surrogate pair. Use toWellFormed() first.`)
  }
}

/** The order of the names' UTF-8 bytes, which is that of their code points. */
function byCodePoints(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)]
  const at = left.findIndex((character, i) => character !== right[i])
  if (at < 0) return left.length - right.length
  return left[at]!.codePointAt(0)! - (right[at]?.codePointAt(0) ?? -1)
}

/** Padded with spaces, so that the data behind it lie at a multiple of eight. */
function headerOf(
  who: string,
  sorted: readonly Planned<SafetensorsTensor | LazyArray<SafetensorsDtype>>[],
  metadata: Readonly<Record<string, string>> | undefined,
): Uint8Array<ArrayBuffer> {
  const entries: string[] = []
  if (metadata !== undefined) entries.push(`"__metadata__":${metadataText(who, metadata)}`)
  let at = 0
  for (const { name, label, tensor } of sorted) {
    const end = at + checkShape(label, tensor.dtype, tensor.shape).length
    const info = { dtype: nameOfDtype(tensor.dtype), shape: tensor.shape, data_offsets: [at, end] }
    entries.push(`${JSON.stringify(name)}:${JSON.stringify(info)}`)
    at = end
  }
  const text = new TextEncoder().encode(`{${entries.join(',')}}`)
  const length = 8 * Math.ceil(text.length / 8)
  const header = new Uint8Array(8 + length).fill(0x20)
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true)
  header.set(text, 8)
  return header
}

/** Sorted by key: the reference leaves the order to chance. */
function metadataText(who: string, metadata: Readonly<Record<string, string>>): string {
  const entries = Object.entries(metadata).toSorted(([a], [b]) => byCodePoints(a, b))
  const wrong = entries.find(([key, value]) => typeof value !== 'string' || !isWellFormed(key + value))
  if (wrong) {
    const message = `${who}: metadata ${JSON.stringify(wrong[0])} must be a string of whole characters. JSON.stringify() what is not.`
    throw new ArrayFileError('argument', message)
  }
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`
}
