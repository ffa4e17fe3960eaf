// Matrix products. f32 beside stock tfjs-wasm's product of the untransposed matrices, whichever way ours lie: tfjs has a
// fast kernel for that case only, and its own transposed ones are timed once, for information. f64 beside numpy-ts, the
// fastest of the JavaScript libraries. Both sides allocate their result within the timing.
import { Heap, arena, gemm, gemv, syrk } from '@lab/tensor/kernels'
import type { Block, FloatDType } from '@lab/tensor/kernels'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { BenchTask, PreparedTask } from '../task.ts'
import { tfjsWasm } from './tfjs-wasm.ts'

interface Shape {
  readonly m: number
  readonly n: number
  readonly k: number
  readonly batch?: number
  readonly transA?: boolean
  readonly transB?: boolean
}

interface Setting {
  readonly threads: number
  readonly relaxed: boolean
}

interface Ours {
  readonly lengths: readonly [a: number, b: number, c: number]
  run(a: Block<FloatDType>, b: Block<FloatDType>, c: Block<FloatDType>): void
}

interface Theirs {
  readonly run: () => unknown
  readonly values: () => ArrayLike<number>
  finish?(): void
}

/** Small whole numbers: every product and sum is exact, so the results must be equal to the bit. */
function whole(length: number, step: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => ((i * step) % 13) - 6)
}

/** rows × columns values as their transpose lies in memory. */
function turned(x: Float64Array, rows: number, columns: number): Float64Array {
  return x.map((_, at) => x[(at % rows) * columns + Math.floor(at / rows)]!)
}

async function ourSide(dtype: FloatDType, { threads, relaxed }: Setting, ours: Ours, a: Float64Array, b: Float64Array) {
  const heap = new Heap({ threads, relaxed })
  await heap.ready()
  const inputs = arena(heap)
  const x = inputs.alloc(dtype, ours.lengths[0])
  const y = inputs.alloc(dtype, ours.lengths[1])
  x.view.set(a)
  y.view.set(b)
  const result = (): ArrayLike<number> => {
    using scratch = arena(heap)
    const c = scratch.alloc(dtype, ours.lengths[2])
    ours.run(x, y, c)
    return c.view.slice()
  }
  const run = (): void => {
    using scratch = arena(heap)
    ours.run(x, y, scratch.alloc(dtype, ours.lengths[2]))
  }
  const finish = async (): Promise<void> => {
    inputs.free()
    await heap.close()
  }
  return { run, result, finish }
}

function same(x: ArrayLike<number>, y: ArrayLike<number>): boolean {
  return x.length === y.length && Array.prototype.every.call(x, (value, i) => value === y[i])
}

async function prepared(
  dtype: FloatDType,
  setting: Setting,
  ours: Ours,
  inputs: readonly [a: Float64Array, b: Float64Array],
  peers: Readonly<Record<string, Theirs>>,
): Promise<PreparedTask> {
  const side = await ourSide(dtype, setting, ours, ...inputs)
  return {
    ours: side.run,
    peers: Object.fromEntries(Object.entries(peers).map(([name, { run }]) => [name, run])),
    equal: (name) => same(side.result(), peers[name]!.values()),
    async finish() {
      await side.finish()
      for (const name in peers) peers[name]!.finish?.()
    },
  }
}

/** tfjs-wasm's product; `asOurs` gives it the matrices as ours gets them, transposed perhaps. */
async function tfjs(shape: Shape, a: Float64Array, b: Float64Array, asOurs: boolean): Promise<Theirs> {
  const tf = await tfjsWasm()
  const { m, n, k, batch } = shape
  const [transA, transB] = asOurs ? [shape.transA ?? false, shape.transB ?? false] : [false, false]
  const lead = batch === undefined ? [] : [batch]
  const x: Tensor = tf.tensor(Float32Array.from(a), [...lead, ...(transA ? [k, m] : [m, k])])
  const y: Tensor = tf.tensor(Float32Array.from(b), [...lead, ...(transB ? [n, k] : [k, n])])
  const multiply = (): Tensor => tf.matMul(x, y, transA, transB)
  return {
    run: () => tf.tidy(() => void multiply()),
    values: () => tf.tidy(() => multiply().dataSync()),
    finish: () => tf.dispose([x, y]),
  }
}

const ways = { nn: [false, false], tn: [true, false], nt: [false, true], tt: [true, true] } as const

function nameOf({ threads, relaxed }: Setting): string {
  return `${relaxed ? 'relaxed' : 'deterministic'}, ${threads === 1 ? '1 thread' : `${threads} threads`}`
}

const settings: readonly Setting[] = [false, true].flatMap((relaxed) => [1, 2].map((threads) => ({ threads, relaxed })))
const oneThread: readonly Setting[] = settings.filter(({ threads }) => threads === 1)

function gemmOf(shape: Shape): Ours {
  const { m, n, k, batch = 1 } = shape
  return {
    lengths: [batch * m * k, batch * k * n, batch * m * n],
    run: (a, b, c) => gemm({ a, b, c, ...shape }),
  }
}

function square(size: number, way: keyof typeof ways, setting: Setting): BenchTask {
  const [transA, transB] = ways[way]
  const shape = { m: size, n: size, k: size, transA, transB }
  return {
    task: `gemm f32 ${size} ${way}, ${nameOf(setting)}`,
    async prepare() {
      const a = whole(size * size, 7)
      const b = whole(size * size, 5)
      const stored = [transA ? turned(a, size, size) : a, transB ? turned(b, size, size) : b] as const
      const peers: Record<string, Theirs> = { 'tfjs-wasm nn': await tfjs(shape, a, b, false) }
      const asOurs = size === 512 && way !== 'nn' && !setting.relaxed && setting.threads === 1
      if (asOurs) peers[`tfjs-wasm ${way}`] = await tfjs(shape, ...stored, true)
      return prepared('f32', setting, gemmOf(shape), stored, peers)
    },
  }
}

/** A batch, a few rows, a vector: small and narrow products. */
function other(name: string, shape: Shape, setting: Setting): BenchTask {
  const { m, n, k, batch = 1 } = shape
  return {
    task: `gemm f32 ${name}, ${nameOf(setting)}`,
    async prepare() {
      const stored = [whole(batch * m * k, 7), whole(batch * k * n, 5)] as const
      return prepared('f32', setting, gemmOf(shape), stored, { 'tfjs-wasm': await tfjs(shape, ...stored, true) })
    },
  }
}

async function numpy(size: number, a: Float64Array, b: Float64Array, gram: boolean): Promise<Theirs> {
  const np = await import('numpy-ts')
  const x = np.array(a).reshape(-1, size)
  // Its product is slow on views, so it gets the transpose as a matrix of its own.
  const y = np.array(gram ? turned(a, a.length / size, size) : b).reshape(size, -1)
  const multiply = () => (gram ? np.matmul(y, x) : np.matmul(x, y))
  return {
    run: () => multiply().dispose(),
    values: () => multiply().data as Float64Array,
    finish() {
      y.dispose()
      x.dispose()
    },
  }
}

function f64(size: number, setting: Setting): BenchTask {
  return {
    task: `gemm f64 ${size} nn, ${nameOf(setting)}`,
    async prepare() {
      const stored = [whole(size * size, 7), whole(size * size, 5)] as const
      const peers = { 'numpy-ts': await numpy(size, ...stored, false) }
      return prepared('f64', setting, gemmOf({ m: size, n: size, k: size }), stored, peers)
    },
  }
}

function gram(n: number, k: number, setting: Setting): BenchTask {
  return {
    task: `syrk f64 aᵀa of ${k}×${n}, ${nameOf(setting)}`,
    async prepare() {
      const stored = [whole(n * k, 7), new Float64Array(0)] as const
      const ours: Ours = { lengths: [n * k, 0, n * n], run: (a, _, c) => syrk({ a, c, n, k, trans: true }) }
      return prepared('f64', setting, ours, stored, { 'numpy-ts': await numpy(n, ...stored, true) })
    },
  }
}

function vector(m: number, n: number, trans: boolean, setting: Setting): BenchTask {
  const [from, to] = trans ? [m, n] : [n, m]
  return {
    task: `gemv f32 ${m}×${n}${trans ? ' transposed' : ''}, ${nameOf(setting)}`,
    async prepare() {
      const stored = [whole(m * n, 7), whole(from, 5)] as const
      const ours: Ours = { lengths: [m * n, from, to], run: (a, x, y) => gemv({ a, x, y, m, n, trans }) }
      // A column for one, a row for the other, so that tfjs need not transpose.
      const theirs = trans
        ? await tfjs({ m: 1, n, k: m }, stored[1], stored[0], false)
        : await tfjs({ m, n: 1, k: n }, ...stored, false)
      return prepared('f32', setting, ours, stored, { 'tfjs-wasm': theirs })
    },
  }
}

export const tasks: readonly BenchTask[] = [
  ...[512, 1024, 2048].flatMap((size) =>
    Object.keys(ways).flatMap((way) => settings.map((setting) => square(size, way as keyof typeof ways, setting))),
  ),
  ...oneThread.flatMap((setting) => [
    other('64', { m: 64, n: 64, k: 64 }, setting),
    other('16', { m: 16, n: 16, k: 16 }, setting),
    other('8×1024·1024×1024', { m: 8, n: 1024, k: 1024 }, setting),
    other('10000×64·64×4', { m: 10000, n: 4, k: 64 }, setting),
    other('32 times 64×32·32×64 nt', { m: 64, n: 64, k: 32, batch: 32, transB: true }, setting),
    other('32 times 64×64·64×32 nn', { m: 64, n: 32, k: 64, batch: 32 }, setting),
    vector(1024, 1024, false, setting),
    vector(1024, 1024, true, setting),
  ]),
  ...[512, 1024].flatMap((size) => settings.map((setting) => f64(size, setting))),
  ...settings.flatMap((setting) => [gram(50, 20000, setting), gram(500, 2000, setting)]),
]
