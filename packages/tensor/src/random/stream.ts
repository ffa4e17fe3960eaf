import type { ChoiceOptions } from './choice.ts'
import type { IntegerArrays, IntegersOptions, IntegerType } from './integers.ts'
import type { Matrix } from './matrix.ts'
import type { MultivariateNormalOptions } from './multivariate-normal.ts'
import type { Shufflable } from './shuffle.ts'

/** A typed array, which `permutation` gives back as its own kind. */
export type TypedArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | BigInt64Array
  | BigUint64Array

/**
 * What both of NumPy's generators can draw. Arguments come in NumPy's order. Without `size` a number comes back, with
 * it a typed array. Bad arguments are refused before anything is drawn.
 */
export interface RandomStream {
  /** Doubles from 0 up to, but without, 1. */
  random(): number
  random(size: number): Float64Array
  /** Doubles from `low` (default 0) up to `high` (default 1). */
  uniform(low?: number, high?: number): number
  uniform(low: number | undefined, high: number | undefined, size: number): Float64Array
  /** Whole numbers from `low` up to, but without, `high`; with one argument, from 0 up to it. */
  integers(low: number, high?: number): number
  integers(low: number, high: number, size: undefined, options: { dtype: 'bigint64' | 'biguint64' }): bigint
  integers<D extends IntegerType = 'int64'>(
    low: number | bigint,
    high: number | bigint | undefined,
    size: number,
    options?: IntegersOptions<D>,
  ): IntegerArrays[D]
  integers<D extends IntegerType = 'int64'>(
    low: number | bigint,
    high: number | bigint | undefined,
    size: undefined,
    options: IntegersOptions<D>,
  ): D extends 'bigint64' | 'biguint64' ? bigint : number
  /** The normal distribution with mean 0 and standard deviation 1. */
  standardNormal(): number
  standardNormal(size: number): Float64Array
  /** The normal distribution with mean `loc` (default 0) and standard deviation `scale` (default 1). */
  normal(loc?: number, scale?: number): number
  normal(loc: number | undefined, scale: number | undefined, size: number): Float64Array
  /** The exponential distribution with mean 1. */
  standardExponential(): number
  standardExponential(size: number): Float64Array
  /** The exponential distribution with mean `scale` (default 1). */
  exponential(scale?: number): number
  exponential(scale: number | undefined, size: number): Float64Array
  /** The gamma distribution with scale 1. */
  standardGamma(shape: number): number
  standardGamma(shape: number, size: number): Float64Array
  /** The gamma distribution; its mean is `shape` times `scale` (default 1). */
  gamma(shape: number, scale?: number): number
  gamma(shape: number, scale: number | undefined, size: number): Float64Array
  /** The beta distribution. */
  beta(a: number, b: number): number
  beta(a: number, b: number, size: number): Float64Array
  /** How many events happen where `lam` (default 1) are expected. */
  poisson(lam?: number): number
  poisson(lam: number | undefined, size: number): Float64Array
  /** How many of `n` trials succeed, each with probability `p`. */
  binomial(n: number, p: number): number
  binomial(n: number, p: number, size: number): Float64Array
  /** How many trials it takes until one succeeds, each with probability `p`. */
  geometric(p: number): number
  geometric(p: number, size: number): Float64Array
  /** How `n` trials fall on outcomes with probabilities `p`; with `size`, one row for each repetition. */
  multinomial(n: number, p: ArrayLike<number>): Float64Array
  multinomial(n: number, p: ArrayLike<number>, size: number): Matrix
  /** Vectors with a given mean and covariance; with `size`, as the rows of a matrix. */
  multivariateNormal(
    mean: ArrayLike<number>,
    covariance: Matrix | readonly ArrayLike<number>[],
    size?: undefined,
    options?: MultivariateNormalOptions,
  ): Float64Array
  multivariateNormal(
    mean: ArrayLike<number>,
    covariance: Matrix | readonly ArrayLike<number>[],
    size: number,
    options?: MultivariateNormalOptions,
  ): Matrix
  /** Draws from a list, or from 0 … n - 1: see `ChoiceOptions`. */
  readonly choice: Choice<ChoiceOptions>
  /** 0 … n - 1 in random order, or a shuffled copy of an array. */
  permutation(n: number): Int32Array
  permutation<A extends TypedArray>(values: A): A
  permutation<T>(values: readonly T[]): T[]
  /** Brings an array or typed array into random order, in place. */
  shuffle<T>(values: Shufflable<T>): void
  /** Brings the rows of a matrix into random order, in place. */
  shuffleRows(matrix: Matrix): void
}

/** `choice`, which both generators have: positions for a number, things for an array. */
export interface Choice<O extends ChoiceOptions> {
  (population: number, options?: O & { size?: undefined }): number
  (population: number, options: O & { size: number }): Int32Array
  <T>(population: ArrayLike<T>, options?: O & { size?: undefined }): T
  <T>(population: ArrayLike<T>, options: O & { size: number }): T[]
}
