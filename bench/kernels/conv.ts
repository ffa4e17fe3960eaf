// Convolutions, pools and their gradients in f32, beside stock tfjs-wasm. Both sides allocate their output within the
// timing.
import {
  Heap,
  arena,
  averagePool2d,
  averagePool2dGradient,
  conv2d,
  conv2dFilterGradient,
  conv2dGeometry,
  conv2dInputGradient,
  depthwiseConv2d,
  depthwiseConv2dFilterGradient,
  depthwiseConv2dGeometry,
  depthwiseConv2dInputGradient,
  maxPool2d,
  maxPool2dGradient,
  pool2dGeometry,
} from '@lab/tensor/kernels'
import type { Arena, Block } from '@lab/tensor/kernels'
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import type { BenchTask } from '../task.ts'
import { tfjsWasm } from './tfjs-wasm.ts'
import type { Tf } from './tfjs-wasm.ts'

type Shape = readonly [number, number, number, number]

interface Pair {
  readonly task: string
  readonly inputs: readonly Shape[]
  readonly output: readonly number[]
  /** Fill the first input with positive values, no two of a window alike: tfjs loses the gradient of others. */
  readonly distinct?: boolean
  ours(inputs: readonly Block<'f32'>[], out: Block<'f32'>): void
  /** What tfjs does on the same inputs, or why it cannot. */
  readonly tfjs: ((tf: Tf, inputs: readonly Tensor4D[]) => Tensor) | string
}

interface Layer {
  readonly input: Shape
  readonly filter: Shape
  readonly strides?: number
}

const filtersAbsent = 'stock tfjs-wasm has no kernel for the gradient of a convolution with respect to its filter'
const depthwiseAbsent = 'stock tfjs-wasm has no kernel for the gradients of a depthwise convolution'

function named(layer: Layer): string {
  const [height, width, from, to] = layer.filter
  return `${height}×${width}${layer.strides ? ` by ${layer.strides}` : ''} ${from}→${to} on ${layer.input.slice(0, 3).join('×')}`
}

function convolutions(layer: Layer): Pair[] {
  const g = conv2dGeometry({ ...layer, pad: 'same' })
  const strides = layer.strides ?? 1
  const output = g.output as Shape
  return [
    {
      task: `conv2d ${named(layer)}`,
      inputs: [layer.input, layer.filter],
      output,
      ours: ([x, filter], y) => conv2d(g, { x, filter, y }),
      tfjs: (tf, [x, filter]) => tf.conv2d(x, filter, strides, 'same'),
    },
    {
      task: `conv2d input gradient ${named(layer)}`,
      inputs: [output, layer.filter],
      output: layer.input,
      ours: ([dy, filter], dx) => conv2dInputGradient(g, { dy, filter, dx }),
      tfjs: (tf, [dy, filter]) => tf.conv2dTranspose(dy, filter, [...layer.input], strides, 'same'),
    },
    {
      task: `conv2d filter gradient ${named(layer)}`,
      inputs: [layer.input, output],
      output: layer.filter,
      ours: ([x, dy], dfilter) => conv2dFilterGradient(g, { x, dy, dfilter }),
      tfjs: filtersAbsent,
    },
  ]
}

function depthwise(layer: Layer): Pair[] {
  const g = depthwiseConv2dGeometry({ ...layer, pad: 'same' })
  const strides = layer.strides ?? 1
  const output = g.output as Shape
  return [
    {
      task: `depthwise ${named(layer)}`,
      inputs: [layer.input, layer.filter],
      output,
      ours: ([x, filter], y) => depthwiseConv2d(g, { x, filter, y }),
      tfjs: (tf, [x, filter]) => tf.depthwiseConv2d(x, filter, strides, 'same'),
    },
    {
      task: `depthwise input gradient ${named(layer)}`,
      inputs: [output, layer.filter],
      output: layer.input,
      ours: ([dy, filter], dx) => depthwiseConv2dInputGradient(g, { dy, filter, dx }),
      tfjs: depthwiseAbsent,
    },
    {
      task: `depthwise filter gradient ${named(layer)}`,
      inputs: [layer.input, output],
      output: layer.filter,
      ours: ([x, dy], dfilter) => depthwiseConv2dFilterGradient(g, { x, dy, dfilter }),
      tfjs: depthwiseAbsent,
    },
  ]
}

function pools(input: Shape, window: number, strides: number): Pair[] {
  // Not 'same': tfjs divides by the whole window at the borders in the gradient of the mean, and by less in the mean.
  const g = pool2dGeometry({ input, window, strides })
  const output = g.output as Shape
  const attributes = { filterSize: window, strides, pad: 'valid' }
  const name = `${window}×${window} by ${strides} on ${input.join('×')}`
  return [
    {
      task: `max pool ${name}`,
      inputs: [input],
      output,
      ours: ([x], y) => maxPool2d(g, { x, y }),
      tfjs: (tf, [x]) => tf.maxPool(x, window, strides, 'valid'),
    },
    {
      task: `average pool ${name}`,
      inputs: [input],
      output,
      ours: ([x], y) => averagePool2d(g, { x, y }),
      tfjs: (tf, [x]) => tf.avgPool(x, window, strides, 'valid'),
    },
    {
      task: `max pool gradient ${name}`,
      inputs: [input, output],
      output: input,
      distinct: true,
      ours: ([x, dy], dx) => maxPool2dGradient(g, { x, dy, dx }),
      // What went in alone: tfjs would run the forward pass again. Its kernel looks at the sizes of `output` only.
      tfjs: (tf, [x, dy]) => tf.engine().runKernel('MaxPoolGrad', { dy, input: x, output: dy }, attributes),
    },
    {
      task: `average pool gradient ${name}`,
      inputs: [input, output],
      output: input,
      ours: ([, dy], dx) => averagePool2dGradient(g, { dy, dx }),
      tfjs: (tf, [x, dy]) => tf.engine().runKernel('AvgPoolGrad', { dy, input: x }, attributes),
    },
  ]
}

const pairs: readonly Pair[] = [
  ...convolutions({ input: [32, 28, 28, 1], filter: [3, 3, 1, 16] }),
  ...convolutions({ input: [32, 14, 14, 16], filter: [3, 3, 16, 32] }),
  ...convolutions({ input: [1, 56, 56, 64], filter: [3, 3, 64, 64] }),
  ...convolutions({ input: [4, 56, 56, 64], filter: [3, 3, 64, 64] }),
  ...convolutions({ input: [1, 28, 28, 256], filter: [1, 1, 256, 64] }),
  ...convolutions({ input: [1, 224, 224, 3], filter: [7, 7, 3, 64], strides: 2 }),
  ...depthwise({ input: [1, 112, 112, 32], filter: [3, 3, 32, 1] }),
  ...depthwise({ input: [1, 112, 112, 32], filter: [3, 3, 32, 1], strides: 2 }),
  ...pools([32, 28, 28, 16], 2, 2),
  ...pools([1, 112, 112, 64], 3, 2),
]

/** Small whole numbers: products and sums are exact, so that results agree to the last bit. */
function fill(block: Block<'f32'>, step: number): void {
  block.view.set(block.view.map((_, i) => ((i * step) % 31) - 15))
}

/** Of the largest value: tfjs multiplies by 1/9 where ours divides by 9, in each of the few shares of a sum. */
const CLOSE = 2 ** -21

export const tasks: readonly BenchTask[] = pairs.map((pair) => ({
  task: pair.task,
  async prepare() {
    const tf = await tfjsWasm()
    const heap = new Heap({ threads: 1 })
    const given: Arena = arena(heap)
    const size = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1)
    const inputs = pair.inputs.map((shape) => given.alloc('f32', size(shape)))
    inputs.forEach((block, i) => fill(block, i === 0 ? 7919 : 104729))
    if (pair.distinct) inputs[0]!.view.set(inputs[0]!.view.map((_, i) => 1 + ((i * 7919) % 8191)))
    const tensors = inputs.map((block, i) => tf.tensor4d(block.view.slice(), [...pair.inputs[i]!] as Tensor4D['shape']))
    const { tfjs } = pair
    const peer = typeof tfjs === 'string' ? { absent: tfjs } : () => tf.tidy(() => void tfjs(tf, tensors))
    return {
      ours() {
        using scratch = arena(heap)
        pair.ours(inputs, scratch.alloc('f32', size(pair.output)))
      },
      peers: { 'tfjs-wasm': peer },
      equal() {
        using scratch = arena(heap)
        const out = scratch.alloc('f32', size(pair.output))
        pair.ours(inputs, out)
        if (typeof tfjs === 'string') return true
        const theirs = tf.tidy(() => tfjs(tf, tensors).dataSync<'float32'>())
        const largest = theirs.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
        return theirs.every((value, i) => Math.abs(value - out.view[i]!) <= CLOSE * largest)
      },
      finish() {
        given.free()
        tf.dispose(tensors)
      },
    }
  },
}))
