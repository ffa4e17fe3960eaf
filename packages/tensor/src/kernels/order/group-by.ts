import { arena } from '../heap/arena.ts'
import type { Block } from '../heap/block.ts'
import type { Heap } from '../heap/heap.ts'
import { refuseOverlap } from '../heap/overlap.ts'
import { heapOf } from '../heap/operands.ts'
import { groupByBinary } from '../wasm/group-by.generated.ts'

/** Rows that one call numbers: some tens of microseconds. A table always has room for so many new groups. */
const CHUNK = 16384

/** Bytes of an entry of the hash table. */
const ENTRY = 16

/** The least rows of a part of an aggregation, and the most parts. */
const PART = 65536
const MOST_PARTS = 16

/**
 * Numbers rows by key: rows with equal keys, in all of the key columns, get the same number, and groups are numbered
 * in the order in which they first appear. Gives the number of groups. All NaN are one key, and so are 0 and -0.
 *
 * @example
 * ```ts
 * import { arena, groupBy } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const index = scratch.alloc('i32', 5)
 * groupBy([scratch.copy(new Int32Array([7, 3, 7, 7, 3]))], index) // → 2
 * index.view // → [0,1,0,0,1]
 * ```
 */
export function groupBy(keys: readonly Block<'i32' | 'f64'>[], out: Block<'i32'>): number {
  if (keys.length === 0) throw new RangeError('groupBy: got no key columns. Give at least one.')
  const n = keys[0].length
  for (const [i, { length }] of keys.entries()) {
    if (length === n) continue
    throw new RangeError(`groupBy: keys[0] has ${n} rows and keys[${i}] has ${length}. They must have the same length.`)
  }
  const operands = keys.map((key, i) => [`keys[${i}]`, [key, n]] as const)
  const heap = heapOf('groupBy', { out: [out, n], ...Object.fromEntries(operands) })
  for (const key of keys) refuseOverlap('groupBy', key, out.at(0, n))
  if (n === 0) return 0
  let groups = groupColumn(heap, keys[0], out)
  for (const key of keys.slice(1)) {
    using scratch = arena(heap)
    const next = scratch.alloc('i32', n)
    const width = groupColumn(heap, key, next)
    const pairs = scratch.alloc('f64', n)
    const args = [out.ptr, next.ptr, width, pairs.ptr]
    heap.parallel(heap.load(groupByBinary), 'pair_keys', args, { count: n, grain: CHUNK })
    groups = groupColumn(heap, pairs, out)
  }
  return groups
}

function groupColumn(heap: Heap, keys: Block<'i32' | 'f64'>, out: Block<'i32'>): number {
  if (keys.dtype === 'i32') {
    const [least, most] = rangeOf(heap, keys)
    // A table with an entry for each possible key, as long as it is not much larger than the keys themselves.
    const range = most - least + 1
    if (range <= Math.max(PART, 2 * keys.length)) return groupDense(heap, keys, out, { least, range })
  }
  return groupHashed(heap, keys, out)
}

/** Calls `step` for the rows of each chunk. */
function forChunks(n: number, step: (begin: number, end: number) => void): void {
  for (let begin = 0; begin < n; begin += CHUNK) step(begin, Math.min(n, begin + CHUNK))
}

function rangeOf(heap: Heap, keys: Block): [least: number, most: number] {
  using scratch = arena(heap)
  const out = scratch.alloc('i32', 2)
  const { key_range: rangeOfChunk } = heap.load(groupByBinary).kernels
  let [least, most] = [Infinity, -Infinity]
  forChunks(keys.length, (begin, end) => {
    rangeOfChunk(keys.ptr, out.ptr, begin, end)
    least = Math.min(least, out.view[0])
    most = Math.max(most, out.view[1])
  })
  return [least, most]
}

function groupDense(heap: Heap, keys: Block, out: Block, { least, range }: { least: number; range: number }): number {
  using scratch = arena(heap)
  const table = scratch.zeros('i32', range)
  const { group_dense: group } = heap.load(groupByBinary).kernels
  let groups = 0
  forChunks(keys.length, (begin, end) => {
    groups = Number(group(keys.ptr, out.ptr, table.ptr, least, groups, begin, end))
  })
  return groups
}

function groupHashed(heap: Heap, keys: Block, out: Block): number {
  const { kernels } = heap.load(groupByBinary)
  const group = kernels[`group_${keys.dtype}`]
  let entries = 4 * CHUNK
  let table = freshTable(heap, entries)
  let groups = 0
  try {
    forChunks(keys.length, (begin, end) => {
      // At most half full, so that a free entry is near.
      if (2 * (groups + CHUNK) > entries) {
        const larger = freshTable(heap, 4 * entries)
        forChunks(entries, (from, to) => void kernels.rehash(table.ptr, larger.ptr, 4 * entries - 1, from, to))
        table.free()
        table = larger
        entries *= 4
      }
      groups = Number(group(keys.ptr, out.ptr, table.ptr, entries - 1, groups, begin, end))
    })
  } finally {
    table.free()
  }
  return groups
}

function freshTable(heap: Heap, entries: number): { ptr: number; free(): void } {
  const scratch = arena(heap)
  const { ptr } = scratch.zeros('u8', entries * ENTRY)
  return { ptr, free: () => scratch.free() }
}

/** What `aggregate` computes for each group. */
export type Aggregation = 'sum' | 'mean' | 'count' | 'min' | 'max' | 'first' | 'last' | 'sumOfSquares'

export interface AggregateOptions {
  /** Leaves NaN out, as pandas does with missing values. Default false: a NaN makes its group's sum, min or max NaN. */
  readonly skipNaN?: boolean
}

/** The operation, and what to write of it (its value, its mean, its count), by the numbers of kernels/group-by.ts. */
const operations: Readonly<Record<Aggregation, readonly [op: number, what: number]>> = {
  sum: [0, 0],
  mean: [0, 1],
  count: [0, 2],
  sumOfSquares: [1, 0],
  min: [2, 0],
  max: [3, 0],
  first: [4, 0],
  last: [5, 0],
}

/**
 * Folds values by group: out[g] is the sum (mean, …) of the values[i] with index[i] = g, for as many groups as `out`
 * holds. A group without values sums up to 0, and has NaN for everything but its sum and count. Rows are taken in
 * their order within parts that depend on the sizes alone, so that every thread count gives the same bits.
 *
 * @example
 * ```ts
 * import { aggregate, arena } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const index = scratch.copy(new Int32Array([0, 1, 0, 0, 1]))
 * const means = scratch.alloc('f64', 2)
 * aggregate('mean', scratch.copy(new Float64Array([1, 10, 2, 6, 20])), index, means)
 * means.view // → [3,15]
 * ```
 */
export function aggregate(
  how: Aggregation,
  values: Block<'f64'>,
  index: Block<'i32'>,
  out: Block<'f64'>,
  { skipNaN = false }: AggregateOptions = {},
): void {
  const n = values.length
  const groups = out.length
  if (index.length !== n) {
    throw new RangeError(
      `aggregate: values has ${n} rows and index has ${index.length}. They must have the same length.`,
    )
  }
  const heap = heapOf('aggregate', { values: [values, n], index: [index, n], out: [out, groups] })
  refuseOverlap('aggregate', values, out)
  refuseOverlap('aggregate', index, out)
  const family = heap.load(groupByBinary)
  checkGroups(heap, index, groups)
  const [op, what] = operations[how]
  // Parts with many more rows than groups, or joining them would cost more than they save.
  const parts = Math.max(1, Math.min(MOST_PARTS, Math.floor(n / Math.max(PART, 4 * groups))))
  using scratch = arena(heap)
  const results = scratch.alloc('f64', 2 * groups * parts).ptr
  const fold = [op, values.ptr, index.ptr, n, Math.ceil(n / parts), groups, skipNaN ? 1 : 0, results]
  heap.parallel(family, 'fold_groups', fold, { count: parts, grain: 1 })
  heap.parallel(family, 'join_groups', [op, results, parts, groups, what, out.ptr], { count: groups, grain: CHUNK })
}

function checkGroups(heap: Heap, index: Block<'i32'>, groups: number): void {
  const { find_outside: find } = heap.load(groupByBinary).kernels
  forChunks(index.length, (begin, end) => {
    const at = Number(find(index.ptr, groups, begin, end))
    if (at < 0) return
    throw new RangeError(
      `aggregate: index[${at}] is ${index.view[at]}, but out holds ${groups} groups. Nothing was written.`,
    )
  })
}
