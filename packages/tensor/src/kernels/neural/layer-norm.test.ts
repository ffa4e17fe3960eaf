import { beforeAll, describe, expect, test } from 'vitest'
import golden from '../../../fixtures/elementwise.json' with { type: 'json' }
import { arena } from '../heap/arena.ts'
import { Heap } from '../heap/heap.ts'
import { layerNorm, layerNormGradient } from './layer-norm.ts'
import { randomNumbers, sameBits, threadsReady } from '../test-heaps.ts'

beforeAll(threadsReady)

// The formulas of fixtures/elementwise.py: rows around 100000, so that single precision alone would lose five digits.
const shape = { rows: 7, cols: 13 }
const x = Float32Array.from({ length: 91 }, (_, i) => (((i * 37) % 101) - 50) / 8 + 100000)
const dy = Float32Array.from({ length: 91 }, (_, i) => (((i * 53) % 97) - 48) / 16)
const gamma = Float32Array.from({ length: 13 }, (_, i) => ((i % 5) + 1) / 4)
const beta = Float32Array.from({ length: 13 }, (_, i) => ((i % 3) - 1) / 2)

/** Some roundings of values up to 8: of the difference, rstd, their product, gamma's and beta's. */
const bound = 8 * 4 * 2 ** -24

function farthest(ours: Iterable<number>, theirs: readonly number[]): number {
  return Math.max(...[...ours].map((value, i) => Math.abs(value - theirs[i])))
}

describe.each([
  ['deterministic', new Heap({ threads: 1 })],
  ['relaxed', new Heap({ threads: 1, relaxed: true })],
] as const)('gives what NumPy gives in double precision: %s', (_, heap) => {
  test('forward and gradients', () => {
    using scratch = arena(heap)
    const [a, d] = [scratch.copy(x), scratch.copy(dy)]
    const [mean, rstd] = [scratch.alloc('f64', 7), scratch.alloc('f64', 7)]
    const y = scratch.alloc('f32', 91)
    const [factor, summand] = [scratch.copy(gamma), scratch.copy(beta)]
    layerNorm({ x: a, gamma: factor, beta: summand, y, mean, rstd, ...shape })
    expect(farthest(y.view, golden.layerNorm.y)).toBeLessThanOrEqual(bound)
    // Sums of 13 doubles near 100000, and of their squared distances.
    expect(farthest(mean.view, golden.layerNorm.mean)).toBeLessThanOrEqual(13 * 2 ** -53 * 1e5)
    expect(farthest(rstd.view, golden.layerNorm.rstd)).toBeLessThanOrEqual(1e-12)
    const [dx, dGamma, dBeta] = [scratch.alloc('f32', 91), scratch.alloc('f32', 13), scratch.alloc('f32', 13)]
    layerNormGradient({ x: a, gamma: factor, mean, rstd, dy: d, dx, dGamma, dBeta, ...shape })
    expect(farthest(dx.view, golden.layerNorm.dx)).toBeLessThanOrEqual(bound)
    // Sums of 7 products.
    expect(farthest(dGamma.view, golden.layerNorm.dGamma)).toBeLessThanOrEqual(7 * bound)
    expect([...dBeta.view]).toEqual(golden.layerNorm.dBeta)
    layerNormGradient({ x: a, gamma: factor, mean, rstd, dy: d, dx: d, dGamma, dBeta, ...shape })
    expect(d.view).toEqual(dx.view)
  })
})

test('is its definition for other shapes, and the same bits everywhere', () => {
  for (const [rows, cols] of [
    [0, 5],
    [3, 0],
    [1, 1],
    [5, 4],
    [70, 3],
    [33, 130],
    [129, 64],
  ]) {
    const values = Float32Array.from(randomNumbers(rows, rows * cols), (value) => value * 10 - 3)
    const slopes = Float32Array.from(randomNumbers(cols + 7, rows * cols), (value) => value - 0.5)
    const results = sameBits.map(([, heap]) => {
      using scratch = arena(heap)
      const [a, y] = [scratch.copy(values), scratch.alloc('f32', rows * cols)]
      const [mean, rstd] = [scratch.alloc('f64', rows), scratch.alloc('f64', rows)]
      layerNorm({ x: a, y, mean, rstd, rows, cols })
      const dx = scratch.copy(slopes)
      const [dGamma, dBeta] = [scratch.alloc('f32', cols), scratch.alloc('f32', cols)]
      layerNormGradient({ x: a, mean, rstd, dy: dx, dx, dGamma, dBeta, rows, cols })
      return [y, dx, dGamma, dBeta].map(({ view }) => view.slice())
    })
    for (const result of results) expect(result).toEqual(results[0])
    const [y, dx, dGamma] = results[0]
    const sums = new Float64Array(cols)
    for (let row = 0; row < rows && cols > 0; row++) {
      const line = Array.from(values.subarray(row * cols, (row + 1) * cols))
      const slope = Array.from(slopes.subarray(row * cols, (row + 1) * cols))
      const average = (list: number[]): number => list.reduce((total, one) => total + one, 0) / cols
      const mean = average(line)
      const rstd = 1 / Math.sqrt(average(line.map((one) => (one - mean) ** 2)) + 1e-5)
      const unit = line.map((one) => (one - mean) * rstd)
      const [level, tilt] = [average(slope), average(slope.map((one, i) => one * unit[i]))]
      unit.forEach((one, i) => (sums[i] += one * slope[i]))
      expect(farthest(y.subarray(row * cols, (row + 1) * cols), unit)).toBeLessThanOrEqual(bound)
      const expected = slope.map((one, i) => rstd * (one - level - unit[i] * tilt))
      // A single column has variance 0 and rstd 1/√epsilon, which multiplies every rounding.
      expect(farthest(dx.subarray(row * cols, (row + 1) * cols), expected)).toBeLessThanOrEqual(
        bound * Math.max(1, rstd),
      )
    }
    // Single precision within blocks of 32 rows.
    if (cols > 0) expect(farthest(dGamma, [...sums])).toBeLessThanOrEqual(32 * bound)
  }
})

test('bad input is refused before anything is written', () => {
  const heap = new Heap({ threads: 1 })
  {
    using scratch = arena(heap)
    const a = scratch.zeros('f32', 6)
    const [mean, rstd, short] = [scratch.zeros('f64', 2), scratch.zeros('f64', 2), scratch.zeros('f32', 2)]
    const sizes = { rows: 2, cols: 3 }
    expect(() => layerNorm({ x: a, y: a, mean, rstd, gamma: short, ...sizes })).toThrow(
      'gamma holds 2 values, but the work needs 3',
    )
    expect(() => layerNorm({ x: a, y: a, mean, rstd, rows: 3, cols: 3 })).toThrow('x has 6 values, but 3 × 3 are 9')
    const [dGamma, dBeta] = [scratch.zeros('f32', 3), scratch.zeros('f32', 3)]
    const gradient = { x: a, mean, rstd, dy: scratch.zeros('f32', 6), dx: a, dGamma, dBeta, ...sizes }
    expect(() => layerNormGradient(gradient)).toThrow('dx must not be x')
    expect([...a.view]).toEqual([0, 0, 0, 0, 0, 0])
  }
  expect(heap.bytesInUse).toBe(0)
})
