import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import golden from '../../../fixtures/elementwise.json' with { type: 'json' }
import { arena } from '../heap/arena.ts'
import { Heap } from '../heap/heap.ts'
import { logSoftmax, logSoftmaxGradient, softmax, softmaxCrossEntropy, softmaxGradient } from './softmax.ts'
import { randomNumbers, sameBits, threadsReady } from '../test-heaps.ts'

beforeAll(threadsReady)

const heap = new Heap({ threads: 1 })
const shape = { rows: 7, cols: 13 }
// The formulas of fixtures/elementwise.py.
const x = Float64Array.from({ length: 91 }, (_, i) => (((i * 37) % 101) - 50) / 8)
const dy = Float64Array.from({ length: 91 }, (_, i) => (((i * 53) % 97) - 48) / 16)
const labels = Int32Array.from({ length: 7 }, (_, i) => (i * 5) % 13)

/**
 * A value is a few roundings away from the truth: one of x − max, whose error grows with its size (at most 13 here), exp,
 * the sum, the division, and a product.
 */
const ulps = 16

describe.each([
  ['f64', 'deterministic', heap, 2 ** -53],
  ['f32', 'deterministic', heap, 2 ** -24],
  ['f64', 'relaxed', new Heap({ threads: 1, relaxed: true }), 2 ** -53],
  ['f32', 'relaxed', new Heap({ threads: 1, relaxed: true }), 2 ** -24],
] as const)('gives what SciPy gives: %s, %s', (dtype, _, where, unit) => {
  /** Largest difference, relative to the larger of the value and `scale`. */
  const error = (ours: Iterable<number>, theirs: readonly number[], scale: number): number =>
    Math.max(...[...ours].map((value, i) => Math.abs(value - theirs[i]) / Math.max(scale, Math.abs(theirs[i]))))

  test('softmax and logSoftmax', () => {
    using scratch = arena(where)
    const [a, y] = [scratch.alloc(dtype, 91), scratch.alloc(dtype, 91)]
    a.view.set(x)
    softmax(a, y, shape)
    expect(error(y.view, golden.softmax.y, 0)).toBeLessThanOrEqual(ulps * unit)
    logSoftmax(a, y, shape)
    expect(error(y.view, golden.softmax.log, 1)).toBeLessThanOrEqual(ulps * unit)
    logSoftmax(a, a, shape)
    expect(a.view).toEqual(y.view)
  })

  test('gradients', () => {
    using scratch = arena(where)
    const [y, d] = [scratch.alloc(dtype, 91), scratch.alloc(dtype, 91)]
    y.view.set(golden.softmax.y)
    d.view.set(dy)
    softmaxGradient({ y, dy: d, dx: y }, shape)
    // The differences cancel: the bound is relative to the largest slopes, 3, times the value.
    expect(error(y.view, golden.softmax.dx, 3)).toBeLessThanOrEqual(ulps * unit)
    y.view.set(golden.softmax.log)
    logSoftmaxGradient({ y, dy: d, dx: d }, shape)
    expect(error(d.view, golden.softmax.logDx, 13)).toBeLessThanOrEqual(ulps * unit)
  })

  test('cross-entropy and its gradient, in place', () => {
    using scratch = arena(where)
    const [logits, loss] = [scratch.alloc(dtype, 91), scratch.alloc(dtype, 7)]
    logits.view.set(x)
    const options = { logits, labels: scratch.copy(labels), loss, ...shape }
    softmaxCrossEntropy(options)
    expect(error(loss.view, golden.softmax.loss, 1)).toBeLessThanOrEqual(ulps * unit)
    const alone = loss.view.slice()
    softmaxCrossEntropy({ ...options, gradient: logits, scale: 1 / 7 })
    expect(loss.view).toEqual(alone)
    expect(error(logits.view, golden.softmax.gradient, 1 / 7)).toBeLessThanOrEqual(ulps * unit)
  })
})

const someRows = fc.record({ rows: fc.nat(9), cols: fc.oneof(fc.nat(40), fc.constantFrom(127, 1000)), seed: fc.nat() })

test('rows add up to 1, do not change when a number is added, and are the same bits everywhere', () => {
  fc.assert(
    fc.property(someRows, ({ rows, cols, seed }) => {
      const values = Float32Array.from(randomNumbers(seed, rows * cols), (value) => Math.round(value * 4096) / 256 - 8)
      const results = sameBits.map(([, where]) => {
        using scratch = arena(where)
        const a = scratch.copy(values)
        softmax(a, a, { rows, cols })
        const shifted = scratch.copy(values.map((value) => value + 64))
        softmax(shifted, shifted, { rows, cols })
        expect(shifted.view).toEqual(a.view)
        return a.view.slice()
      })
      for (const result of results) expect(result).toEqual(results[0])
      for (let row = 0; row < rows && cols > 0; row++) {
        const sum = results[0].subarray(row * cols, (row + 1) * cols).reduce((total, value) => total + value, 0)
        // Every value is rounded by at most ulps/2 of its own size.
        expect(Math.abs(sum - 1)).toBeLessThanOrEqual(ulps * 2 ** -24)
      }
    }),
  )
})

test('infinities and NaN', () => {
  using scratch = arena(heap)
  const rows = [
    [0, -Infinity, 0, -Infinity, -Infinity],
    [1, 2, NaN, 3, 4],
    [-Infinity, -Infinity, -Infinity, -Infinity, -Infinity],
    [0, Infinity, 0, 0, 0],
  ]
  const a = scratch.copy(Float32Array.from(rows.flat()))
  const y = scratch.alloc('f32', 20)
  softmax(a, y, { rows: 4, cols: 5 })
  expect([...y.view]).toEqual([0.5, 0, 0.5, 0, 0, ...Array.from({ length: 15 }, () => NaN)])
  const masked = scratch.copy(new Float64Array([0, -Infinity]))
  logSoftmax(masked, masked, { rows: 1, cols: 2 })
  expect([...masked.view]).toEqual([0, -Infinity])
})

test('bad input is refused before anything is written', () => {
  const before = heap.bytesInUse
  {
    using scratch = arena(heap)
    const six = scratch.zeros('f32', 6)
    expect(() => softmax(six, six, { rows: 2, cols: 2 })).toThrow('softmax: x has 6 values, but 2 × 2 are 4')
    expect(() => softmax(six, six, { rows: -2, cols: -3 })).toThrow('rows must be a whole number')
    expect(() => softmax(six.at(0, 4), six.at(1, 4), { rows: 2, cols: 2 })).toThrow('x and y overlap in part')
    // @ts-expect-error -- one type for both
    expect(() => softmax(six, scratch.zeros('f64', 6), { rows: 2, cols: 3 })).toThrow('y is of f64, but must be of f32')
    const loss = scratch.zeros('f32', 2)
    const wrong = { logits: six, labels: scratch.copy(new Int32Array([0, 3])), loss, gradient: six, rows: 2, cols: 3 }
    expect(() => softmaxCrossEntropy(wrong)).toThrow('the label of row 1 is 3. Labels are columns, from 0 to 2')
    expect([...six.view, ...loss.view]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  }
  expect(heap.bytesInUse).toBe(before)
})
