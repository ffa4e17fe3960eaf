import type { Block } from '../heap/block.ts'
import { heapOf } from '../heap/operands.ts'
import { shareBytes } from '../heap/overlap.ts'
import type { FloatDType } from '../products/stored-matrix.ts'
import { optimizerBinary } from '../wasm/optimizer.generated.ts'

/** Values below which waking a second thread costs more than it saves. */
const GRAIN = 16384

/** What `adamStep` reads and writes. */
export interface AdamStepOptions<D extends FloatDType> {
  /** Changed in place. */
  readonly parameters: Block<D>
  readonly gradient: Block<D>
  /** The running mean of gradients, changed in place. Zeros before the first step. */
  readonly m: Block<D>
  /** The running mean of squared gradients, changed in place. Zeros before the first step. */
  readonly v: Block<D>
  /** Which step this is: 1, 2, 3 … */
  readonly step: number
  /** How far a step goes. Default 0.001. */
  readonly learningRate?: number
  /** How slowly m forgets. Default 0.9. */
  readonly beta1?: number
  /** How slowly v forgets. Default 0.999. */
  readonly beta2?: number
  /** Keeps steps finite where v vanishes. Default 1e-8. */
  readonly epsilon?: number
  /** Shrinks the parameters by this × learningRate in each step, apart from the gradient (AdamW). Default 0. */
  readonly weightDecay?: number
}

/**
 * One step of Adam (AdamW with `weightDecay`), in one pass over the memory.
 *
 * @example
 * ```ts
 * import { adamStep, arena } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const parameters = scratch.copy(new Float64Array([1, 2]))
 * const gradient = scratch.copy(new Float64Array([4, -4]))
 * const [m, v] = [scratch.zeros('f64', 2), scratch.zeros('f64', 2)]
 * adamStep({ parameters, gradient, m, v, step: 1, learningRate: 0.5, beta1: 0.5, beta2: 0.75, epsilon: 0 })
 * parameters.view // → [0.5,2.5]
 * ```
 */
export function adamStep<D extends FloatDType>(options: AdamStepOptions<D>): void {
  const { parameters, gradient, m, v, step, learningRate = 0.001, beta1 = 0.9, beta2 = 0.999 } = options
  const { epsilon = 1e-8, weightDecay = 0 } = options
  if (!Number.isInteger(step) || step < 1) {
    throw new RangeError(`adamStep: step must be a whole number, 1 or more, got ${step}. Count the steps from 1.`)
  }
  for (const [name, beta] of Object.entries({ beta1, beta2 })) {
    if (!(beta >= 0 && beta < 1)) throw new RangeError(`adamStep: ${name} must be from 0 on and below 1, got ${beta}.`)
  }
  const heap = heapOfAll('adamStep', { parameters, gradient, m, v })
  const rate = learningRate / (1 - beta1 ** step)
  const root = 1 / Math.sqrt(1 - beta2 ** step)
  const numbers = [beta1, beta2, rate, root, epsilon, 1 - learningRate * weightDecay]
  const args = [...numbers, parameters.ptr, gradient.ptr, m.ptr, v.ptr]
  const split = { count: parameters.length, grain: GRAIN }
  heap.parallel(heap.load(optimizerBinary), `adam_${parameters.dtype}`, args, split)
}

/** What `sgdStep` reads and writes. */
export interface SgdStepOptions<D extends FloatDType> {
  /** Changed in place. */
  readonly parameters: Block<D>
  readonly gradient: Block<D>
  /** The running sum of gradients, changed in place; zeros before the first step. Needed for momentum only. */
  readonly velocity?: Block<D>
  /** How far a step goes. Default 0.01. */
  readonly learningRate?: number
  /** How slowly the velocity forgets. Default 0. */
  readonly momentum?: number
  /** Go where the momentum will have led (Nesterov). Default false. */
  readonly nesterov?: boolean
  /** Adds this × parameters to the gradient. Default 0. */
  readonly weightDecay?: number
}

/**
 * One step of gradient descent, with momentum or without, in one pass over the memory. As in PyTorch, the velocity is
 * momentum·velocity + gradient.
 *
 * @example
 * ```ts
 * import { arena, sgdStep } from '@lab/tensor/kernels'
 *
 * using scratch = arena()
 * const parameters = scratch.copy(new Float64Array([1, 2]))
 * sgdStep({ parameters, gradient: scratch.copy(new Float64Array([4, -4])), learningRate: 0.25 })
 * parameters.view // → [0,3]
 * ```
 */
export function sgdStep<D extends FloatDType>(options: SgdStepOptions<D>): void {
  const {
    parameters,
    gradient,
    velocity,
    learningRate = 0.01,
    momentum = 0,
    nesterov = false,
    weightDecay = 0,
  } = options
  if ((momentum !== 0 || nesterov) && velocity === undefined) {
    throw new TypeError('sgdStep: momentum needs a velocity. Give a block of zeros before the first step, and keep it.')
  }
  const heap = heapOfAll('sgdStep', velocity ? { parameters, gradient, velocity } : { parameters, gradient })
  const numbers = [learningRate, momentum, weightDecay, nesterov ? 1 : 0]
  const args = [...numbers, parameters.ptr, gradient.ptr, velocity?.ptr ?? 0]
  const split = { count: parameters.length, grain: GRAIN }
  heap.parallel(heap.load(optimizerBinary), `sgd_${parameters.dtype}`, args, split)
}

/** Checks blocks that all have the parameters' type and length, and share no memory. */
function heapOfAll(who: string, blocks: Readonly<Record<string, Block>>): ReturnType<typeof heapOf> {
  const { parameters } = blocks
  const entries = Object.entries(blocks)
  for (const [i, [name, block]] of entries.entries()) {
    if (block.length !== parameters.length || block.dtype !== parameters.dtype) {
      throw new RangeError(
        `${who}: parameters are ${parameters.length} values of ${parameters.dtype}, but ${name} is ${block.length} of ` +
          `${block.dtype}. They must match.`,
      )
    }
    for (const [other, second] of entries.slice(i + 1)) {
      if (shareBytes(block, second)) {
        throw new RangeError(`${who}: ${name} and ${other} share memory. Each needs a block of its own.`)
      }
    }
  }
  return heapOf(who, Object.fromEntries(entries.map(([name, block]) => [name, [block, block.length] as const])))
}
