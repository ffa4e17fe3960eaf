// The step that k-means repeats: the nearest of k centres for each of many rows, beside ml-kmeans's way of doing it
// (plain loops over rows of numbers) on typed arrays.
import { Heap, arena, nearest, squaredDistances } from '@lab/tensor/kernels'
import type { BenchTask } from '../task.ts'

const N = 100000
const D = 20

interface Nearest {
  readonly labels: Int32Array
  readonly distances: Float64Array
}

function plainNearest(x: Float64Array, c: Float64Array, k: number): Nearest {
  const labels = new Int32Array(x.length / D)
  const distances = new Float64Array(labels.length)
  for (let i = 0; i < labels.length; i++) {
    let least = Infinity
    for (let j = 0; j < k; j++) {
      let sum = 0
      for (let t = 0; t < D; t++) {
        const difference = x[i * D + t] - c[j * D + t]
        sum += difference * difference
      }
      if (sum < least) {
        least = sum
        labels[i] = j
      }
    }
    distances[i] = least
  }
  return { labels, distances }
}

function fill(view: Float64Array<ArrayBufferLike> | Float32Array<ArrayBufferLike>, seed: number): void {
  for (let i = 0; i < view.length; i++) view[i] = ((Math.imul(i + seed, 0x9e3779b1) >>> 8) % 65536) / 65536
}

function nearestTask(dtype: 'f64' | 'f32', k: number, threads: number): BenchTask {
  return {
    task: `nearest ${dtype} ${N}×${D}, k = ${k}, ${threads} thread${threads > 1 ? 's' : ''}`,
    async prepare() {
      const heap = new Heap({ threads })
      await heap.ready()
      const inputs = arena(heap)
      const x = inputs.alloc(dtype, N * D)
      fill(x.view, 1)
      const c = inputs.alloc(dtype, k * D)
      fill(c.view, 1e7)
      const labels = inputs.alloc('i32', N)
      const distances = inputs.alloc(dtype, N)
      const own = [Float64Array.from(x.view), Float64Array.from(c.view)] as const
      return {
        ours: () => nearest(x, c, { labels, distances }, { n: N, k, d: D }),
        peers: { 'plain js': () => plainNearest(...own, k) },
        // Scores are rounded relative to the spread of the data, which is about 1: nearly equal distances may swap.
        equal() {
          const tolerance = dtype === 'f64' ? 1e-13 : 1e-5
          const theirs = plainNearest(...own, k).distances
          return distances.view.every((value, i) => Math.abs(value - theirs[i]) <= tolerance * (1 + theirs[i]))
        },
        finish: () => inputs.free(),
      }
    },
  }
}

const distancesTask: BenchTask = {
  task: `squared distances f64 2000×${D} to 2000, 1 thread`,
  async prepare() {
    const n = 2000
    const heap = new Heap({ threads: 1 })
    const inputs = arena(heap)
    const x = inputs.alloc('f64', n * D)
    fill(x.view, 1)
    const out = inputs.alloc('f64', n * n)
    const own = Float64Array.from(x.view)
    const plain = new Float64Array(n * n)
    const theirs = (): void => {
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          let sum = 0
          for (let t = 0; t < D; t++) sum += (own[i * D + t] - own[j * D + t]) ** 2
          plain[i * n + j] = sum
        }
      }
    }
    return {
      ours: () => squaredDistances(x, x, out, { n, k: n, d: D }),
      peers: { 'plain js': theirs },
      equal: () => out.view.every((value, i) => Math.abs(value - plain[i]) <= 1e-14 * value),
      finish: () => inputs.free(),
    }
  },
}

export const tasks: readonly BenchTask[] = [
  nearestTask('f64', 10, 1),
  nearestTask('f64', 100, 1),
  nearestTask('f64', 100, 2),
  nearestTask('f32', 100, 1),
  distancesTask,
]
