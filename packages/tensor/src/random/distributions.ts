import { betaSampler } from './beta.ts'
import { binomialSampler } from './binomial.ts'
import { checkCount, checkNumber, checkSize, refuse } from './check.ts'
import { gammaSampler } from './gamma.ts'
import { geometricSampler } from './geometric.ts'
import { drawIntegers, integerBounds, quickInteger } from './integers.ts'
import type { IntegersOptions, IntegerType } from './integers.ts'
import type { Kit } from './kit.ts'
import type { Matrix } from './matrix.ts'
import { multinomialInto } from './multinomial.ts'
import { drawMultivariateNormal } from './multivariate-normal.ts'
import type { MultivariateNormalOptions } from './multivariate-normal.ts'
import { poissonSampler } from './poisson.ts'
import { range, shuffleInPlace, shuffleRowsInPlace } from './shuffle.ts'
import type { Shufflable } from './shuffle.ts'
import type { RandomStream, TypedArray } from './stream.ts'
import { compensatedSum } from './weighted.ts'

/** NumPy's bound: beyond it a count might not fit 64 bits. */
const LARGEST_LAM = 9223372006484771000

type Size = number | undefined
/** `choice` differs: each generator takes its positions without replacement in its own way. */
type Shared = Exclude<keyof RandomStream, 'choice'>

/** One draw, or as many as asked for. */
function draw(who: string, size: Size, next: () => number): number | Float64Array {
  if (size === undefined) return next()
  const out = new Float64Array(checkSize(who, size))
  for (let i = 0; i < out.length; i++) out[i] = next()
  return out
}

/** The methods that both generators share, over their own bits and their own normal and exponential numbers. */
export function distributions(kit: Kit): Pick<RandomStream, Shared> {
  const methods = { ...continuous(kit), ...counts(kit), ...orders(kit) } satisfies Record<Shared, unknown>
  // An implementation cannot be checked against overloads; the tests call every one of them.
  return methods as unknown as Pick<RandomStream, Shared>
}

function continuous(kit: Kit) {
  const { source } = kit
  const normal = (who: string, [loc, scale]: [number, number], size: Size): number | Float64Array => {
    checkNumber(who, 'loc', loc)
    checkNumber(who, 'scale', scale, { atLeast: 0 })
    if (size === undefined) return loc + scale * kit.normal()
    const out = new Float64Array(checkSize(who, size))
    kit.fillNormals(out)
    if (loc !== 0 || scale !== 1) for (let i = 0; i < out.length; i++) out[i] = loc + scale * out[i]!
    return out
  }
  const exponential = (who: string, scale: number, size: Size): number | Float64Array => {
    checkNumber(who, 'scale', scale, { atLeast: 0 })
    return draw(who, size, () => scale * kit.exponential())
  }
  const gamma = (who: string, [shape, scale]: [number, number], size: Size): number | Float64Array => {
    checkNumber(who, 'shape', shape, { atLeast: 0 })
    checkNumber(who, 'scale', scale, { atLeast: 0 })
    const next = gammaSampler(kit, shape)
    return draw(who, size, () => scale * next())
  }
  return {
    random(size?: number) {
      if (size === undefined) return source.double()
      const out = new Float64Array(checkSize('random', size))
      source.fillDoubles(out)
      return out
    },
    uniform(low = 0, high = 1, size?: number) {
      checkNumber('uniform', 'low', low)
      checkNumber('uniform', 'high', high, { atLeast: low })
      const width = high - low
      if (width === Infinity) refuse('uniform', `high - low must be finite, got low ${low} and high ${high}.`)
      if (size === undefined) return low + width * source.double()
      const out = new Float64Array(checkSize('uniform', size))
      source.fillDoubles(out)
      for (let i = 0; i < out.length; i++) out[i] = low + width * out[i]!
      return out
    },
    standardNormal: (size?: number) => normal('standardNormal', [0, 1], size),
    normal: (loc = 0, scale = 1, size?: number) => normal('normal', [loc, scale], size),
    standardExponential: (size?: number) => exponential('standardExponential', 1, size),
    exponential: (scale = 1, size?: number) => exponential('exponential', scale, size),
    standardGamma: (shape: number, size?: number) => gamma('standardGamma', [shape, 1], size),
    gamma: (shape: number, scale = 1, size?: number) => gamma('gamma', [shape, scale], size),
    beta(a: number, b: number, size?: number) {
      checkNumber('beta', 'a', a, { above: 0 })
      checkNumber('beta', 'b', b, { above: 0 })
      return draw('beta', size, betaSampler(kit, a, b))
    },
    multivariateNormal(
      mean: ArrayLike<number>,
      covariance: Matrix | readonly ArrayLike<number>[],
      size?: number,
      options: MultivariateNormalOptions = {},
    ) {
      return drawMultivariateNormal(kit, { mean, covariance }, size, options)
    },
  }
}

function counts(kit: Kit) {
  const { source } = kit
  return {
    integers(low: number | bigint, high?: number | bigint, size?: number, options?: IntegersOptions<IntegerType>) {
      const quick = size === undefined && options === undefined ? quickInteger(kit, low, high) : undefined
      if (quick !== undefined) return quick
      return drawIntegers(kit, integerBounds(low, high, options ?? {}), size, options?.dtype ?? 'int64')
    },
    poisson(lam = 1, size?: number) {
      checkNumber('poisson', 'lam', lam, { atLeast: 0, atMost: LARGEST_LAM })
      return draw('poisson', size, poissonSampler(source, lam))
    },
    binomial(n: number, p: number, size?: number) {
      checkCount('binomial', 'n', n)
      checkNumber('binomial', 'p', p, { atLeast: 0, atMost: 1 })
      return draw('binomial', size, binomialSampler(source, n, p, kit.legacy))
    },
    geometric(p: number, size?: number) {
      checkNumber('geometric', 'p', p, { above: 0, atMost: 1 })
      return draw('geometric', size, geometricSampler(kit, p))
    },
    multinomial(n: number, p: ArrayLike<number>, size?: number) {
      checkCount('multinomial', 'n', n)
      if (p.length === 0) refuse('multinomial', 'p is empty. There must be an outcome.')
      for (let i = 0; i < p.length; i++) checkNumber('multinomial', `p[${i}]`, p[i]!, { atLeast: 0, atMost: 1 })
      const sum = compensatedSum(p, p.length - 1)
      if (sum > 1 + 1e-12) refuse('multinomial', `all but the last of the probabilities p sum to ${sum}, above 1.`)
      const cols = p.length
      const rows = size === undefined ? 1 : checkSize('multinomial', size)
      const data = new Float64Array(rows * cols)
      for (let i = 0; i < rows; i++) multinomialInto(source, n, p, data.subarray(i * cols, (i + 1) * cols))
      return size === undefined ? data : { data, rows, cols }
    },
  }
}

function orders({ source }: Kit) {
  return {
    permutation(values: number | TypedArray | readonly unknown[]) {
      if (typeof values === 'number') checkCount('permutation', 'n', values)
      const copy = typeof values === 'number' ? range(values) : values.slice()
      shuffleInPlace(source, copy as Shufflable<unknown>)
      return copy
    },
    shuffle(values: Shufflable<unknown>) {
      shuffleInPlace(source, values)
    },
    shuffleRows({ data, rows, cols }: Matrix) {
      if (data.length !== rows * cols) {
        refuse('shuffleRows', `the matrix says ${rows}×${cols} but holds ${data.length} numbers. They must match.`)
      }
      shuffleRowsInPlace(source, data, rows, cols)
    },
  }
}
