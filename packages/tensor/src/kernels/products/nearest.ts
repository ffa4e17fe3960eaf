import { arena } from '../heap/arena.ts'
import type { Arena } from '../heap/arena.ts'
import type { Block } from '../heap/block.ts'
import { bytesOf } from '../heap/dtype.ts'
import { refuseOverlap } from '../heap/overlap.ts'
import { checkSizes, heapOf } from '../heap/operands.ts'
import { nearestBinary } from '../wasm/nearest.generated.ts'

/** Rows that go through the kernel together, and bytes of a panel's values for one column: as in kernels/nearest.ts. */
const GROUP = 4
const PANEL = 32

/** Multiplications that are worth handing to another thread. */
const PIECE = 65536

export interface DistanceSizes {
  /** Rows of x. */
  readonly n: number
  /** Rows of the other matrix. */
  readonly k: number
  /** Columns of both. */
  readonly d: number
}

/** Where `nearest` writes. */
export interface NearestResult<D extends 'f64' | 'f32'> {
  /** For each row of x, which row of the centres is nearest; the first of equals. */
  readonly labels: Block<'i32'>
  /** The squared distance to it. */
  readonly distances: Block<D>
}

/**
 * For each row of x[n×d] the nearest row of centres[k×d], and the squared distance to it.
 *
 * Rows are compared by |c|²/2 - x·c, with the centres' mean taken off both: where two distances differ by less than the
 * rounding of such scores, some d·ε of the spread squared, either centre may win. The distance that is written is summed from the differences themselves, in f64. A row that
 * holds NaN gets label 0 and distance NaN.
 *
 * @example
 * ```ts
 * import { arena, nearest } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([1, 1, 8, 9]))
 * const centres = scratch.copy(new Float64Array([10, 10, 0, 0]))
 * const labels = scratch.alloc('i32', 2)
 * const distances = scratch.alloc('f64', 2)
 * nearest(x, centres, { labels, distances }, { n: 2, k: 2, d: 2 })
 * labels.view // → [1,0]
 * distances.view // → [2,5]
 * ```
 */
export function nearest<D extends 'f64' | 'f32'>(
  x: Block<D>,
  centres: Block<NoInfer<D>>,
  { labels, distances }: NearestResult<NoInfer<D>>,
  { n, k, d }: DistanceSizes,
): void {
  checkSizes('nearest', { n, k, d })
  const operands = { x: [x, n * d], centres: [centres, k * d], labels: [labels, n], distances: [distances, n] } as const
  const heap = heapOf('nearest', operands)
  if (n === 0) return
  if (k === 0) throw new RangeError('nearest: there are no centres. Give at least one.')
  for (const input of [x.at(0, n * d), centres.at(0, k * d)]) {
    refuseOverlap('nearest', input, labels.at(0, n))
    refuseOverlap('nearest', input, distances.at(0, n))
  }
  using scratch = arena(heap)
  const { origin, half, panels } = pack(scratch, centres, { k, d, centred: true })
  const { ptr, stride } = heap.scratch(GROUP * d * bytesOf[x.dtype] + 256)
  const inputs = [x.ptr, n, d, centres.ptr, k, origin, half, panels]
  const args = [...inputs, labels.ptr, distances.ptr, ptr, stride]
  heap.parallel(heap.load(nearestBinary), `nearest_${x.dtype}`, args, splitOf(n, k * d))
}

/**
 * All squared distances: out[i, j] is that of row i of x[n×d] to row j of y[k×d], summed from the differences
 * themselves, so that near points lose nothing.
 *
 * @example
 * ```ts
 * import { arena, squaredDistances } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([0, 0, 3, 4]))
 * const out = scratch.alloc('f64', 4)
 * squaredDistances(x, x, out, { n: 2, k: 2, d: 2 })
 * out.view // → [0,25,25,0]
 * ```
 */
export function squaredDistances<D extends 'f64' | 'f32'>(
  x: Block<D>,
  y: Block<NoInfer<D>>,
  out: Block<NoInfer<D>>,
  { n, k, d }: DistanceSizes,
): void {
  checkSizes('squaredDistances', { n, k, d })
  const heap = heapOf('squaredDistances', { x: [x, n * d], y: [y, k * d], out: [out, n * k] })
  if (n * k === 0) return
  refuseOverlap('squaredDistances', x.at(0, n * d), out.at(0, n * k))
  refuseOverlap('squaredDistances', y.at(0, k * d), out.at(0, n * k))
  using scratch = arena(heap)
  const { origin, panels } = pack(scratch, y, { k, d, centred: false })
  const { ptr, stride } = heap.scratch(GROUP * d * bytesOf[x.dtype] + PANEL)
  const args = [x.ptr, n, d, k, origin, panels, out.ptr, ptr, stride]
  heap.parallel(heap.load(nearestBinary), `distances_${x.dtype}`, args, splitOf(n, k * d))
}

interface Packed {
  readonly origin: number
  readonly half: number
  readonly panels: number
}

function pack(
  scratch: Arena,
  rows: Block<'f64' | 'f32'>,
  { k, d, centred }: { k: number; d: number; centred: boolean },
): Packed {
  const panelRows = PANEL / bytesOf[rows.dtype]
  const count = Math.ceil(k / panelRows)
  const origin = scratch.alloc(rows.dtype, d).ptr
  const half = scratch.alloc(rows.dtype, count * panelRows).ptr
  const panels = scratch.alloc('u8', count * d * PANEL).ptr
  const packRows = scratch.heap.load(nearestBinary).kernels[`pack_${rows.dtype}`]
  packRows(rows.ptr, k, d, centred ? 1 : 0, origin, half, panels)
  return { origin, half, panels }
}

function splitOf(n: number, perRow: number): { count: number; grain: number } {
  return { count: Math.ceil(n / GROUP), grain: Math.ceil(PIECE / Math.max(1, GROUP * perRow)) }
}
