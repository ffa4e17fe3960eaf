import { arena } from '../heap/arena.ts'
import type { Arena } from '../heap/arena.ts'
import type { Block } from '../heap/block.ts'
import { bytesOf } from '../heap/dtype.ts'
import type { Heap, Split } from '../heap/heap.ts'
import { heapOf } from '../heap/operands.ts'
import { sortBinary } from '../wasm/sort.generated.ts'

type Ordered = 'f64' | 'f32' | 'i32'

export interface SortOptions {
  /** The largest first; NaN stays last. Default false. */
  readonly descending?: boolean
}

/** Up to so many keys are sorted by insertion. */
const FEW = 64

/** The least keys of a chunk, and the most chunks: each has a table of counts, so more than threads need only cost. */
const CHUNK = 16384
const MOST_CHUNKS = 16

/**
 * From so many keys on, digits of 11 bits save more passes than their larger tables cost; and from so many on, those of
 * 13 do, where 64 bits are sorted by: five passes, not six.
 */
const WIDE_FROM = 8192
const WIDEST_FROM = 131072

/** The bits that kernels/sort.ts knows the options by. */
const DESCENDING = 1
const EQUAL_ZEROS = 2

/**
 * Sorts x in place, NaN last. Like `TypedArray.sort`, it puts -0 before 0 (after it when descending).
 *
 * @example
 * ```ts
 * import { arena, sort } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([3, NaN, 1, 2]))
 * sort(x, { descending: true })
 * x.view // → [3,2,1,NaN]
 * ```
 */
export function sort(x: Block<Ordered>, { descending = false }: SortOptions = {}): void {
  const n = x.length
  const heap = heapOf('sort', { x: [x, n] })
  if (n < 2) return
  const width = bytesOf[x.dtype]
  using scratch = arena(heap)
  const flags = descending ? DESCENDING : 0
  const keys = scratch.alloc('u8', n * width)
  const list = { heap, scratch, n, width, from: 0 }
  const differing = encode(list, x, [keys.ptr, 0, flags])
  const sorted = order(list, keys.ptr, differing).keys
  const split = { count: n, grain: CHUNK }
  heap.parallel(heap.load(sortBinary), `decode_${x.dtype}`, [sorted, x.ptr, flags], split)
}

/**
 * The places of x's values in sorted order: x[out[0]] is the smallest. NaN comes last, 0 and -0 are equal, and equal
 * values keep their order, also when descending.
 *
 * @example
 * ```ts
 * import { argsort, arena } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([3, NaN, 1, 3]))
 * const out = scratch.alloc('i32', 4)
 * argsort(x, out, { descending: true })
 * out.view // → [0,3,2,1]
 * ```
 */
export function argsort(x: Block<Ordered>, out: Block<'i32'>, { descending = false }: SortOptions = {}): void {
  const n = x.length
  const heap = heapOf('argsort', { x: [x, n], out: [out, n] })
  if (n === 0) return
  using scratch = arena(heap)
  const flags = EQUAL_ZEROS | (descending ? DESCENDING : 0)
  const keys = scratch.alloc('u8', n * 8)
  if (x.dtype === 'f64') {
    const index = scratch.alloc('i32', n)
    const list = { heap, scratch, n, width: 8, from: 0, index: index.ptr }
    const differing = encode(list, x, [keys.ptr, index.ptr, flags])
    const sorted = order(list, keys.ptr, differing).index
    out.view.set(heap.blockAt('i32', sorted, n).view)
    return
  }
  // Keys of four bytes leave room for the place beside them.
  const list = { heap, scratch, n, width: 8, from: 32 }
  const differing = encode(list, x, [keys.ptr, 1, flags])
  const sorted = order(list, keys.ptr, differing).keys
  heap.parallel(heap.load(sortBinary), 'unpack', [sorted, out.ptr], { count: n, grain: CHUNK })
}

interface Keys {
  readonly heap: Heap
  readonly scratch: Arena
  readonly n: number
  /** Bytes of a key. */
  readonly width: number
  /** The lowest bit that is sorted by. */
  readonly from: number
  /** Where the values' places are kept, if they go along with the keys. */
  readonly index?: number
}

function chunksOf(n: number, threads: number): { chunk: number; split: Split } {
  const most = Math.min(MOST_CHUNKS, 2 * Math.max(2, threads))
  const chunk = Math.max(CHUNK, Math.ceil(n / most))
  return { chunk, split: { count: Math.ceil(n / chunk), grain: 1 } }
}

/** Writes the keys; gives the bits in which they differ, the lower 32 first. */
function encode({ heap, scratch, n }: Keys, x: Block<Ordered>, [keys, index, flags]: number[]): [number, number] {
  const { chunk, split } = chunksOf(n, heap.threads)
  // For each chunk the bits that any of its keys has, and those that all have.
  const seen = scratch.alloc('u32', 4 * split.count)
  heap.parallel(heap.load(sortBinary), `encode_${x.dtype}`, [x.ptr, keys, index, n, chunk, seen.ptr, flags], split)
  let [anyLow, anyHigh, allLow, allHigh] = seen.view
  for (let i = 4; i < seen.length; i += 4) {
    anyLow |= seen.view[i]
    anyHigh |= seen.view[i + 1]
    allLow &= seen.view[i + 2]
    allHigh &= seen.view[i + 3]
  }
  return [anyLow ^ allLow, anyHigh ^ allHigh]
}

/** Brings the keys into order; gives where they, and their values' places, ended up. */
function order(list: Keys, keys: number, differing: [number, number]): { keys: number; index: number } {
  const { heap, scratch, n, width, from, index = 0 } = list
  const family = heap.load(sortBinary)
  if (n <= FEW) {
    if (index) family.kernels.insert_pairs(keys, index, n)
    else family.kernels[width === 4 ? 'insert_4' : 'insert_8'](keys, n)
    return { keys, index }
  }
  const bits = digitBits(n, width * 8 - from)
  const { chunk, split } = chunksOf(n, heap.threads)
  const tables = scratch.alloc('u32', split.count << bits).ptr
  let here = { keys, index }
  let there = { keys: scratch.alloc('u8', n * width).ptr, index: index ? scratch.alloc('i32', n).ptr : 0 }
  const size = width === 4 ? 4 : 8
  for (let shift = from; shift < width * 8; shift += bits) {
    if (!digitDiffers(differing, shift, bits)) continue
    const rest = [tables, n, chunk, shift, bits]
    heap.parallel(family, `count_${size}`, [here.keys, ...rest], split)
    family.kernels.places(tables, split.count, bits)
    if (index) heap.parallel(family, 'move_pairs', [here.keys, there.keys, here.index, there.index, ...rest], split)
    else heap.parallel(family, `move_${size}`, [here.keys, there.keys, ...rest], split)
    ;[here, there] = [there, here]
  }
  return here
}

/** Bits of a digit: fewer passes over many keys, smaller tables for few. */
function digitBits(n: number, sortedBits: number): number {
  if (n < WIDE_FROM) return 8
  return n >= WIDEST_FROM && sortedBits === 64 ? 13 : 11
}

/** Whether any of the bits shift … shift + bits - 1 differs. */
function digitDiffers([low, high]: [number, number], shift: number, bits: number): boolean {
  const mask = (2 ** bits - 1) * 2 ** shift
  return ((low & (mask % 2 ** 32)) | (high & Math.floor(mask / 2 ** 32))) !== 0
}
