// Reductions of f32 arrays, beside stock tfjs-wasm. Ours keeps sums in f64, tfjs in f32. Both sides allocate their
// output within the timing.
import { Heap, arena, argmax, cumsum, max, mean, sum } from '@lab/tensor/kernels'
import type { AxisOptions, Block } from '@lab/tensor/kernels'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { BenchTask } from '../task.ts'
import { tfjsWasm } from './tfjs-wasm.ts'
import type { Tf } from './tfjs-wasm.ts'

interface Reduction {
  readonly name: string
  ours(x: Block<'f32'>, out: Block<'f32'>, axis: AxisOptions): void
  tfjs(tf: Tf, x: Tensor, axis?: number): Tensor
}

const reductions: readonly Reduction[] = [
  { name: 'sum', ours: sum, tfjs: (tf, x, axis) => tf.sum(x, axis) },
  { name: 'mean', ours: mean, tfjs: (tf, x, axis) => tf.mean(x, axis) },
  { name: 'max', ours: max, tfjs: (tf, x, axis) => tf.max(x, axis) },
]

interface Case {
  readonly task: string
  readonly rows: number
  readonly cols: number
  readonly outputs: number
  readonly dtype?: 'i32'
  ours(x: Block<'f32'>, out: Block<'f32'>, places: Block<'i32'>): void
  tfjs(tf: Tf, x: Tensor): Tensor
}

const sizes = [
  [100, 100],
  [1000, 1000],
  [1000, 10000],
] as const

const cases: readonly Case[] = sizes.flatMap(([rows, cols]) => [
  ...reductions.flatMap(({ name, ours, tfjs }): Case[] => [
    {
      task: `${name} f32 of all ${rows}×${cols}`,
      ...{ rows, cols, outputs: 1 },
      ours: (x, out) => ours(x, out, {}),
      tfjs: (tf, x) => tfjs(tf, x),
    },
    {
      task: `${name} f32 of the rows of ${rows}×${cols}`,
      ...{ rows, cols, outputs: rows },
      ours: (x, out) => ours(x, out, { outer: rows }),
      tfjs: (tf, x) => tfjs(tf, x, 1),
    },
    {
      task: `${name} f32 of the columns of ${rows}×${cols}`,
      ...{ rows, cols, outputs: cols },
      ours: (x, out) => ours(x, out, { inner: cols }),
      tfjs: (tf, x) => tfjs(tf, x, 0),
    },
  ]),
  {
    task: `argmax f32 of the rows of ${rows}×${cols}`,
    ...{ rows, cols, outputs: rows, dtype: 'i32' },
    ours: (x, _, places) => argmax(x, places, { outer: rows }),
    tfjs: (tf, x) => tf.argMax(x, 1),
  },
  {
    task: `cumsum f32 of the rows of ${rows}×${cols}`,
    ...{ rows, cols, outputs: rows * cols },
    ours: (x, out) => cumsum(x, out, { outer: rows }),
    tfjs: (tf, x) => tf.cumsum(x, 1),
  },
])

export const tasks: readonly BenchTask[] = cases.map(({ task, rows, cols, outputs, dtype, ours, tfjs }) => ({
  task,
  async prepare() {
    const tf = await tfjsWasm()
    const heap = new Heap({ threads: 1 })
    const inputs = arena(heap)
    const x = inputs.alloc('f32', rows * cols)
    // Multiples of 1/8: also tfjs's f32 sums of up to 1e6 of them are exact.
    x.view.set(x.view.map((_, i) => (((i * 7919) % 127) - 63) / 8))
    const tfX = tf.tensor2d(x.view.slice(), [rows, cols])
    return {
      ours() {
        using scratch = arena(heap)
        ours(x, scratch.alloc('f32', dtype ? 0 : outputs), scratch.alloc('i32', dtype ? outputs : 0))
      },
      peers: { 'tfjs-wasm': () => tf.tidy(() => void tfjs(tf, tfX)) },
      equal() {
        using scratch = arena(heap)
        const out = scratch.alloc('f32', outputs)
        const places = scratch.alloc('i32', outputs)
        ours(x, out, places)
        const mine = dtype ? places.view : out.view
        const theirs = tf.tidy(() => tfjs(tf, tfX).dataSync())
        return theirs.every((value, i) => Math.abs(value - mine[i]) <= 1e-5 * Math.max(1, Math.abs(value)))
      },
      finish() {
        inputs.free()
        tfX.dispose()
      },
    }
  },
}))
