import { beforeAll, describe, expect, test } from 'vitest'
import golden from '../../../fixtures/elementwise.json' with { type: 'json' }
import { arena } from '../heap/arena.ts'
import { Heap } from '../heap/heap.ts'
import { adamStep, sgdStep } from './optimizer.ts'
import { randomNumbers, sameBits, threadsReady } from '../test-heaps.ts'

beforeAll(threadsReady)

const heap = new Heap({ threads: 1 })
// The formulas of fixtures/elementwise.py.
const start = Float64Array.from({ length: 91 }, (_, i) => (((i * 37) % 101) - 50) / 8)
const slopes = Float64Array.from({ length: 91 }, (_, i) => (((i * 53) % 97) - 48) / 16)

describe.each([
  ['f64', 2 ** -53],
  ['f32', 2 ** -24],
] as const)('adamStep: three steps as in the paper, %s', (dtype, unit) => {
  test.each([
    ['plain', 0],
    ['decayed', 0.1],
  ] as const)('%s', (name, weightDecay) => {
    using scratch = arena(heap)
    const [parameters, gradient] = [scratch.alloc(dtype, 91), scratch.alloc(dtype, 91)]
    const [m, v] = [scratch.zeros(dtype, 91), scratch.zeros(dtype, 91)]
    parameters.view.set(start)
    for (let step = 1; step <= 3; step++) {
      gradient.view.set(slopes.map((slope) => slope * step))
      adamStep({ parameters, gradient, m, v, step, learningRate: 0.01, weightDecay })
    }
    // In each step a product and a difference of numbers up to 6.4 are rounded.
    const farthest = Math.max(...golden.adam[name].map((value, i) => Math.abs(parameters.view[i] - value)))
    expect(farthest).toBeLessThanOrEqual(3 * 2 * 6.4 * unit)
  })
})

describe('sgdStep is its definition', () => {
  test.each([
    [0, false, 0],
    [0.5, false, 0.25],
    [0.5, true, 0],
  ])('momentum %d, nesterov %s, weight decay %d', (momentum, nesterov, weightDecay) => {
    using scratch = arena(heap)
    const parameters = scratch.copy(start)
    const gradient = scratch.copy(slopes)
    const velocity = scratch.zeros('f64', 91)
    const expected = start.slice()
    const speeds = new Float64Array(91)
    for (let step = 0; step < 3; step++) {
      sgdStep({ parameters, gradient, velocity, learningRate: 0.125, momentum, nesterov, weightDecay })
      for (let i = 0; i < 91; i++) {
        const slope = slopes[i] + weightDecay * expected[i]
        speeds[i] = momentum * speeds[i] + slope
        expected[i] -= 0.125 * (nesterov ? slope + momentum * speeds[i] : speeds[i])
      }
    }
    // Powers of two and few digits: nothing is rounded.
    expect(parameters.view).toEqual(expected)
    expect(velocity.view).toEqual(speeds)
  })
})

test('the same bits at every thread count and in every memory, for every length', () => {
  for (const n of [0, 1, 3, 4, 5, 50001]) {
    const values = Float32Array.from(randomNumbers(n, n))
    const results = sameBits.map(([, where]) => {
      using scratch = arena(where)
      const [parameters, gradient] = [scratch.copy(values), scratch.copy(values.map((value) => value - 0.5))]
      const [m, v] = [scratch.zeros('f32', n), scratch.zeros('f32', n)]
      adamStep({ parameters, gradient, m, v, step: 1 })
      sgdStep({ parameters, gradient, velocity: m, momentum: 0.9 })
      return [parameters, m, v].map(({ view }) => view.slice())
    })
    for (const result of results) expect(result).toEqual(results[0])
  }
})

test('bad input is refused before anything is written', () => {
  const before = heap.bytesInUse
  {
    using scratch = arena(heap)
    const [parameters, gradient, m, v] = Array.from({ length: 4 }, () => scratch.zeros('f32', 4))
    const options = { parameters, gradient, m, v, step: 1 }
    expect(() => adamStep({ ...options, step: 0 })).toThrow('Count the steps from 1')
    expect(() => adamStep({ ...options, beta1: 1 })).toThrow('beta1 must be from 0 on and below 1')
    expect(() => adamStep({ ...options, m: v })).toThrow('m and v share memory')
    expect(() => adamStep({ ...options, gradient: scratch.zeros('f32', 3) })).toThrow('gradient is 3 of f32')
    expect(() => sgdStep({ parameters, gradient, momentum: 0.9 })).toThrow('momentum needs a velocity')
    expect([...parameters.view]).toEqual([0, 0, 0, 0])
  }
  expect(heap.bytesInUse).toBe(before)
})
