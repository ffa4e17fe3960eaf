// The kernels at work: three everyday jobs, in plain TypeScript and on @lab/tensor/kernels, with the same results.
import { arena, defaultHeap, exp, gemm, sort } from '@lab/tensor/kernels'
import { generator } from '@lab/tensor/random'
import { maxDifference, plainExp, plainProduct, plainSort } from './plain.ts'
import { bars } from './bars.ts'
import type { Row } from './bars.ts'
import { writeFile } from 'node:fs/promises'

const reduced = process.env.LAB_EXAMPLE === 'reduced'
const side = reduced ? 128 : 512
const count = reduced ? 50_000 : 1_000_000

const heap = defaultHeap()
const cores = heap.threads

/** The best of several runs, in milliseconds: other programs only ever make a run slower. */
function time(work: () => void, runs: number): number {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return Math.min(...times)
}

/** One job: what plain TypeScript needs, and what the kernels need on one thread and on all. */
async function compare(name: string, plain: () => void, kernel: () => void): Promise<Row> {
  const row: Row = { name, plain: time(plain, 2), one: Infinity, all: Infinity }
  heap.threads = 1
  row.one = time(kernel, 8)
  heap.threads = cores
  await heap.ready() // only for fair timing: until its threads are up, one does the work
  row.all = time(kernel, 8)
  return row
}

const rng = generator(42)
const a = Float32Array.from(rng.normal(0, 1, side * side))
const b = Float32Array.from(rng.normal(0, 1, side * side))
const values = rng.normal(0, 3, count)

// Kernels work on blocks of their own memory. An arena hands them out, and takes all of them back at the end of its scope.
using scratch = arena()
const blocks = { a: scratch.copy(a), b: scratch.copy(b), c: scratch.alloc('f32', side * side) }
const x = scratch.copy(values)
const y = scratch.alloc('f64', count)

const product = { plain: new Float32Array(0), kernels: blocks.c.view }
const rows = [
  await compare(
    `${side} × ${side} matrix product`,
    () => (product.plain = plainProduct(a, b, side)),
    () => gemm({ ...blocks, m: side, n: side, k: side }),
  ),
  await compare(
    `exp of ${count.toLocaleString('en')} numbers`,
    () => plainExp(values),
    () => exp(x, y),
  ),
  await compare(
    `sort of ${count.toLocaleString('en')} numbers`,
    () => plainSort(values),
    () => {
      y.view.set(values)
      sort(y)
    },
  ),
]

const sorted = y.view.slice()
exp(x, y)
const exponentials = y.view.slice()
heap.threads = 1
exp(x, y)
const sameBits = exponentials.every((value, i) => Object.is(value, y.view[i]))

if (reduced) console.log(`Reduced: matrices of ${side} × ${side}, ${count} numbers.`)
const times = (ms: number): string => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`.padStart(9)
console.log(`${''.padEnd(28)}plain TypeScript  kernels, 1 thread  ${cores} threads`)
for (const { name, plain, one, all } of rows) {
  console.log(
    `${name.padEnd(28)}${times(plain)}        ${times(one)}        ${times(all)}   ${(plain / all).toFixed(0)}× faster`,
  )
}

const checks: [string, boolean][] = [
  // A sum of n products rounds n times, each by 2⁻²⁴ of what it has summed so far: numbers of about n in all.
  ['the products agree to single precision', maxDifference(product.plain, product.kernels) < side * side * 2 ** -23],
  ['the exponentials agree to double precision', maxDifference(plainExp(values), exponentials, true) < 1e-15],
  ['the sorted numbers are equal', maxDifference(plainSort(values), sorted) === 0],
  ['one thread and all threads give the same bits', sameBits],
]
for (const [what, holds] of checks) {
  if (!holds) throw new Error(`The example no longer holds: ${what}.`)
  console.log(`✓ ${what}`)
}
console.log(
  `${(scratch.bytesInUse / 2 ** 20).toFixed(1)} MiB of kernel memory in use, all of it free again after this line.`,
)

if (!reduced) await writeFile(new URL('pictures/times.svg', import.meta.url), bars(rows, cores))
