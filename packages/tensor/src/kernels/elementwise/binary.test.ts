import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { ulpsFrom } from '../../../fixtures/ulps.ts'
import { arena } from '../heap/arena.ts'
import * as arithmetic from './arithmetic.ts'
import type { Block } from '../heap/block.ts'
import * as comparison from './comparison.ts'
import type { DType } from '../heap/dtype.ts'
import { Heap } from '../heap/heap.ts'
import { select } from './select.ts'
import { randomNumbers, sameBits, threadsReady } from '../test-heaps.ts'

beforeAll(threadsReady)

const heap = new Heap({ threads: 1 })
const relaxed = new Heap({ threads: 1, relaxed: true })

/** Python's remainder. */
function floorMod(x: number, y: number): number {
  const r = x % y
  if (r === 0) return y < 0 || Object.is(y, -0) ? -0 : 0
  return r < 0 === y < 0 ? r : r + y
}

/** IEEE 754's power, which JavaScript leaves in two places. */
function ieeePow(x: number, y: number): number {
  return x === 1 || (Math.abs(x) === 1 && Math.abs(y) === Infinity) ? 1 : x ** y
}

const { pow, ...exact } = arithmetic
const comparisons = { ...comparison }
const definitions: Readonly<Record<keyof typeof exact, (x: number, y: number) => number>> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  maximum: Math.max,
  minimum: Math.min,
  mod: floorMod,
  squaredDifference: (x, y) => (x - y) * (x - y),
}
const answers: Readonly<Record<keyof typeof comparison, (x: number, y: number) => boolean>> = {
  equal: (x, y) => x === y,
  notEqual: (x, y) => x !== y,
  less: (x, y) => x < y,
  lessEqual: (x, y) => x <= y,
  greater: (x, y) => x > y,
  greaterEqual: (x, y) => x >= y,
}

const special = [0, -0, 1, -1, 2, -2, 0.5, -0.5, 3, -3, 2.5, -2.5, Infinity, -Infinity, NaN, 2 ** -140, -(2 ** -149)]
const numbers = [...special, 2 ** 127, 16777217, -16777215, 7.25, 1e-3, 12345.678].map(Math.fround)
const allPairs = numbers.flatMap((x) => numbers.map((y) => [x, y] as const))

describe.each(['f64', 'f32'] as const)('every pair of special values: %s', (dtype) => {
  const round = dtype === 'f32' ? Math.fround : (x: number): number => x
  const run = <O extends DType>(
    f: (x: Block<typeof dtype>, y: Block<typeof dtype>, out: Block<O>) => void,
    kind: O,
  ): number[] => {
    using scratch = arena(heap)
    const [x, y] = [scratch.alloc(dtype, allPairs.length), scratch.alloc(dtype, allPairs.length)]
    x.view.set(allPairs.map(([a]) => a))
    y.view.set(allPairs.map(([, b]) => b))
    const out = scratch.alloc(kind, allPairs.length)
    f(x, y, out)
    return [...out.view]
  }
  test.each(Object.entries(definitions))('%s', (name, truth) => {
    // Products are rounded where JavaScript's are: after each operation.
    const expected = allPairs.map(([x, y]) => {
      if (name === 'squaredDifference') return round(round(x - y) * round(x - y))
      return round(truth(x, y))
    })
    expect(run(exact[name as keyof typeof exact], dtype)).toEqual(expected)
  })
  test.each(Object.entries(answers))('%s', (name, truth) => {
    expect(run(comparisons[name as keyof typeof comparison], 'u8')).toEqual(
      allPairs.map(([x, y]) => Number(truth(x, y))),
    )
  })
})

describe.each([
  ['deterministic', heap],
  ['relaxed', relaxed],
] as const)('pow, %s build', (_, where) => {
  const powers = (pairs: readonly (readonly [number, number])[]): Float32Array => {
    using scratch = arena(where)
    const out = scratch.alloc('f32', pairs.length)
    pow(scratch.copy(Float32Array.from(pairs, ([x]) => x)), scratch.copy(Float32Array.from(pairs, ([, y]) => y)), out)
    return out.view.slice()
  }
  test('special cases as in IEEE 754', () => {
    const ours = powers(allPairs)
    const errors = allPairs.map(([x, y], i) => ulpsFrom(ours[i], ieeePow(x, y)))
    expect(Math.max(...errors)).toBeLessThanOrEqual(1)
  })
  test('within an ulp, also of subnormal results', () => {
    const random = randomNumbers(3, 400_000)
    const pairs = Array.from({ length: 200_000 }, (__, i) => {
      // From near 1, where the exponent is large, to the ends of the range.
      const x = 2 ** ((random[2 * i] - 0.5) * 2 ** (8 - (i % 20)))
      const y = ((random[2 * i + 1] - 0.5) * 300) / Math.max(0.5, Math.abs(Math.log2(x)))
      return [Math.fround(x), Math.fround(y)] as const
    })
    const ours = powers(pairs)
    let worst = 0
    pairs.forEach(([x, y], i) => (worst = Math.max(worst, ulpsFrom(ours[i], x ** y))))
    expect(worst).toBeLessThanOrEqual(1)
  })
})

test('mod is exact for quotients of any size', () => {
  fc.assert(
    fc.property(fc.float(), fc.float(), (x, y) => {
      using scratch = arena(heap)
      const out = scratch.copy(Float32Array.of(x))
      arithmetic.mod(out, y, out)
      // Remainders of floats are floats; the sum for the other sign is rounded once.
      expect(out.view[0]).toEqual(Math.fround(floorMod(x, y)))
    }),
  )
})

/** The definition of broadcasting: an index per dimension, 0 where the size is 1. */
function broadcast(shape: readonly number[], of: readonly number[], values: Float64Array): number[] {
  const count = shape.reduce((a, b) => a * b, 1)
  return Array.from({ length: count }, (_, flat) => {
    let at = 0
    let stride = 1
    for (let d = 1; d <= of.length; d++) {
      const after = shape.slice(shape.length - d + 1).reduce((a, b) => a * b, 1)
      const index = Math.floor(flat / after) % shape[shape.length - d]
      if (of[of.length - d] !== 1) at += index * stride
      stride *= of[of.length - d]
    }
    return values[at]
  })
}

const someShapes = fc
  .array(fc.tuple(fc.constantFrom(1, 2, 3, 5, 9), fc.constantFrom('both', 'x', 'y')), { maxLength: 6 })
  .chain((sizes) =>
    fc.record({
      sizes: fc.constant(sizes.map(([size]) => size)),
      x: fc.constant(sizes.map(([size, who]) => (who === 'y' ? 1 : size))),
      y: fc.constant(sizes.map(([size, who]) => (who === 'x' ? 1 : size))),
      cut: fc.nat(sizes.length),
    }),
  )
  // Leading ones may be left out.
  .map(({ sizes, x, y, cut }) => ({ sizes, x, y: y.slice(0, cut).every((size) => size === 1) ? y.slice(cut) : y }))

test('broadcasting is its definition, at every thread count and in every memory', () => {
  fc.assert(
    fc.property(someShapes, ({ sizes, x, y }) => {
      const count = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1)
      const a = randomNumbers(1, count(x))
      const b = randomNumbers(2, count(y))
      const left = broadcast(sizes, x, a)
      const right = broadcast(sizes, y, b)
      for (const [, where] of sameBits) {
        using scratch = arena(where)
        const out = scratch.alloc('f64', count(sizes))
        arithmetic.sub(scratch.copy(a), scratch.copy(b), out, { x, y })
        expect([...out.view]).toEqual(left.map((value, i) => value - right[i]))
        const is = scratch.alloc('u8', count(sizes))
        comparison.greater(scratch.copy(a), scratch.copy(b), is, { x, y })
        expect([...is.view]).toEqual(left.map((value, i) => Number(value > right[i])))
      }
    }),
  )
})

test('numbers, whole rows and columns, in place, for every length', () => {
  for (const n of [0, 1, 3, 4, 5, 16, 17, 35, 70003]) {
    const values = randomNumbers(n, n)
    for (const [, where] of sameBits) {
      using scratch = arena(where)
      const x = scratch.copy(values)
      const single = scratch.copy(Float32Array.from(values))
      arithmetic.sub(1, x, x)
      arithmetic.mul(single, 0.5, single)
      expect(x.view.every((value, i) => value === 1 - values[i])).toBe(true)
      expect(single.view.every((value, i) => value === Math.fround(values[i]) / 2)).toBe(true)
      const is = scratch.alloc('u8', n)
      comparison.lessEqual(single, 0.25, is)
      select(is, single, -1, single)
      expect(single.view.every((value, i) => value === (values[i] <= 0.5 ? Math.fround(values[i]) / 2 : -1))).toBe(true)
      select(is, 2, x, x)
      expect(x.view.every((value, i) => value === (values[i] <= 0.5 ? 2 : 1 - values[i]))).toBe(true)
    }
  }
  using scratch = arena(heap)
  const matrix = scratch.copy(new Float32Array([1, 2, 3, 4, 5, 6]))
  arithmetic.mul(matrix, scratch.copy(new Float32Array([10, 100])), matrix, { x: [2, 3], y: [2, 1] })
  expect([...matrix.view]).toEqual([10, 20, 30, 400, 500, 600])
  arithmetic.add(5, matrix, matrix, { x: [], y: [2, 3] })
  expect([...matrix.view]).toEqual([15, 25, 35, 405, 505, 605])
})

test('bad input is refused before anything is written', () => {
  const before = heap.bytesInUse
  {
    using scratch = arena(heap)
    const six = scratch.zeros('f32', 6)
    const two = scratch.zeros('f32', 2)
    const wide = scratch.zeros('f64', 6)
    const u8 = scratch.zeros('u8', 6)
    expect(() => arithmetic.add(six, two, six)).toThrow('add: x is 6 values, y 2 values and out 6 values')
    expect(() => arithmetic.add(six, two, six, { x: [2, 3], y: [2] })).toThrow('cannot broadcast [2,3] with [2]')
    expect(() => arithmetic.add(six, two, six, { x: [2, 2], y: [2] })).toThrow('its shape [2,2] has 4')
    expect(() => arithmetic.add(six, two, six, { x: [2, 3], y: [-2] })).toThrow('shapes.y[0] must be a whole number')
    expect(() => arithmetic.add(six, two, two, { x: [6, 1], y: [2] })).toThrow('the result has 12 values, but out 2')
    expect(() => arithmetic.add(six, six.at(0, 2), six, { x: [3, 2], y: [2] })).toThrow('out overlaps y in part')
    // @ts-expect-error -- one type for all three
    expect(() => arithmetic.add(six, wide, six)).toThrow('add: got blocks of f32 and f64')
    // @ts-expect-error -- pow exists for f32 only
    expect(() => pow(wide, 2, wide)).toThrow()
    expect(() => comparison.less(1, 2, u8)).toThrow('both numbers')
    // @ts-expect-error -- answers are bytes
    expect(() => comparison.less(six, 2, six)).toThrow('Answers need a block of u8')
    expect(() => select(u8, six, two, six)).toThrow('select: y holds 2 values, but the work needs 6')
    const over = scratch.heap.blockAt('u8', six.ptr + 18, 6)
    expect(() => select(over, six, 0, six)).toThrow('select: out shares memory with the condition')
    const seven = Array.from({ length: 16 }, (_, d) => (d % 2 === 0 ? 2 : 1))
    const odd = seven.map((size) => 3 - size)
    const big = scratch.zeros('f32', 256)
    expect(() => arithmetic.add(big, big, scratch.zeros('f32', 65536), { x: seven, y: odd })).toThrow(
      'more than 7 loops',
    )
    expect([...six.view, ...two.view]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  }
  expect(heap.bytesInUse).toBe(before)
})
