// Functions of one f32 value beside stock tfjs-wasm.
import * as kernels from '@lab/tensor/kernels'
import type { Block } from '@lab/tensor/kernels'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { BenchTask } from '../task.ts'
import { againstTfjs, scattered } from './against-tfjs.ts'
import type { Tf } from './tfjs-wasm.ts'

type Ours = (x: Block<'f32'>, y: Block<'f32'>) => void
type Theirs = (tf: Tf, x: Tensor) => Tensor

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

/** Those that are defined below zero are timed on both signs. */
const positive = ['log', 'log1p', 'sqrt', 'rsqrt', 'reciprocal']

/** Those that take a series: enough work for a value that a second thread pays. */
const series = ['exp', 'expm1', 'log', 'log1p', 'tanh', 'sigmoid', 'softplus', 'erf', 'gelu', 'sin', 'cos', 'elu']

function task(name: string, n: number, threads: number): BenchTask {
  const [ours, theirs] = pairs[name]
  return againstTfjs({
    task: `${name} f32 ${n}${threads > 1 ? `, ${threads} threads` : ''}`,
    inputs: [{ values: scattered(n, positive.includes(name) ? 0.01 : -8, 8), shape: [n] }],
    outputs: { dtype: 'f32', length: n },
    ours: ([x], out) => ours(x, out as Block<'f32'>),
    tfjs: (tf, [x]) => theirs(tf, x),
    threads,
  })
}

export const tasks: readonly BenchTask[] = [
  ...Object.keys(pairs).flatMap((name) => [task(name, 1e4, 1), task(name, 1e6, 1)]),
  ...series.map((name) => task(name, 1e6, 2)),
]
