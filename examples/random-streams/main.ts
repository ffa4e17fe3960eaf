// Estimate π and a confidence interval by chance, and get the very numbers that NumPy gets.
import { readFile, writeFile } from 'node:fs/promises'
import { generator } from '@lab/tensor/random'
import type { Generator } from '@lab/tensor/random'
import { convergence } from './picture.ts'
import type { Estimate } from './picture.ts'

const reduced = process.env.LAB_EXAMPLE === 'reduced'
const points = reduced ? 10_000 : 1_000_000
const resamples = reduced ? 500 : 10_000

/** Estimates of π after 100, 200, 400 … points of the unit square: four times the share inside the quarter circle. */
function piByDarts(rng: Generator, count: number): Estimate[] {
  const x = rng.random(count)
  const y = rng.random(count)
  const estimates: Estimate[] = []
  let inside = 0
  let next = 100
  for (let i = 0; i < count; i++) {
    if (x[i]! * x[i]! + y[i]! * y[i]! <= 1) inside++
    if (i + 1 < next && i + 1 < count) continue
    estimates.push({ after: i + 1, estimate: (4 * inside) / (i + 1) })
    next *= 2
  }
  return estimates
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** The value below which a share of the sorted values lies, between neighbours in proportion: NumPy's default. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)]!
  return below + (sorted[Math.ceil(place)]! - below) * (place % 1)
}

// Four streams from one seed. They don't overlap, so four workers could throw their darts at the same time.
const runs = generator(42)
  .spawn(4)
  .map((rng) => piByDarts(rng, points))
const last = Float64Array.from(runs, (run) => run.at(-1)!.estimate)

// Sixty waiting times, and how sure we can be of their mean: draw from the sample itself, again and again.
const rng = generator(7)
const minutes = rng.gamma(2, 5, 60)
const rows = rng.integers(0, 60, resamples * 60)
const means = Float64Array.from({ length: resamples }, (_, i) =>
  mean(Float64Array.from({ length: 60 }, (__, j) => minutes[rows[60 * i + j]!]!)),
).sort()

const lines = [
  ...Array.from(last, (estimate, i) => `stream ${i}: ${estimate.toFixed(6)}`),
  `all four: ${mean(last).toFixed(6)}`,
  `mean wait: ${mean(minutes).toFixed(4)} minutes`,
  `95 % interval: ${quantile(means, 0.025).toFixed(4)} to ${quantile(means, 0.975).toFixed(4)}`,
]
if (reduced) console.log(`Reduced: ${points} points a stream, ${resamples} resamples.`)
console.log(lines.join('\n'))

const text = await readFile(new URL('numpy.json', import.meta.url), 'utf8')
const says = JSON.parse(text) as { numpy: string; whole: string[]; reduced: string[] }
const expected = reduced ? says.reduced : says.whole
const different = lines.filter((line, i) => line !== expected[i])
if (different.length > 0 || lines.length !== expected.length) {
  throw new Error(`The example no longer agrees with NumPy ${says.numpy}:\n${different.join('\n')}`)
}
console.log(`NumPy ${says.numpy} prints the same ${lines.length} lines.`)

if (!reduced) await writeFile(new URL('pictures/convergence.svg', import.meta.url), convergence(runs))
