// Softmax, layer norm and Adam steps of f32, beside what stock tfjs-wasm has or is composed of.
import { adamStep, arena, layerNorm, logSoftmax, softmax, softmaxCrossEntropy } from '@lab/tensor/kernels'
import type { Block } from '@lab/tensor/kernels'
import type { BenchTask } from '../task.ts'
import { againstTfjs, scattered } from './against-tfjs.ts'

const shapes = [
  [100, 100],
  [128, 10],
  [1000, 1000],
  [4096, 256],
] as const

function rowTasks(rows: number, cols: number): BenchTask[] {
  const n = rows * cols
  const x = { values: scattered(n, -4, 4), shape: [rows, cols] }
  const size = `${rows}×${cols}`
  const outputs = { dtype: 'f32', length: n } as const
  const labels = Int32Array.from({ length: rows }, (_, i) => (i * 7) % cols)
  return [
    againstTfjs({
      task: `softmax f32 ${size}`,
      inputs: [x],
      outputs,
      ours: ([a], out) => softmax(a, out as Block<'f32'>, { rows, cols }),
      tfjs: (tf, [a]) => tf.softmax(a),
    }),
    againstTfjs({
      task: `logSoftmax f32 ${size}`,
      inputs: [x],
      outputs,
      ours: ([a], out) => logSoftmax(a, out as Block<'f32'>, { rows, cols }),
      tfjs: (tf, [a]) => tf.logSoftmax(a),
      tolerance: 1e-5,
    }),
    againstTfjs({
      task: `cross-entropy and gradient f32 ${size}`,
      inputs: [x],
      outputs,
      ours([logits], gradient) {
        using scratch = arena(logits.heap)
        const loss = scratch.alloc('f32', rows)
        const places = scratch.copy(labels)
        softmaxCrossEntropy({ logits, labels: places, loss, gradient: gradient as Block<'f32'>, rows, cols })
      },
      tfjs(tf, [logits]) {
        const hot = tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), cols), 'float32')
        const logs = tf.logSoftmax(logits)
        tf.neg(tf.sum(tf.mul(hot, logs), -1))
        return tf.sub(tf.exp(logs), hot)
      },
      tolerance: 1e-5,
    }),
    againstTfjs({
      task: `layerNorm f32 ${size}`,
      inputs: [
        x,
        { values: scattered(cols, 0.5, 1.5), shape: [cols] },
        { values: scattered(cols, -1, 1), shape: [cols] },
      ],
      outputs,
      ours([a, gamma, beta], y) {
        using scratch = arena(a.heap)
        const [mean, rstd] = [scratch.alloc('f64', rows), scratch.alloc('f64', rows)]
        layerNorm({ x: a, gamma, beta, y: y as Block<'f32'>, mean, rstd, rows, cols })
      },
      tfjs(tf, [a, gamma, beta]) {
        const { mean, variance } = tf.moments(a, -1, true)
        const unit = tf.mul(tf.sub(a, mean), tf.rsqrt(tf.add(variance, 1e-5)))
        return tf.add(tf.mul(unit, gamma), beta)
      },
      tolerance: 1e-4,
    }),
  ]
}

function adamTask(n: number): BenchTask {
  const shape = [n]
  const [rate, beta1, beta2, epsilon] = [0.001, 0.9, 0.999, 1e-7]
  return againstTfjs({
    task: `Adam step f32 ${n}`,
    inputs: [
      { values: scattered(n, -1, 1), shape },
      { values: scattered(n, -1, 1).reverse(), shape },
      { values: new Float32Array(n), shape },
      { values: new Float32Array(n), shape },
    ],
    outputs: { dtype: 'f32', length: n },
    // Ours works in place; the copies keep every run the same.
    ours([p, g, m, v], parameters) {
      using scratch = arena(p.heap)
      const [mean, square] = [scratch.alloc('f32', n), scratch.alloc('f32', n)]
      mean.view.set(m.view)
      square.view.set(v.view)
      parameters.view.set(p.view)
      const target = parameters as Block<'f32'>
      adamStep({ parameters: target, gradient: g, m: mean, v: square, step: 1, learningRate: rate, epsilon })
    },
    // What tf.train.adam does to each variable.
    tfjs(tf, [p, g, m, v]) {
      const mean = tf.add(tf.mul(m, beta1), tf.mul(g, 1 - beta1))
      const square = tf.add(tf.mul(v, beta2), tf.mul(tf.square(g), 1 - beta2))
      const step = tf.div(tf.div(mean, 1 - beta1), tf.add(tf.sqrt(tf.div(square, 1 - beta2)), epsilon))
      return tf.add(tf.mul(step, -rate), p)
    },
  })
}

export const tasks: readonly BenchTask[] = [
  ...shapes.flatMap(([rows, cols]) => rowTasks(rows, cols)),
  ...[1e4, 1e6].map(adamTask),
]
