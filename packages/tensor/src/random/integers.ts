import { checkSize, refuse } from './check.ts'
import type { Kit } from './kit.ts'

/** What `integers` gives for each `dtype`. NumPy's default, int64, comes as doubles, which are exact to 2⁵³. */
export interface IntegerArrays {
  int64: Float64Array
  int32: Int32Array
  uint32: Uint32Array
  bigint64: BigInt64Array
  biguint64: BigUint64Array
}

/** The kind of array that `integers` gives. */
export type IntegerType = keyof IntegerArrays

/** How `integers` counts. */
export interface IntegersOptions<D extends IntegerType = 'int64'> {
  /** What comes back; the numbers drawn are the same. Default `'int64'`: whole numbers in a `Float64Array`. */
  dtype?: D
  /** Include `high` itself. Default false. */
  endpoint?: boolean
}

const limits: Record<IntegerType, readonly [bigint, bigint]> = {
  int64: [-(2n ** 53n - 1n), 2n ** 53n - 1n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  bigint64: [-(2n ** 63n), 2n ** 63n - 1n],
  biguint64: [0n, 2n ** 64n - 1n],
}

/** The lowest and highest number to be drawn. */
export interface Bounds {
  lowest: bigint
  highest: bigint
}

/** Checks what the caller gave and turns it into the closed interval that is drawn from. */
export function integerBounds(
  low: number | bigint,
  high: number | bigint | undefined,
  options: IntegersOptions<IntegerType>,
): Bounds {
  const { dtype = 'int64', endpoint = false } = options
  if (!Object.hasOwn(limits, dtype)) {
    refuse('integers', `dtype must be one of ${Object.keys(limits).join(', ')}, got ${String(dtype)}.`)
  }
  const lowest = high === undefined ? 0n : whole('low', low)
  const end = whole('high', high ?? low)
  const highest = endpoint ? end : end - 1n
  if (lowest > highest) {
    refuse('integers', `low must be ${endpoint ? 'at most' : 'below'} high, got low ${lowest} and high ${end}.`)
  }
  const [least, most] = limits[dtype]
  if (lowest < least || highest > most) {
    const wider = dtype === 'int64' ? ' Ask for dtype bigint64 or biguint64.' : ''
    refuse('integers', `${lowest} to ${highest} does not fit ${dtype}, which holds ${least} to ${most}.${wider}`)
  }
  return { lowest, highest }
}

function whole(name: string, value: number | bigint): bigint {
  if (typeof value === 'bigint') return value
  if (Number.isSafeInteger(value)) return BigInt(value)
  return refuse('integers', `${name} must be a whole number within ±2⁵³ or a bigint, got ${String(value)}.`)
}

/** One number of the default kind without the detour over bigint, where 32 bits do: what inner loops call. */
export function quickInteger(kit: Kit, low: number | bigint, high: number | bigint | undefined): number | undefined {
  const lowest = high === undefined ? 0 : low
  const end = high ?? low
  if (typeof lowest !== 'number' || typeof end !== 'number') return undefined
  const range = end - 1 - lowest
  const quick = Number.isSafeInteger(lowest) && Number.isSafeInteger(end) && range >= 0 && range <= 0xffffffff
  if (!quick) return undefined
  return range === 0 ? lowest : lowest + kit.integers(range)()
}

/** Draws one whole number, or `size` of them. */
export function drawIntegers(
  kit: Kit,
  { lowest, highest }: Bounds,
  size: number | undefined,
  dtype: IntegerType,
): number | bigint | IntegerArrays[IntegerType] {
  if (size !== undefined) checkSize('integers', size)
  if (dtype === 'bigint64' || dtype === 'biguint64') {
    const next = longSampler(kit, lowest, highest)
    if (size === undefined) return next()
    return fill(dtype === 'bigint64' ? new BigInt64Array(size) : new BigUint64Array(size), next)
  }
  const next = sampler(kit, lowest, highest)
  if (size === undefined) return next()
  if (dtype === 'int32') return fill(new Int32Array(size), next)
  return fill(dtype === 'uint32' ? new Uint32Array(size) : new Float64Array(size), next)
}

function sampler(kit: Kit, lowest: bigint, highest: bigint): () => number {
  const range = highest - lowest
  const low = Number(lowest)
  if (range === 0n) return () => low
  if (range <= 0xffffffffn) {
    const next = kit.integers(Number(range))
    return () => low + next()
  }
  const next = kit.longIntegers(range)
  return () => Number(lowest + next())
}

function longSampler(kit: Kit, lowest: bigint, highest: bigint): () => bigint {
  const range = highest - lowest
  if (range === 0n) return () => lowest
  if (range <= 0xffffffffn) {
    const next = kit.integers(Number(range))
    return () => lowest + BigInt(next())
  }
  const next = kit.longIntegers(range)
  return () => lowest + next()
}

function fill<T, A extends { readonly length: number; [index: number]: T }>(out: A, next: () => T): A {
  for (let i = 0; i < out.length; i++) out[i] = next()
  return out
}
