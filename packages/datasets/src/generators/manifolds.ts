import type { Matrix, RandomState } from '@lab/tensor/random'
import { insistBetween, insistCount } from './check.ts'
import { fromColumns } from './dense.ts'
import { at, streamOf, type SeedOption } from './stream.ts'

/** How many points and how far from the surface. */
export interface SCurveOptions extends SeedOption {
  /** Points. Default 100. */
  nSamples?: number
  /** Standard deviation of what is added to every coordinate. Default 0. */
  noise?: number
}

/** How the roll looks. */
export interface SwissRollOptions extends SCurveOptions {
  /** Leave a hole in the middle of the sheet. Default false. */
  hole?: boolean
}

/** Points in space on a bent sheet, and where along the bend each lies. */
export interface Manifold {
  readonly x: Matrix
  readonly t: Float64Array
}

/**
 * Points on a sheet bent like an S: for methods that flatten it. The numbers are those of scikit-learn's
 * `make_s_curve` for the same `random_state`.
 *
 * @example
 * ```ts
 * import { makeSCurve } from '@lab/datasets'
 *
 * const { x, t } = makeSCurve({ nSamples: 50, seed: 1 })
 * x.cols // → 3
 * t.length // → 50
 * ```
 */
export function makeSCurve(options: SCurveOptions = {}): Manifold {
  const { nSamples = 100, noise = 0, seed } = options
  check(options, 'makeSCurve')
  const stream = streamOf(seed)
  const t = stream.random(nSamples).map((value) => 3 * Math.PI * (value - 0.5))
  const width = stream.random(nSamples).map((value) => 2 * value)
  const columns = [t.map(Math.sin), width, t.map((angle) => Math.sign(angle) * (Math.cos(angle) - 1))]
  return { x: fromColumns(...withNoise(columns, stream, noise)), t }
}

/**
 * Points on a sheet rolled up like a cake: for methods that flatten it. The numbers are those of scikit-learn's
 * `make_swiss_roll` for the same `random_state`.
 *
 * @example
 * ```ts
 * import { makeSwissRoll } from '@lab/datasets'
 *
 * const { x, t } = makeSwissRoll({ nSamples: 50, hole: true, seed: 1 })
 * x.cols // → 3
 * t.length // → 50
 * ```
 */
export function makeSwissRoll(options: SwissRollOptions = {}): Manifold {
  const { nSamples = 100, noise = 0, hole = false, seed } = options
  check(options, 'makeSwissRoll')
  const stream = streamOf(seed)
  const [t, height] = hole ? aroundHole(stream, nSamples) : wholeSheet(stream, nSamples)
  const columns = [t.map((angle) => angle * Math.cos(angle)), height, t.map((angle) => angle * Math.sin(angle))]
  return { x: fromColumns(...withNoise(columns, stream, noise)), t }
}

function check({ nSamples = 100, noise = 0 }: SCurveOptions, who: string): void {
  insistCount(nSamples, 1, who, 'nSamples')
  insistBetween(noise, [0, Infinity], who, 'noise')
}

function wholeSheet(stream: RandomState, n: number): [t: Float64Array, height: Float64Array] {
  const t = stream.random(n).map((value) => 1.5 * Math.PI * (1 + 2 * value))
  return [t, stream.random(n).map((value) => 21 * value)]
}

/** The sheet as three by three tiles, drawn without the middle one. */
function aroundHole(stream: RandomState, n: number): [t: Float64Array, height: Float64Array] {
  const tiles = [0, 1, 2, 3, 5, 6, 7, 8]
  const tile = Array.from(stream.integers(0, tiles.length, n), (i) => at(tiles, i))
  const across = stream.random(n)
  const up = stream.random(n)
  return [
    across.map((value, i) => Math.PI * (1.5 + Math.floor(at(tile, i) / 3)) + Math.PI * value),
    up.map((value, i) => (at(tile, i) % 3) * 7 + 7 * value),
  ]
}

/** scikit-learn draws the noise coordinate after coordinate, not point after point, and draws it even when it is 0. */
function withNoise(columns: readonly Float64Array[], stream: RandomState, noise: number): Float64Array[] {
  return columns.map((column) => {
    const drawn = stream.standardNormal(column.length)
    return column.map((value, i) => value + noise * at(drawn, i))
  })
}
