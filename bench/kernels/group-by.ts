// Group-by of integer keys, beside arquero and plain JavaScript.
import { Heap, aggregate, arena, groupBy } from '@lab/tensor/kernels'
import * as aq from 'arquero'
import type { BenchTask } from '../task.ts'

/** Means by group with a Map, as one would write it without a library. */
function plainMeans(keys: Int32Array, values: Float64Array): Float64Array {
  const groups = new Map<number, number>()
  const sums: number[] = []
  const counts: number[] = []
  for (let i = 0; i < keys.length; i++) {
    let group = groups.get(keys[i])
    if (group === undefined) {
      group = sums.length
      groups.set(keys[i], group)
      sums.push(0)
      counts.push(0)
    }
    sums[group] += values[i]
    counts[group]++
  }
  return Float64Array.from(sums, (sum, group) => sum / counts[group])
}

function task(rows: number, groups: number, spread: number, threads: number): BenchTask {
  const far = spread > 1 ? ' far apart' : ''
  return {
    task: `group-by mean ${rows} rows, ${groups} groups${far}, ${threads} thread${threads > 1 ? 's' : ''}`,
    async prepare() {
      const heap = new Heap({ threads })
      await heap.ready()
      const inputs = arena(heap)
      const keys = inputs.alloc('i32', rows)
      const values = inputs.alloc('f64', rows)
      for (let i = 0; i < rows; i++) {
        keys.view[i] = ((Math.imul(i, 0x9e3779b1) >>> 8) % groups) * spread
        // Small multiples of 1/8: their sums are exact in any order.
        values.view[i] = (i % 64) / 8
      }
      const own = { keys: Int32Array.from(keys.view), values: Float64Array.from(values.view) }
      const table = aq.table({ key: own.keys, value: own.values })
      const ours = (): Float64Array => {
        using scratch = arena(heap)
        const index = scratch.alloc('i32', rows)
        const means = scratch.alloc('f64', groupBy([keys], index))
        aggregate('mean', values, index, means)
        return means.view.slice()
      }
      const arquero = (): ArrayLike<number> =>
        table
          .groupby('key')
          .rollup({ mean: aq.op.mean('value') })
          .array('mean', Float64Array) as Float64Array
      return {
        ours,
        peers: { arquero, 'plain js': () => plainMeans(own.keys, own.values) },
        equal() {
          const mine = ours()
          const theirs = arquero()
          // arquero adds with Kahan's correction and divides at the end, which is exact here too.
          return (
            plainMeans(own.keys, own.values).every((mean, i) => mean === mine[i]) &&
            mine.every((mean, i) => Math.abs(mean - theirs[i]) <= 1e-12 * Math.abs(mean))
          )
        },
        finish: () => inputs.free(),
      }
    },
  }
}

export const tasks: readonly BenchTask[] = [
  task(1e6, 1000, 1, 1),
  task(1e6, 1000, 1, 2),
  task(1e6, 1000, 1e6, 1),
  task(1e6, 100000, 1, 1),
  task(1e6, 100000, 20000, 1),
]
