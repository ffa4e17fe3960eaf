import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import golden from '../../../fixtures/gemm.json' with { type: 'json' }
import { arena } from '../heap/arena.ts'
import { gemm } from './gemm.ts'
import type { GemmOptions } from './gemm.ts'
import { Heap } from '../heap/heap.ts'
import type { FloatDType } from './stored-matrix.ts'
import { allowed, defined, random, sumsOf, whole } from './test-products.ts'

const relaxed = new Heap({ threads: 2, relaxed: true })
beforeAll(() => relaxed.ready())
afterAll(() => relaxed.close())

const heap = new Heap({ threads: 1 })
const builds: [string, Heap][] = [
  ['deterministic', heap],
  ['relaxed', relaxed],
]
const dtypes: FloatDType[] = ['f32', 'f64']

describe.each(builds)('the %s build', (_, heap) => {
  describe.each(dtypes)('%s', (dtype) => {
    test.each(golden.products)("whole numbers give NumPy's values: $m×$k·$k×$n $transA $transB", (product) => {
      using scratch = arena(heap)
      const { m, n, k } = product
      const c = whole(scratch, dtype, m * n, 11)
      gemm({ ...product, a: whole(scratch, dtype, m * k, 7), b: whole(scratch, dtype, k * n, 5), c })
      if (product.c) expect([...c.view]).toEqual(product.c)
      else expect(sumsOf(c.view, m, n)).toEqual({ rowSums: product.rowSums, columnSums: product.columnSums })
    })

    test('any shape, transposes, steps, factors and batch, to the last rounding', () => {
      fc.assert(
        fc.property(anyProduct, (product) => checkProduct(heap, dtype, product)),
        { numRuns: 80 },
      )
      expect(heap.bytesInUse).toBe(0)
    })
  })
})

interface AnyProduct {
  readonly shape: readonly [m: number, n: number, k: number]
  readonly batch: number
  readonly transA: boolean
  readonly transB: boolean
  readonly alpha: number
  readonly beta: number | undefined
  /** Unused values behind each row of a, b and c, and behind each matrix of a batch. */
  readonly gaps: readonly [number, number, number]
  /** Which of a and b is the same for all of the batch. */
  readonly repeated: readonly [boolean, boolean]
  readonly seed: number
}

const size = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max })
const gap = fc.constantFrom(0, 0, 1, 3)

/** Shapes for each way that a product is computed, with sizes on both sides of their borders. */
const anyShape = fc.oneof(
  fc.record({ shape: fc.tuple(size(0, 20), size(0, 40), size(0, 40)), batch: size(0, 4) }),
  fc.record({ shape: fc.tuple(size(13, 30), size(250, 540), size(200, 530)), batch: fc.constant(1) }),
  fc.record({ shape: fc.tuple(size(20, 30), size(60, 80), size(250, 300)), batch: fc.constantFrom(2, 5) }),
  fc.record({ shape: fc.tuple(size(1, 7), size(1, 20), size(4000, 4400)), batch: size(1, 2) }),
  fc.record({ shape: fc.tuple(fc.constant(1), size(1, 1300), size(1, 300)), batch: fc.constant(1) }),
  fc.record({ shape: fc.tuple(size(1, 600), fc.constant(1), size(1, 600)), batch: fc.constant(1) }),
)

const anyProduct: fc.Arbitrary<AnyProduct> = anyShape.chain(({ shape, batch }) =>
  fc.record({
    shape: fc.constant(shape),
    batch: fc.constant(batch),
    transA: fc.boolean(),
    transB: fc.boolean(),
    alpha: fc.constantFrom(1, 1, -1, 0.75, 0),
    beta: fc.constantFrom(undefined, 0, 1, -0.5),
    gaps: fc.tuple(gap, gap, gap),
    repeated: fc.tuple(fc.boolean(), fc.boolean()),
    seed: fc.nat(),
  }),
)

/** Where the values of a stored matrix are, whether it is transposed or not. */
function layout(rows: number, columns: number, gap: number, transposed: boolean, repeated: boolean) {
  const [down, across] = transposed ? [columns, rows] : [rows, columns]
  const ld = across + gap
  const stride = repeated ? 0 : down * ld + gap
  const at = (item: number, i: number, j: number): number => item * stride + (transposed ? j * ld + i : i * ld + j)
  return { ld, stride, at, length: (batch: number): number => batch * stride + down * ld }
}

function checkProduct(heap: Heap, dtype: FloatDType, product: AnyProduct): void {
  const { shape, batch, transA, transB, alpha, beta, gaps, repeated, seed } = product
  const [m, n, k] = shape
  using scratch = arena(heap)
  const onA = layout(m, k, gaps[0], transA, repeated[0])
  const onB = layout(k, n, gaps[1], transB, repeated[1])
  const onC = layout(m, n, gaps[2], false, false)
  const a = random(scratch, dtype, onA.length(batch), seed)
  const b = random(scratch, dtype, onB.length(batch), seed + 1)
  const c = random(scratch, dtype, onC.length(batch), seed + 2)
  const before = c.view.slice()
  const [lda, ldb, ldc] = [onA.ld, onB.ld, onC.ld]
  const strides = { strideA: onA.stride, strideB: onB.stride, strideC: onC.stride }
  gemm({
    a,
    b,
    c,
    m,
    n,
    k,
    transA,
    transB,
    alpha,
    lda,
    ldb,
    ldc,
    batch,
    ...strides,
    ...(beta === undefined ? {} : { beta }),
  })
  const [x, y, result] = [a.view, b.view, c.view]
  const expected = before.slice()
  for (let item = 0; item < batch; item++) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        const at = onC.at(item, i, j)
        const { value, magnitude } = defined(
          { k, alpha, beta: beta ?? 0 },
          (p) => x[onA.at(item, i, p)]!,
          (p) => y[onB.at(item, p, j)]!,
          before[at]!,
        )
        expected[at] = value
        if (Math.abs(result[at]! - value) <= allowed(dtype, k, magnitude)) expected[at] = result[at]!
      }
    }
  }
  // What is right to the last rounding was taken over, so any difference is an error, in the gaps as well.
  expect(Buffer.compare(Buffer.from(bytes(result)), Buffer.from(bytes(expected)))).toBe(0)
}

const bytes = (values: Float32Array | Float64Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice()

test('the builds agree to rounding', () => {
  const [m, n, k] = [70, 130, 300]
  const results = builds.map(([, heap]) => {
    using scratch = arena(heap)
    const c = scratch.alloc('f32', m * n)
    gemm({ a: random(scratch, 'f32', m * k, 1), b: random(scratch, 'f32', k * n, 2), c, m, n, k })
    return c.view.slice()
  })
  // Every product is below 1, so both are within γ · k of the exact value.
  const worst = results[0]!.reduce((most, value, i) => Math.max(most, Math.abs(value - results[1]![i]!)), 0)
  expect(worst).toBeLessThanOrEqual(2 * allowed('f32', k, k))
})

test('heads side by side in one matrix are a batch, and so are parts of one matrix', () => {
  using scratch = arena(heap)
  const [heads, rows, width] = [3, 4, 2]
  const ld = heads * width
  const q = whole(scratch, 'f64', rows * ld, 7)
  const weights = whole(scratch, 'f64', heads * rows * rows, 5)
  const out = scratch.alloc('f64', rows * ld)
  const strides = { lda: rows, ldb: ld, ldc: ld, strideA: rows * rows, strideB: width, strideC: width, batch: heads }
  gemm({ a: weights, b: q, c: out, m: rows, n: width, k: rows, ...strides })
  const expected = Array.from(out.view, (_, at) => {
    const [i, j] = [Math.floor(at / ld), at % ld]
    const first = Math.floor(j / width) * rows * rows + i * rows
    return defined(
      { k: rows, alpha: 1, beta: 0 },
      (p) => weights.view[first + p]!,
      (p) => q.view[p * ld + j]!,
      0,
    ).value
  })
  expect([...out.view]).toEqual(expected)
  // The right half of a matrix from its left half, in place.
  const whole4 = whole(scratch, 'f64', 16, 3)
  const left = whole4.view.filter((_, at) => at % 4 < 2)
  gemm({ a: whole4, b: whole(scratch, 'f64', 4, 5), c: whole4.at(2), m: 4, n: 2, k: 2, lda: 4, ldc: 4 })
  expect(whole4.view.filter((_, at) => at % 4 < 2)).toEqual(left)
})

describe('refuses', () => {
  const scratch = arena(new Heap({ threads: 1 }))
  afterAll(() => scratch.free())
  const x = scratch.zeros('f64', 12)
  const y = scratch.zeros('f64', 12)
  const c = scratch.zeros('f64', 12)
  const sizes = { m: 3, n: 3, k: 4 }
  const ok: GemmOptions<'f64'> = { a: x, b: y, c, ...sizes }
  test.each<[string, () => GemmOptions<FloatDType>, string]>([
    ['a size that is no size', () => ({ ...ok, m: -1 }), 'gemm: m must be a whole number, 0 or more, got -1.'],
    ['a matrix that is too small', () => ({ ...ok, k: 5 }), 'gemm: a holds 12 values, but the work needs 15.'],
    ['a c that is too small', () => ({ ...ok, ldc: 9 }), 'gemm: c holds 12 values, but the work needs 21.'],
    ['rows that overlap', () => ({ ...ok, lda: 3 }), 'gemm: lda is 3, but a row of a holds 4 values.'],
    ['a negative stride', () => ({ ...ok, strideB: -1 }), 'gemm: strideB must be a whole number, 0 or more, got -1.'],
    [
      'results that overlap',
      () => ({ ...ok, m: 1, batch: 2, strideC: 2 }),
      'with strideC 2 the results of the batch overlap',
    ],
    ['a result over an operand', () => ({ ...ok, c: x }), 'gemm: c lies over a.'],
    ['bias and beta', () => ({ ...ok, bias: x, beta: 1 }), 'gemm: got bias and beta.'],
    ['a short bias', () => ({ ...ok, bias: x.at(10) }), 'gemm: bias holds 2 values, but the work needs 3.'],
    [
      'integers',
      () => ({ ...ok, a: scratch.zeros('i32', 12) as never }),
      'gemm: a holds i32. It must hold f32 or f64.',
    ],
    [
      'two types',
      // @ts-expect-error -- the types refuse it too
      () => ({ ...ok, b: scratch.zeros('f32', 12) }) satisfies GemmOptions<'f64'>,
      'gemm: a holds f64 and b holds f32. They must hold the same type.',
    ],
  ])('%s', (_, options, message) => {
    expect(() => gemm(options())).toThrow(message)
  })
})
