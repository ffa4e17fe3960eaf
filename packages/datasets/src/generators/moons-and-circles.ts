import type { Matrix, RandomState } from '@lab/tensor/random'
import { insist, insistBetween, insistCount } from './check.ts'
import { fromColumns, takeRows } from './dense.ts'
import { addNoise, at, shuffledOrder, streamOf, type SeedOption } from './stream.ts'

/** How the two moons look. */
export interface MoonsOptions extends SeedOption {
  /** Points in all, or of the outer and the inner curve. Default 100. */
  nSamples?: number | readonly [outer: number, inner: number]
  /** Mix the points; otherwise the outer curve comes first. Default true. */
  shuffle?: boolean
  /** Standard deviation of what is added to every coordinate; null adds nothing. Default null. */
  noise?: number | null
}

/** How the two circles look. */
export interface CirclesOptions extends MoonsOptions {
  /** Size of the inner circle against the outer, from 0 to just below 1. Default 0.8. */
  factor?: number
}

/** Points in the plane, and the curve each is on: 0 for the outer, 1 for the inner. */
export interface TwoCurves {
  readonly x: Matrix
  readonly y: Int32Array
}

/**
 * Two half circles that reach into each other: no straight line parts them. The numbers are those of scikit-learn's
 * `make_moons` for the same `random_state`.
 *
 * @example
 * ```ts
 * import { makeMoons } from '@lab/datasets'
 *
 * const { x, y } = makeMoons({ nSamples: 200, noise: 0.1, seed: 0 })
 * x.rows // → 200
 * Array.from(y.subarray(0, 4)) // → [0, 1, 1, 0]
 * ```
 */
export function makeMoons(options: MoonsOptions = {}): TwoCurves {
  const [outer, inner] = check(options, 1, 'makeMoons')
  const [outerAngles, innerAngles] = [linspace(Math.PI, outer, true), linspace(Math.PI, inner, true)]
  const points = [
    joined(
      outerAngles.map(Math.cos),
      innerAngles.map((angle) => 1 - Math.cos(angle)),
    ),
    joined(
      outerAngles.map(Math.sin),
      innerAngles.map((angle) => 1 - Math.sin(angle) - 0.5),
    ),
  ]
  return finish(fromColumns(...points), outer, streamOf(options.seed), options)
}

/**
 * A small circle within a large one: no straight line parts them. The numbers are those of scikit-learn's
 * `make_circles` for the same `random_state`.
 *
 * @example
 * ```ts
 * import { makeCircles } from '@lab/datasets'
 *
 * const { x, y } = makeCircles({ nSamples: 4, shuffle: false, factor: 0.5 })
 * Array.from(x.data.subarray(0, 2)) // → [1, 0]
 * Array.from(y) // → [0, 0, 1, 1]
 * ```
 */
export function makeCircles(options: CirclesOptions = {}): TwoCurves {
  const { factor = 0.8 } = options
  const [outer, inner] = check(options, 0, 'makeCircles')
  insist(factor >= 0 && factor < 1, 'makeCircles', `factor must be a number from 0 to just below 1, got ${factor}.`)
  const [outerAngles, innerAngles] = [linspace(2 * Math.PI, outer, false), linspace(2 * Math.PI, inner, false)]
  const points = [
    joined(
      outerAngles.map(Math.cos),
      innerAngles.map((angle) => Math.cos(angle) * factor),
    ),
    joined(
      outerAngles.map(Math.sin),
      innerAngles.map((angle) => Math.sin(angle) * factor),
    ),
  ]
  return finish(fromColumns(...points), outer, streamOf(options.seed), options)
}

/** Checks the options and gives the number of points on each curve. */
function check({ nSamples = 100, noise }: MoonsOptions, least: number, who: string): readonly [number, number] {
  if (typeof noise === 'number') insistBetween(noise, [0, Infinity], who, 'noise')
  if (typeof nSamples === 'number') {
    insistCount(nSamples, least, who, 'nSamples')
    const outer = Math.floor(nSamples / 2)
    return [outer, nSamples - outer]
  }
  insist(nSamples.length === 2, who, `nSamples must be a number or [outer, inner], got ${nSamples.length} numbers.`)
  nSamples.forEach((count, i) => insistCount(count, 0, who, `nSamples[${i}]`))
  return nSamples
}

/** Curve numbers, order and noise, in scikit-learn's order of drawing. */
function finish(x: Matrix, outer: number, stream: RandomState, { shuffle = true, noise }: MoonsOptions): TwoCurves {
  const y = new Int32Array(x.rows).fill(1, outer)
  const order = shuffle ? shuffledOrder(stream, x.rows) : Int32Array.from(y.keys())
  const placed = takeRows(x, order)
  if (typeof noise === 'number') addNoise(placed, stream, noise)
  return { x: placed, y: Int32Array.from(order, (i) => at(y, i)) }
}

/** `count` numbers from 0 to `stop`, evenly spaced; NumPy's rounding. */
function linspace(stop: number, count: number, endpoint: boolean): Float64Array {
  const steps = endpoint ? count - 1 : count
  const values = Float64Array.from({ length: count }, (_, i) => (steps > 0 ? i * (stop / steps) : 0))
  if (endpoint && count > 1) values[count - 1] = stop
  return values
}

function joined(first: Float64Array, second: Float64Array): Float64Array {
  const both = new Float64Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
