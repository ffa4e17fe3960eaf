import { randomState, type Matrix, type RandomState } from '@lab/tensor/random'

/** What every generator takes. */
export interface SeedOption {
  /** Same seed, same numbers: those of scikit-learn's `random_state`. Default: other numbers each time. */
  seed?: number | undefined
}

/** The stream of a seed, or an unpredictable one. */
export function streamOf(seed: number | undefined): RandomState {
  return randomState(seed ?? crypto.getRandomValues(new Uint32Array(1)))
}

/** A matrix from -1 up to 1, drawn row after row. */
export function signedUniform(stream: RandomState, rows: number, cols: number): Matrix {
  return { data: stream.random(rows * cols).map((value) => 2 * value - 1), rows, cols }
}

/** 0 to n - 1 in random order, drawn as scikit-learn's `shuffle` does. */
export function shuffledOrder(stream: RandomState, n: number): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i)
  stream.shuffle(order)
  return order
}

/** Adds normal noise to every value. */
export function addNoise({ data }: Matrix, stream: RandomState, scale: number): void {
  stream.standardNormal(data.length).forEach((value, i) => {
    data[i] = at(data, i) + scale * value
  })
}

/** The value at a position that is known to be there. */
export function at(values: ArrayLike<number>, i: number): number {
  return values[i] ?? Number.NaN
}
