// Sorting, beside the engine's own sort and, where it has a kernel, stock tfjs-wasm.
import { Heap, arena, argsort, sort, topk } from '@lab/tensor/kernels'
import type { Arena } from '@lab/tensor/kernels'
import type { BenchTask, PreparedTask } from '../task.ts'
import { tfjsWasm } from './tfjs-wasm.ts'

/** The same numbers between -1 and 1 on every run. */
function numbers(n: number): Float64Array {
  const values = new Float64Array(n)
  let state = 1
  for (let i = 0; i < n; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    values[i] = Math.sin(state)
  }
  return values
}

type Sides = Omit<PreparedTask, 'finish'>

/** A task over an arena that is freed when it is over. */
function task(name: string, sides: (heap: Heap, inputs: Arena) => Sides | Promise<Sides>, threads = 1): BenchTask {
  return {
    task: name,
    async prepare() {
      const heap = new Heap({ threads })
      await heap.ready()
      const inputs = arena(heap)
      return { ...(await sides(heap, inputs)), finish: () => inputs.free() }
    },
  }
}

/** The engine's own sort of an array of indices: not a single library on npm sorts indices of typed arrays faster. */
function plainArgsort(values: Float64Array | Float32Array | Int32Array): Int32Array {
  return Int32Array.from(values, (_, i) => i).sort((i, j) => values[i] - values[j])
}

function sortTask(dtype: 'f64' | 'f32' | 'i32', n: number, threads: number): BenchTask {
  return task(
    `sort ${dtype} ${n}, ${threads} thread${threads > 1 ? 's' : ''}`,
    (_, inputs) => {
      const source = inputs.alloc(dtype, n)
      source.view.set(numbers(n).map((value) => (dtype === 'i32' ? value * 2 ** 31 : value)))
      const x = inputs.alloc(dtype, n)
      const theirs = source.view.slice()
      return {
        ours() {
          x.view.set(source.view)
          sort(x)
        },
        peers: {
          'TypedArray.sort'() {
            theirs.set(source.view)
            theirs.sort()
          },
        },
        equal: () => x.view.every((value, i) => value === theirs[i]),
      }
    },
    threads,
  )
}

function argsortTask(dtype: 'f64' | 'f32' | 'i32', n: number, threads: number): BenchTask {
  return task(
    `argsort ${dtype} ${n}, ${threads} thread${threads > 1 ? 's' : ''}`,
    (_, inputs) => {
      const x = inputs.alloc(dtype, n)
      x.view.set(numbers(n).map((value) => (dtype === 'i32' ? value * 2 ** 31 : value)))
      const out = inputs.alloc('i32', n)
      const own = x.view.slice()
      return {
        ours: () => argsort(x, out),
        peers: { 'plain js': () => plainArgsort(own) },
        equal: () => plainArgsort(own).every((place, i) => place === out.view[i]),
      }
    },
    threads,
  )
}

const topkTask = task('topk f32 10 of each of 1000×1000', async (heap, inputs) => {
  const tf = await tfjsWasm()
  const x = inputs.alloc('f32', 1e6)
  x.view.set(numbers(1e6))
  const theirs = tf.tensor2d(x.view.slice(), [1000, 1000])
  const ours = (): Float32Array => {
    using scratch = arena(heap)
    const values = scratch.alloc('f32', 10000)
    topk(x, values, scratch.alloc('i32', 10000), { k: 10, rows: 1000 })
    return values.view
  }
  return {
    ours,
    peers: { 'tfjs-wasm': () => tf.tidy(() => void tf.topk(theirs, 10)) },
    equal() {
      const mine = ours().slice()
      return tf.tidy(() => tf.topk(theirs, 10).values.dataSync()).every((value, i) => value === mine[i])
    },
  }
})

export const tasks: readonly BenchTask[] = [
  sortTask('f64', 1000, 1),
  ...[1, 2].map((threads) => sortTask('f64', 1e6, threads)),
  sortTask('f32', 1e6, 1),
  sortTask('i32', 1e6, 1),
  argsortTask('f64', 1000, 1),
  ...[1, 2].map((threads) => argsortTask('f64', 1e6, threads)),
  argsortTask('f32', 1e6, 1),
  topkTask,
]
