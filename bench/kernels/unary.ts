import { arena, defaultHeap } from '@lab/tensor/kernels'
import * as kernels from '@lab/tensor/kernels'
import type { Block } from '@lab/tensor/kernels'
import type { Tensor1D } from '@tensorflow/tfjs-core'
import type { BenchTask } from '../task.ts'
import { tfjsWasm } from './tfjs-wasm.ts'
import type { Tf } from './tfjs-wasm.ts'

type Ours = (x: Block<'f32'>, y: Block<'f32'>) => void
type Theirs = (tf: Tf, x: Tensor1D) => Tensor1D

/** The range that makes sense for most of the functions: positive, no overflow. */
const SPREAD = 8

const pairs: Readonly<Record<string, readonly [Ours, Theirs]>> = {
  exp: [kernels.exp, (tf, x) => tf.exp(x)],
  expm1: [kernels.expm1, (tf, x) => tf.expm1(x)],
  log: [kernels.log, (tf, x) => tf.log(x)],
  log1p: [kernels.log1p, (tf, x) => tf.log1p(x)],
  tanh: [kernels.tanh, (tf, x) => tf.tanh(x)],
  sigmoid: [kernels.sigmoid, (tf, x) => tf.sigmoid(x)],
  softplus: [kernels.softplus, (tf, x) => tf.softplus(x)],
  erf: [kernels.erf, (tf, x) => tf.erf(x)],
  gelu: [kernels.gelu, (tf, x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1))],
  sin: [kernels.sin, (tf, x) => tf.sin(x)],
  cos: [kernels.cos, (tf, x) => tf.cos(x)],
  abs: [kernels.abs, (tf, x) => tf.abs(x)],
  neg: [kernels.neg, (tf, x) => tf.neg(x)],
  square: [kernels.square, (tf, x) => tf.square(x)],
  sqrt: [kernels.sqrt, (tf, x) => tf.sqrt(x)],
  rsqrt: [kernels.rsqrt, (tf, x) => tf.rsqrt(x)],
  reciprocal: [kernels.reciprocal, (tf, x) => tf.reciprocal(x)],
  floor: [kernels.floor, (tf, x) => tf.floor(x)],
  ceil: [kernels.ceil, (tf, x) => tf.ceil(x)],
  round: [kernels.round, (tf, x) => tf.round(x)],
  sign: [kernels.sign, (tf, x) => tf.sign(x)],
  relu: [kernels.relu, (tf, x) => tf.relu(x)],
  relu6: [kernels.relu6, (tf, x) => tf.relu6(x)],
  clip: [(x, y) => kernels.clip(x, y, { min: 1, max: 3 }), (tf, x) => tf.clipByValue(x, 1, 3)],
  leakyRelu: [kernels.leakyRelu, (tf, x) => tf.leakyRelu(x)],
  elu: [kernels.elu, (tf, x) => tf.elu(x)],
}

function task(name: string, n: number): BenchTask {
  const [ours, theirs] = pairs[name]
  return {
    task: `${name} f32 ${n}`,
    async prepare() {
      const tf = await tfjsWasm()
      defaultHeap().threads = 1
      const values = Float32Array.from({ length: n }, (_, i) => SPREAD * (((i * 7919) % n) / n - 0.5) + 4.001)
      const memory = arena()
      const x = memory.copy(values)
      const tensor = tf.tensor1d(values)
      return {
        // The result is allocated in the timed part, as tfjs does.
        ours() {
          using scratch = arena()
          const y = scratch.alloc('f32', n)
          ours(x, y)
          return y.ptr
        },
        peers: { 'tfjs-wasm': () => tf.tidy(() => theirs(tf, tensor)).dispose() },
        equal() {
          using scratch = arena()
          const y = scratch.alloc('f32', n)
          ours(x, y)
          const expected = tf.tidy(() => theirs(tf, tensor).dataSync())
          // tfjs's own single-precision compositions lose a few digits.
          return y.view.every((value, i) => Math.abs(value - expected[i]) <= 4e-6 * Math.max(1, Math.abs(expected[i])))
        },
        finish() {
          memory.free()
          tensor.dispose()
        },
      }
    },
  }
}

export const tasks: readonly BenchTask[] = Object.keys(pairs).flatMap((name) => [task(name, 1e4), task(name, 1e6)])
