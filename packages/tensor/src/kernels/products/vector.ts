import { arena } from '../heap/arena.ts'
import type { Block } from '../heap/block.ts'
import type { Heap } from '../heap/heap.ts'
import { heapOf } from '../heap/operands.ts'
import { vectorBinary } from '../wasm/vector.generated.ts'

/** Values in a block of a reduction; the same number stands in kernels/vector.ts. */
const BLOCK = 4096

/** Values below which waking a second thread costs more than it saves. */
const GRAIN = 32768

function lengthOf(who: string, x: Block<'f64'>, y: Block<'f64'>): number {
  if (x.length !== y.length) {
    throw new RangeError(`${who}: x has ${x.length} values and y has ${y.length}. They must have the same length.`)
  }
  return x.length
}

/**
 * The dot product Σ xᵢyᵢ. The same bits at every thread count.
 *
 * @example
 * ```ts
 * import { arena, dot } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * dot(scratch.copy(new Float64Array([1, 2, 3])), scratch.copy(new Float64Array([4, 5, 6]))) // → 32
 * ```
 */
export function dot(x: Block<'f64'>, y: Block<'f64'>): number {
  const n = lengthOf('dot', x, y)
  const heap = heapOf('dot', { x: [x, n], y: [y, n] })
  return sumPairwise(blockwise(heap, 'dot_f64', [n, x.ptr, y.ptr], n))
}

/**
 * y ← αx + y, in place.
 *
 * @example
 * ```ts
 * import { arena, axpy } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const y = scratch.copy(new Float64Array([10, 20]))
 * axpy(2, scratch.copy(new Float64Array([1, 2])), y)
 * y.view // → [12,24]
 * ```
 */
export function axpy(alpha: number, x: Block<'f64'>, y: Block<'f64'>): void {
  const n = lengthOf('axpy', x, y)
  const heap = heapOf('axpy', { x: [x, n], y: [y, n] })
  heap.parallel(heap.load(vectorBinary), 'axpy_f64', [alpha, x.ptr, y.ptr], { count: n, grain: GRAIN })
}

/**
 * x ← αx, in place.
 *
 * @example
 * ```ts
 * import { arena, scal } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const x = scratch.copy(new Float64Array([1, 2]))
 * scal(3, x)
 * x.view // → [3,6]
 * ```
 */
export function scal(alpha: number, x: Block<'f64'>): void {
  const heap = heapOf('scal', { x: [x, x.length] })
  heap.parallel(heap.load(vectorBinary), 'scal_f64', [alpha, x.ptr], { count: x.length, grain: GRAIN })
}

/**
 * The Euclidean norm √Σxᵢ², right also where the squares would overflow or vanish.
 *
 * @example
 * ```ts
 * import { arena, nrm2 } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * nrm2(scratch.copy(new Float64Array([3, 4]))) // → 5
 * ```
 */
export function nrm2(x: Block<'f64'>): number {
  const n = x.length
  const heap = heapOf('nrm2', { x: [x, n] })
  const squares = sumPairwise(blockwise(heap, 'dot_f64', [n, x.ptr, x.ptr], n))
  // Between these bounds no square can have overflowed, and those that vanished are below the last digit.
  if (squares > 1e-280 && squares < 1e300) return Math.sqrt(squares)
  const largest = blockwise(heap, 'maxabs_f64', [n, x.ptr], n).reduce((most, value) => Math.max(most, value), 0)
  if (!(largest > 0 && largest < Infinity)) return largest
  using scratch = arena(heap)
  // A power of two scales without rounding; 2¹⁰⁰⁰ lifts even the smallest subnormal to where its square is ordinary.
  const scale = 2 ** Math.min(1000, -Math.floor(Math.log2(largest)))
  const scaled = scratch.copy(x.view)
  scal(scale, scaled)
  return Math.sqrt(dot(scaled, scaled)) / scale
}

/** The results of a reduction's blocks, in order. */
function blockwise(heap: Heap, kernel: string, args: readonly number[], n: number): Float64Array {
  const blocks = Math.ceil(n / BLOCK)
  using scratch = arena(heap)
  const partials = scratch.alloc('f64', blocks)
  heap.parallel(heap.load(vectorBinary), kernel, [...args, partials.ptr], { count: blocks, grain: GRAIN / BLOCK })
  return partials.view.slice()
}

/** Adds neighbours, then neighbouring sums, and so on: rounding grows with log n instead of n. */
function sumPairwise(values: Float64Array): number {
  if (values.length === 0) return 0
  for (let width = values.length; width > 1; width = (width + 1) >> 1) {
    for (let i = 0; i < width >> 1; i++) values[i] = values[2 * i] + values[2 * i + 1]
    if (width & 1) values[width >> 1] = values[width - 1]
  }
  return values[0]
}
