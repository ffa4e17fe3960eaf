// One f32 kernel beside stock tfjs-wasm, which has one thread in Node; ours too unless the task says otherwise. Same data,
// and both sides allocate their output within the timing.
import { Heap, arena } from '@lab/tensor/kernels'
import type { Block, DType } from '@lab/tensor/kernels'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { BenchTask } from '../task.ts'
import { tfjsWasm } from './tfjs-wasm.ts'
import type { Tf } from './tfjs-wasm.ts'

export interface TfjsCase {
  readonly task: string
  /** The data, with the shapes that tfjs needs. */
  readonly inputs: readonly { readonly values: Float32Array; readonly shape: readonly number[] }[]
  readonly outputs: { readonly dtype: DType; readonly length: number }
  ours(inputs: readonly Block<'f32'>[], out: Block): void
  tfjs(tf: Tf, inputs: readonly Tensor[]): Tensor
  /** How far results may differ, relative to the larger of 1 and their size: tfjs's own error. Default 4e-6. */
  readonly tolerance?: number
  /** How many threads ours has. Default 1. */
  readonly threads?: number
}

/** Numbers in an order without pattern, from `least` on, below `most`. */
export function scattered(length: number, least: number, most: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => least + (((i * 7919) % 10007) / 10007) * (most - least))
}

export function againstTfjs(one: TfjsCase): BenchTask {
  const { task, inputs, outputs, ours, tfjs, tolerance = 4e-6, threads = 1 } = one
  return {
    task,
    async prepare() {
      const tf = await tfjsWasm()
      const heap = new Heap({ threads })
      await heap.ready()
      const memory = arena(heap)
      const blocks = inputs.map(({ values }) => memory.copy(values))
      const tensors = inputs.map(({ values, shape }) => tf.tensor(values, [...shape]))
      return {
        ours() {
          using scratch = arena(heap)
          const out = scratch.alloc(outputs.dtype, outputs.length)
          ours(blocks, out)
          return out.ptr
        },
        peers: { 'tfjs-wasm': () => tf.tidy(() => tfjs(tf, tensors)).dispose() },
        equal() {
          using scratch = arena(heap)
          const out = scratch.alloc(outputs.dtype, outputs.length)
          ours(blocks, out)
          const expected = tf.tidy(() => tfjs(tf, tensors).dataSync())
          return out.view.every(
            (value: number, i: number) =>
              Math.abs(value - expected[i]) <= tolerance * Math.max(1, Math.abs(expected[i])) || value === expected[i],
          )
        },
        finish() {
          memory.free()
          void heap.close()
          for (const tensor of tensors) tensor.dispose()
        },
      }
    },
  }
}
