import { arena } from '../heap/arena.ts'
import { bytesOf } from '../heap/dtype.ts'
import type { Heap } from '../heap/heap.ts'
import type { FloatDType } from './stored-matrix.ts'
import { gemmBinary } from '../wasm/gemm.generated.ts'

/** Which part of c is computed; the numbers are those of kernels/parts/gemm-loops.ts. */
export const part = { ALL: 0, LOWER: 1, UPPER: 2 } as const

/** Where a matrix starts, and the bytes between its rows, columns, and from one of a batch to the next. */
export interface Steps {
  readonly ptr: number
  readonly row: number
  readonly column: number
  readonly item: number
}

/** c = alpha · a · b + beta · d, `items` times: a is m × k, b is k × n, c and d m × n with columns one value apart. */
export interface Product {
  readonly dtype: FloatDType
  readonly part: number
  readonly items: number
  readonly m: number
  readonly n: number
  readonly k: number
  readonly a: Steps
  readonly b: Steps
  readonly c: Steps
  readonly d: Steps
  readonly alpha: number
  readonly beta: number
}

// These stand in kernels/parts/gemm-tile.ts and gemm-loops.ts as well.
const DEPTH = 256
const STRIPS_OF_A = 4
const STRIP_COLUMN_BYTES = 32
const BLOCK_BYTES = 2048
const ITEM_BYTES = 256
/** A spill, a tile, the strips of a of one piece, and those of b that make ITEM_BYTES. */
const SCRATCH = 256 + DEPTH * (STRIPS_OF_A * 6 * 16 + ITEM_BYTES)

/** Results of so few columns have their own tile: it does not compute a second vector of them. */
const VECTOR = 16

/** Rows that a thread takes at once of such a result, at least. */
const NARROW_ITEM = 256

/** Bytes of each row that a thread takes of a result of few rows; the number stands in kernels/parts/gemm-skinny.ts too. */
const SKINNY_BAND = 1024

/** Operations of one call of a kernel: some 50 µs, against which a call and a wake-up are small. */
const CALL = 2e6

/** Packed b's of up to this size share one round of threads: they stay in the second-level cache. */
const PACKED = 2 ** 19

/** Runs the product in the way that suits its shape; the way, and so every bit, depends on the shape alone. */
export function multiply(heap: Heap, product: Product): void {
  const p = joinItems(product)
  if (p.m === 0 || p.n === 0 || p.items === 0) return
  // BLAS: what is multiplied by zero is not even read.
  if (p.k === 0 || p.alpha === 0) return runItems(heap, { ...p, k: 0, alpha: 0 })
  const work = 2 * p.m * p.n * p.k
  if (p.items === 1 && p.k >= 16 * DEPTH && p.m * p.n <= 4096) return runSplit(heap, p)
  if (isNarrow(p)) return runNarrow(heap, p)
  if (isSkinny(p)) return runSkinny(heap, p)
  const pays = p.items > 3 ? 2e7 : 1e6
  if (work <= pays || p.m <= 12) return runItems(heap, p)
  for (let item = 0; item < p.items; item++) runBlocks(heap, oneOf(p, item))
}

/** A batch of a's under each other, times one b, is one product. */
function joinItems(p: Product): Product {
  const under = (x: Steps): boolean => x.item === p.m * x.row
  if (p.items < 2 || p.part !== part.ALL || p.b.item !== 0 || !under(p.a) || !under(p.c) || !under(p.d)) return p
  return { ...p, m: p.m * p.items, items: 1 }
}

function oneOf(p: Product, item: number): Product {
  const shift = (x: Steps): Steps => ({ ...x, ptr: x.ptr + item * x.item })
  return { ...p, items: 1, a: shift(p.a), b: shift(p.b), c: shift(p.c), d: shift(p.d) }
}

/** Each piece, some columns of one item, is a job for one thread. */
function runItems(heap: Heap, p: Product): void {
  const size = p.dtype === 'f32' ? 4 : 8
  const { a, b, c, d } = p
  // Few rows don't pay for packing.
  const packA = a.column !== size && p.m > 1 && p.n > STRIP_COLUMN_BYTES / size
  const packB = b.column !== size || p.m > 4
  const { ptr, stride } = heap.scratch(SCRATCH)
  const bands = Math.ceil((p.n * size) / ITEM_BYTES)
  const work = 2 * p.m * Math.min(p.n, ITEM_BYTES / size) * Math.max(1, p.k)
  const args = [
    ...[p.part, p.m, p.n, p.k, Number(packA), a.ptr, a.row, a.column, a.item],
    ...[Number(packB), b.ptr, b.row, b.column, b.item, p.alpha, p.beta],
    ...[c.ptr, c.row, c.item, d.ptr, d.row, d.item, ptr, stride],
  ]
  const split = { count: p.items * bands, grain: Math.ceil(CALL / work) }
  heap.parallel(heap.load(gemmBinary), `items_${p.dtype}`, args, split)
}

/** Whether rows that are read as they stand make a result of so few columns. */
function isNarrow(p: Product): boolean {
  const size = bytesOf[p.dtype]
  return p.items === 1 && p.part === part.ALL && p.n * size <= VECTOR && p.a.column === size
}

/** Few columns: groups of rows are items of their own, all with the same b. */
function runNarrow(heap: Heap, p: Product): void {
  const m = Math.min(p.m, NARROW_ITEM)
  const items = Math.floor(p.m / m)
  const below = (x: Steps): Steps => ({ ...x, item: m * x.row })
  const groups: Product = { ...p, items, m, a: below(p.a), b: { ...p.b, item: 0 }, c: below(p.c), d: below(p.d) }
  runItems(heap, groups)
  if (p.m > items * m) runItems(heap, { ...oneOf(groups, items), m: p.m - items * m })
}

/** Whether there are few rows, and enough columns for whole bands. */
function isSkinny(p: Product): boolean {
  const size = bytesOf[p.dtype]
  return p.items === 1 && p.part === part.ALL && p.m <= 12 && p.n * size >= SKINNY_BAND && p.b.column === size
}

/** Few rows: b is read as it stands, and only once. */
function runSkinny(heap: Heap, p: Product): void {
  const { a, b, c, d } = p
  const { ptr, stride } = heap.scratch(SCRATCH)
  const args = [
    ...[p.m, p.n, p.k, a.ptr, a.row, a.column, b.ptr, b.row, p.alpha, p.beta],
    ...[c.ptr, c.row, d.ptr, d.row, ptr, stride],
  ]
  const count = Math.ceil((p.n * bytesOf[p.dtype]) / SKINNY_BAND)
  const work = (2 * p.m * p.n * p.k) / count
  heap.parallel(heap.load(gemmBinary), `skinny_${p.dtype}`, args, { count, grain: Math.ceil(CALL / work) })
}

/** All threads pack b, as much as fits PACKED, then compute blocks of c with it; and so on along k. */
function runBlocks(heap: Heap, p: Product): void {
  const size = p.dtype === 'f32' ? 4 : 8
  const { a, b, c } = p
  const family = heap.load(gemmBinary)
  const strips = Math.ceil((p.n * size) / STRIP_COLUMN_BYTES)
  const round = DEPTH * Math.max(1, Math.floor(PACKED / (DEPTH * strips * STRIP_COLUMN_BYTES)))
  using packing = arena(heap)
  const packed = packing.alloc('u8', strips * STRIP_COLUMN_BYTES * Math.min(p.k, round))
  const { ptr, stride } = heap.scratch(SCRATCH)
  const rows = STRIPS_OF_A * (heap.relaxed ? 6 : 5)
  const count = Math.ceil(p.m / rows) * Math.ceil((p.n * size) / BLOCK_BYTES)
  for (let first = 0; first < p.k; first += round) {
    const k = Math.min(round, p.k - first)
    const depths = Math.ceil(k / DEPTH)
    const packArgs = [p.n, k, b.ptr + first * b.row, b.row, b.column, packed.ptr]
    heap.parallel(family, `pack_${p.dtype}`, packArgs, { count: strips * depths, grain: 16 })
    const d = first === 0 ? p.d : c
    const args = [
      ...[p.part, p.m, p.n, k, a.ptr + first * a.column, a.row, a.column, packed.ptr],
      ...[p.alpha, first === 0 ? p.beta : 1, c.ptr, c.row, d.ptr, d.row, ptr, stride],
    ]
    const work = 2 * rows * Math.min(p.n, BLOCK_BYTES / size) * k
    heap.parallel(family, `blocks_${p.dtype}`, args, { count, grain: Math.ceil(CALL / work) })
  }
}

/** A small c with a long k: parts of k are items of their own, and their results are added in order. */
function runSplit(heap: Heap, p: Product): void {
  const size = p.dtype === 'f32' ? 4 : 8
  const depth = DEPTH * Math.max(8, Math.ceil(p.k / (256 * DEPTH)))
  const items = Math.floor(p.k / depth)
  const rest = p.k - items * depth
  const width = Math.ceil((p.n * size) / 16) * (16 / size)
  const bytes = p.m * width * size
  using scratch = arena(heap)
  const partials = scratch.alloc('u8', bytes * (items + (rest > 0 ? 1 : 0)))
  const c = { ptr: partials.ptr, row: width * size, column: size, item: bytes }
  const a = { ...p.a, item: depth * p.a.column }
  const b = { ...p.b, item: depth * p.b.row }
  const parts: Product = { ...p, items, k: depth, a, b, c, d: c, alpha: 1, beta: 0 }
  runItems(heap, parts)
  if (rest > 0) runItems(heap, { ...oneOf(parts, items), k: rest })
  const count = items + (rest > 0 ? 1 : 0)
  const args = [p.part, p.m, p.n, count, partials.ptr, width, p.c.ptr, p.c.row, p.d.ptr, p.d.row, p.alpha, p.beta]
  const grain = Math.ceil(CALL / 8 / (p.n * count))
  heap.parallel(heap.load(gemmBinary), `sum_${p.dtype}`, args, { count: p.m, grain })
}
