// Products of a sparse matrix, beside plain JavaScript on typed arrays: what ml-sparse-matrix and others keep in hash
// tables is slower still.
import { Heap, arena, csr, csrTimesMatrix, csrTimesVector, csrTransposedTimesVector } from '@lab/tensor/kernels'
import type { BenchTask } from '../task.ts'

const ROWS = 100000
const COLS = 10000
const PER_ROW = 20
const K = 16

interface Plain {
  readonly starts: Int32Array
  readonly columns: Int32Array
  readonly values: Float64Array
}

function plainProduct({ starts, columns, values }: Plain, x: Float64Array, k: number): Float64Array {
  const y = new Float64Array(ROWS * k)
  for (let r = 0; r < ROWS; r++) {
    for (let p = starts[r]; p < starts[r + 1]; p++) {
      const value = values[p]
      const from = columns[p] * k
      for (let j = 0; j < k; j++) y[r * k + j] += value * x[from + j]
    }
  }
  return y
}

function plainTransposed({ starts, columns, values }: Plain, x: Float64Array): Float64Array {
  const y = new Float64Array(COLS)
  for (let r = 0; r < ROWS; r++) for (let p = starts[r]; p < starts[r + 1]; p++) y[columns[p]] += values[p] * x[r]
  return y
}

function task(product: 'csr × vector' | 'csrᵀ × vector' | 'csr × matrix', threads: number): BenchTask {
  return {
    task: `${product} f64 2e6 values, ${threads} thread${threads > 1 ? 's' : ''}`,
    async prepare() {
      const heap = new Heap({ threads })
      await heap.ready()
      const inputs = arena(heap)
      const starts = inputs.alloc('i32', ROWS + 1)
      const columns = inputs.alloc('i32', ROWS * PER_ROW)
      const values = inputs.alloc('f64', ROWS * PER_ROW)
      for (let r = 0; r <= ROWS; r++) starts.view[r] = r * PER_ROW
      for (let p = 0; p < columns.length; p++) {
        columns.view[p] = (Math.imul(p, 0x9e3779b1) >>> 8) % COLS
        // Small whole numbers: every order of adding gives the same.
        values.view[p] = (p % 19) - 9
      }
      const a = csr({ rows: ROWS, cols: COLS, starts, columns, values })
      const plain = { starts: starts.view.slice(), columns: columns.view.slice(), values: values.view.slice() }
      const transposed = product === 'csrᵀ × vector'
      const k = product === 'csr × matrix' ? K : 1
      const x = inputs.alloc('f64', transposed ? ROWS : COLS * k)
      for (let i = 0; i < x.length; i++) x.view[i] = (i % 7) - 3
      const y = inputs.alloc('f64', transposed ? COLS : ROWS * k)
      const own = Float64Array.from(x.view)
      const theirs = (): Float64Array => (transposed ? plainTransposed(plain, own) : plainProduct(plain, own, k))
      const ours = (): void => {
        if (transposed) csrTransposedTimesVector(a, x, y)
        else if (k === 1) csrTimesVector(a, x, y)
        else csrTimesMatrix(a, x, y, k)
      }
      return {
        ours,
        peers: { 'plain js': theirs },
        equal() {
          ours()
          return theirs().every((value, i) => value === y.view[i])
        },
        finish: () => inputs.free(),
      }
    },
  }
}

export const tasks: readonly BenchTask[] = [1, 2].flatMap((threads) => [
  task('csr × vector', threads),
  task('csrᵀ × vector', threads),
  task('csr × matrix', threads),
])
