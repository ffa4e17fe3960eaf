// Copies of f32 values between layouts, beside stock tfjs-wasm. Both sides allocate their output within the timing.
import { Heap, arena, concat, gather, scatterAdd, slice, transpose } from '@lab/tensor/kernels'
import type { Arena, Block } from '@lab/tensor/kernels'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { BenchTask } from '../task.ts'
import { tfjsWasm } from './tfjs-wasm.ts'
import type { Tf } from './tfjs-wasm.ts'

interface Pair {
  readonly task: string
  readonly shape: readonly number[]
  /** Rows that are picked or added to, for the tasks that need an index. */
  readonly index?: { readonly length: number; readonly limit: number }
  readonly outputs: number
  ours(x: Block<'f32'>, out: Block<'f32'>, index: Block<'i32'>): void
  tfjs(tf: Tf, x: Tensor, index: Tensor): Tensor
}

const five = [8, 64, 3, 4, 32]

const pairs: readonly Pair[] = [
  ...[
    [1024, 1024],
    [1000, 10000],
    [100, 100],
  ].map(([rows, cols]) => ({
    task: `transpose f32 ${rows}×${cols}`,
    shape: [rows, cols],
    outputs: rows * cols,
    ours: (x: Block<'f32'>, out: Block<'f32'>): void => transpose(x, out, { shape: [rows, cols] }),
    tfjs: (tf: Tf, x: Tensor): Tensor => tf.transpose(x),
  })),
  {
    task: `transpose f32 [${five.join(', ')}] to (2, 0, 3, 1, 4)`,
    shape: five,
    outputs: 8 * 64 * 3 * 4 * 32,
    ours: (x, out) => transpose(x, out, { shape: five, axes: [2, 0, 3, 1, 4] }),
    tfjs: (tf, x) => tf.transpose(x, [2, 0, 3, 1, 4]),
  },
  {
    task: 'transpose f32 [32, 56, 56, 16] to (0, 3, 1, 2)',
    shape: [32, 56, 56, 16],
    outputs: 32 * 56 * 56 * 16,
    ours: (x, out) => transpose(x, out, { shape: [32, 56, 56, 16], axes: [0, 3, 1, 2] }),
    tfjs: (tf, x) => tf.transpose(x, [0, 3, 1, 2]),
  },
  {
    task: 'slice f32 1000 rows of 10000×100',
    shape: [10000, 100],
    outputs: 100000,
    ours: (x, out) => slice(x, out, { shape: [10000, 100], begin: [500, 0], size: [1000, 100] }),
    tfjs: (tf, x) => tf.slice(x, [500, 0], [1000, 100]),
  },
  {
    task: 'slice f32 50 columns of 10000×100',
    shape: [10000, 100],
    outputs: 500000,
    ours: (x, out) => slice(x, out, { shape: [10000, 100], begin: [0, 25], size: [10000, 50] }),
    tfjs: (tf, x) => tf.slice(x, [0, 25], [10000, 50]),
  },
  {
    task: 'slice f32 every second value of 1000×1000',
    shape: [1000, 1000],
    outputs: 250000,
    ours: (x, out) => slice(x, out, { shape: [1000, 1000], begin: [0, 0], size: [500, 500], step: [2, 2] }),
    tfjs: (tf, x) => tf.stridedSlice(x, [0, 0], [1000, 1000], [2, 2]),
  },
  {
    task: 'concat f32 twice 1000×500 side by side',
    shape: [1000, 500],
    outputs: 1000000,
    ours: (x, out) =>
      concat([x, x], out, {
        shapes: [
          [1000, 500],
          [1000, 500],
        ],
        axis: 1,
      }),
    tfjs: (tf, x) => tf.concat([x, x], 1),
  },
  {
    task: 'gather f32 10000 rows of 10000×128',
    shape: [10000, 128],
    index: { length: 10000, limit: 10000 },
    outputs: 1280000,
    ours: (x, out, index) => gather(x, index, out, { size: 10000, inner: 128 }),
    tfjs: (tf, x, index) => tf.gather(x, index as ReturnType<Tf['tensor1d']>),
  },
  {
    task: 'gather f32 1e6 values of 1e5',
    shape: [100000],
    index: { length: 1000000, limit: 100000 },
    outputs: 1000000,
    ours: (x, out, index) => gather(x, index, out, { size: 100000 }),
    tfjs: (tf, x, index) => tf.gather(x, index as ReturnType<Tf['tensor1d']>),
  },
  {
    // tfjs-wasm has no kernel for the gradient of gather; scatterNd adds the same rows up.
    task: 'scatterAdd f32 10000 rows of 128 into 1000',
    shape: [10000, 128],
    index: { length: 10000, limit: 1000 },
    outputs: 128000,
    ours: (x, out, index) => {
      out.view.fill(0)
      scatterAdd(x, index, out, { inner: 128 })
    },
    tfjs: (tf, x, index) => tf.scatterND(tf.reshape(index, [10000, 1]), x, [1000, 128]),
  },
]

export const tasks: readonly BenchTask[] = pairs.map((pair) => ({
  task: pair.task,
  async prepare() {
    const tf = await tfjsWasm()
    const heap = new Heap({ threads: 1 })
    const inputs: Arena = arena(heap)
    const x = inputs.alloc(
      'f32',
      pair.shape.reduce((product, size) => product * size, 1),
    )
    x.view.set(x.view.map((_, i) => i % 8191))
    const index = inputs.alloc('i32', pair.index?.length ?? 0)
    index.view.set(index.view.map((_, i) => (i * 7919) % (pair.index?.limit ?? 1)))
    const tfX = tf.tensor(x.view.slice(), [...pair.shape])
    const tfIndex = tf.tensor1d(index.view.slice(), 'int32')
    return {
      ours() {
        using scratch = arena(heap)
        pair.ours(x, scratch.alloc('f32', pair.outputs), index)
      },
      peers: { 'tfjs-wasm': () => tf.tidy(() => void pair.tfjs(tf, tfX, tfIndex)) },
      equal() {
        using scratch = arena(heap)
        const out = scratch.alloc('f32', pair.outputs)
        pair.ours(x, out, index)
        return tf.tidy(() =>
          pair
            .tfjs(tf, tfX, tfIndex)
            .dataSync()
            .every((value, i) => value === out.view[i]),
        )
      },
      finish() {
        inputs.free()
        tf.dispose([tfX, tfIndex])
      },
    }
  },
}))
