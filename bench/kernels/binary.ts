// Functions of two f32 values, with broadcasting, beside stock tfjs-wasm.
import * as kernels from '@lab/tensor/kernels'
import type { Binary, Block, Comparison } from '@lab/tensor/kernels'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { BenchTask } from '../task.ts'
import { againstTfjs, scattered } from './against-tfjs.ts'
import type { Tf } from './tfjs-wasm.ts'

type Theirs = (tf: Tf, x: Tensor, y: Tensor) => Tensor

const arithmetic: Readonly<Record<string, readonly [Binary<'f32'>, Theirs]>> = {
  add: [kernels.add, (tf, x, y) => tf.add(x, y)],
  sub: [kernels.sub, (tf, x, y) => tf.sub(x, y)],
  mul: [kernels.mul, (tf, x, y) => tf.mul(x, y)],
  div: [kernels.div, (tf, x, y) => tf.div(x, y)],
  maximum: [kernels.maximum, (tf, x, y) => tf.maximum(x, y)],
  minimum: [kernels.minimum, (tf, x, y) => tf.minimum(x, y)],
  squaredDifference: [kernels.squaredDifference, (tf, x, y) => tf.squaredDifference(x, y)],
  mod: [kernels.mod, (tf, x, y) => tf.mod(x, y)],
  pow: [kernels.pow, (tf, x, y) => tf.pow(x, y)],
}
const comparisons: Readonly<Record<string, readonly [Comparison, Theirs]>> = {
  equal: [kernels.equal, (tf, x, y) => tf.equal(x, y)],
  less: [kernels.less, (tf, x, y) => tf.less(x, y)],
  greaterEqual: [kernels.greaterEqual, (tf, x, y) => tf.greaterEqual(x, y)],
}

/** tfjs loses digits in powers and remainders. */
const tolerance = 1e-4

function task(name: string, how: string, x: readonly number[], y: readonly number[]): BenchTask {
  const count = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1)
  const shared = {
    task: `${name} f32 ${how}`,
    inputs: [
      { values: scattered(count(x), 0.5, 4), shape: x },
      { values: scattered(count(y), 1, 3).reverse(), shape: y },
    ],
    tolerance,
  }
  const shapes = count(x) === count(y) ? undefined : { x, y }
  if (name in comparisons) {
    const [ours, theirs] = comparisons[name]
    return againstTfjs({
      ...shared,
      outputs: { dtype: 'u8', length: count(x) },
      ours: ([a, b], out) => ours(a, b, out as Block<'u8'>, shapes),
      tfjs: (tf, [a, b]) => theirs(tf, a, b),
    })
  }
  const [ours, theirs] = arithmetic[name]
  return againstTfjs({
    ...shared,
    outputs: { dtype: 'f32', length: count(x) },
    ours: ([a, b], out) => ours(a, b, out as Block<'f32'>, shapes),
    tfjs: (tf, [a, b]) => theirs(tf, a, b),
  })
}

export const tasks: readonly BenchTask[] = [
  ...[...Object.keys(arithmetic), ...Object.keys(comparisons)].flatMap((name) =>
    [1e4, 1e6].map((n) => task(name, String(n), [n], [n])),
  ),
  ...['add', 'mul', 'less'].flatMap((name) => [
    task(name, '1000×1000 and a number', [1000, 1000], [1]),
    task(name, '1000×1000 and a row', [1000, 1000], [1000]),
    task(name, '1000×1000 and a column', [1000, 1000], [1000, 1]),
    task(name, '100×100 and a row', [100, 100], [100]),
  ]),
]
