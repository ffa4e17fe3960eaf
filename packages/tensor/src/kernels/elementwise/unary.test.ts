import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import golden from '../../../fixtures/elementwise.json' with { type: 'json' }
import { functions, ulpsFrom, worstOf } from '../../../fixtures/ulps.ts'
import { arena } from '../heap/arena.ts'
import type { Block } from '../heap/block.ts'
import * as elementary from './elementary.ts'
import { Heap } from '../heap/heap.ts'
import { clip, elu, leakyRelu, relu, relu6 } from './rectifiers.ts'
import { randomNumbers, sameBits, threadsReady } from '../test-heaps.ts'
import * as transcendental from './transcendental.ts'

beforeAll(threadsReady)

const heap = new Heap({ threads: 1 })
const relaxed = new Heap({ threads: 1, relaxed: true })
const builds = [
  ['deterministic', heap],
  ['relaxed', relaxed],
] as const

/** f of some f64 values, in a heap of its own choice. */
function values64(
  f: (x: Block<'f64'>, y: Block<'f64'>) => void,
  x: readonly number[],
  where: Heap = heap,
): Float64Array {
  using scratch = arena(where)
  const block = scratch.copy(Float64Array.from(x))
  f(block, block)
  return block.view.slice()
}

/** The same for f32. */
function values32(
  f: (x: Block<'f32'>, y: Block<'f32'>) => void,
  x: readonly number[],
  where: Heap = heap,
): Float32Array {
  using scratch = arena(where)
  const block = scratch.copy(Float32Array.from(x))
  f(block, block)
  return block.view.slice()
}

/** Distance of neighbouring doubles. */
function ulp64(x: number): number {
  const exponent = Math.max(-1022, Math.floor(Math.log2(Math.abs(x))))
  return 2 ** (exponent - 52)
}

describe.each(builds)('%s build: f32 functions are within 2 ulp over all floats', (_, where) => {
  // 16383 shares no factor with 2³², so that the patterns fall everywhere in the binades.
  test.each(Object.keys(functions))('%s', (name) => {
    expect(worstOf(name, 16383, where).ulps).toBeLessThanOrEqual(2)
  })
})

describe.each(builds)('%s build: f32 functions around their turning points', (_, where) => {
  const turns = [0, 2 ** -126, 2 ** -149, 0.625, 0.927, 1, 2 ** -25, 88.37, 88.72, 87.34, 103.97, 18, 2 ** 24, 2 ** 28]
  const points = [
    ...turns,
    ...Array.from({ length: 40 }, (__, i) => (i * Math.PI) / 4),
    3e33,
    2 ** 127,
    3.4e38,
    Infinity,
    NaN,
  ]
  const around = points.flatMap((point) => {
    const bits = new Uint32Array(Float32Array.of(point).buffer)[0]
    const near = Uint32Array.from({ length: 9 }, (__, i) => Math.max(0, bits + i - 4))
    return [...new Float32Array(near.buffer)].flatMap((x) => [x, -x])
  })
  test.each(Object.entries(functions))('%s', (__, [f, truth]) => {
    const y = values32(f, around, where)
    const errors = around.map((x, i) => ulpsFrom(y[i], truth(x)))
    expect(Math.max(...errors)).toBeLessThanOrEqual(2)
  })
})

// Each name's bound is the error seen in the deterministic build, rounded up; the golden values know their own rounding.
describe.each(builds)('%s build: f64 functions against mpmath', (_, where) => {
  const bounds = { exp: 1, expm1: 1, log: 1, log1p: 1.5, tanh: 2, sigmoid: 2, softplus: 2 }
  test.each(Object.entries(golden.functions))('%s', (name, cases) => {
    const f = { ...transcendental }[name as keyof typeof bounds]
    const y = values64(
      f,
      cases.map(([x]) => x),
      where,
    )
    const errors = cases.map(([, truth, rest], i) => Math.abs((y[i] - truth) / ulp64(truth) - rest))
    expect(Math.max(...errors)).toBeLessThanOrEqual(bounds[name as keyof typeof bounds])
  })
})

test('f64 functions at the ends of their domains', () => {
  const ends = [0, -0, Infinity, -Infinity, NaN, 5e-324, -5e-324, 1.7976931348623157e308, -1.7976931348623157e308]
  const cases: readonly (readonly [(x: Block<'f64'>, y: Block<'f64'>) => void, (x: number) => number])[] = [
    [transcendental.exp, Math.exp],
    [transcendental.expm1, Math.expm1],
    [transcendental.log, Math.log],
    [transcendental.log1p, Math.log1p],
    [transcendental.tanh, Math.tanh],
    [transcendental.sigmoid, (x) => 1 / (1 + Math.exp(-x))],
    [transcendental.softplus, (x) => (x > 1 ? x : Math.log1p(Math.exp(x)))],
  ]
  for (const [f, truth] of cases) expect([...values64(f, ends)]).toEqual(ends.map(truth))
  // Both sides of overflow and of the least subnormal number.
  expect([
    ...values64(transcendental.exp, [709.782712893384, 709.7827128933841, -745.1332191019411, -745.1332191019412]),
  ]).toEqual([1.7976931348622732e308, Infinity, 5e-324, 0])
  expect([...values64(transcendental.log1p, [-1, -1.5, -0.9999999999999999])]).toEqual([
    -Infinity,
    NaN,
    Math.log(2 ** -53),
  ])
})

describe('exact functions are what JavaScript gives', () => {
  const even = (x: number): number => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x))
  const exact: Readonly<Record<keyof typeof elementary | 'relu' | 'relu6', (x: number) => number>> = {
    abs: Math.abs,
    neg: (x) => -x,
    square: (x) => x * x,
    sqrt: Math.sqrt,
    rsqrt: (x) => 1 / Math.sqrt(x),
    reciprocal: (x) => 1 / x,
    floor: Math.floor,
    ceil: Math.ceil,
    round: even,
    sign: (x) => Math.sign(x),
    relu: (x) => Math.max(x, 0),
    relu6: (x) => Math.min(Math.max(x, 0), 6),
  }
  const numbers = fc.array(
    fc.oneof(
      fc.double(),
      fc.double({ min: -9, max: 9 }),
      fc.integer({ min: -99, max: 99 }).map((i) => i / 2),
    ),
  )
  const same = (ours: number, theirs: number): boolean =>
    ours === theirs || (Number.isNaN(ours) && Number.isNaN(theirs))
  test.each(Object.entries(exact))('%s', (name, truth) => {
    const f = { ...elementary, relu, relu6 }[name as keyof typeof exact]
    fc.assert(
      fc.property(numbers, (x) => {
        expect(values64(f, x).every((value, i) => same(value, truth(x[i])))).toBe(true)
      }),
    )
  })

  test('clip, leakyRelu and elu', () => {
    const x = [-3, -0.5, 0, 0.5, 3, NaN, Infinity, -Infinity]
    expect([...values64((a, b) => clip(a, b, { min: -1, max: 2 }), x)]).toEqual([-1, -0.5, 0, 0.5, 2, NaN, 2, -1])
    expect([...values64((a, b) => clip(a, b, { max: 0 }), x)]).toEqual([-3, -0.5, 0, 0, 0, NaN, 0, -Infinity])
    expect([...values64(leakyRelu, x)]).toEqual(x.map((v) => (v < 0 ? 0.2 * v : v)))
    expect([...values32((a, b) => leakyRelu(a, b, { alpha: 0.5 }), [-3, 3])]).toEqual([-1.5, 3])
    const bent = values64((a, b) => elu(a, b, { alpha: 2 }), x)
    const truth = x.map((v) => (v < 0 ? 2 * Math.expm1(v) : v))
    // Both exponentials are within an ulp.
    bent.forEach((value, i) =>
      expect(Object.is(value, truth[i]) || Math.abs(value - truth[i]) <= 2 * ulp64(truth[i])).toBe(true),
    )
  })
})

test('the same bits at every thread count and in every memory, for every length', () => {
  for (const n of [0, 1, 3, 4, 5, 17, 70001]) {
    const x = [...randomNumbers(n, n)].map((value) => 20 * value - 10)
    for (const f of [transcendental.exp, transcendental.sin, transcendental.log1p, elementary.sign, relu]) {
      const [first, ...others] = sameBits.map(([, where]) => values32(f, x, where))
      for (const other of others) expect(other).toEqual(first)
    }
    const [first, ...others] = sameBits.map(([, where]) => values64(transcendental.tanh, x, where))
    for (const other of others) expect(other).toEqual(first)
  }
})

test('nothing is written past the end, and into a block of its own x is left alone', () => {
  for (let n = 0; n < 40; n++) {
    using scratch = arena(heap)
    const x = scratch.alloc('f32', n + 4)
    const y = scratch.alloc('f32', n + 4)
    x.view.fill(-2)
    y.view.fill(7)
    elementary.abs(x.at(2, n), y.at(2, n))
    expect([...y.view]).toEqual([7, 7, ...Array.from({ length: n }, () => 2), 7, 7])
    transcendental.exp(x.at(2, n), y.at(2, n))
    expect([...y.view.slice(n + 2)]).toEqual([7, 7])
    expect([...x.view]).toEqual(Array.from({ length: n + 4 }, () => -2))
  }
})

test('bad input is refused before anything is written', () => {
  const before = heap.bytesInUse
  {
    using scratch = arena(heap)
    const x = scratch.zeros('f32', 8)
    expect(() => transcendental.exp(x, x.at(0, 4))).toThrow('exp: x has 8 values of f32 and y has 4 of f32')
    expect(() => transcendental.exp(x.at(0, 4), x.at(2, 4))).toThrow('overlap in part')
    expect(() => clip(x, x, { min: 2, max: 1 })).toThrow('clip: min is 2 and max is 1')
    expect(() => clip(x, x, { min: NaN })).toThrow('clip: min is NaN')
    using elsewhere = arena(relaxed)
    expect(() => transcendental.log(x, elsewhere.zeros('f32', 8))).toThrow('different heaps')
    // @ts-expect-error -- sin exists for f32 only
    expect(() => transcendental.sin(scratch.zeros('f64', 2), scratch.zeros('f64', 2))).toThrow()
    const gone = arena(heap)
    const freed = gone.zeros('f32', 8)
    gone.free()
    expect(() => transcendental.exp(freed, freed)).toThrow('freed')
    expect([...x.view]).toEqual(Array.from({ length: 8 }, () => 0))
  }
  expect(heap.bytesInUse).toBe(before)
})
