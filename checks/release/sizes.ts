// What each entry point may weigh, bundled, minified and gzipped, and what importing a part of it must leave behind.

export interface SizeBudget {
  /** What the program imports from. */
  entry: string
  /** The names it imports; all of them when absent. */
  names?: readonly string[]
  /** Bytes after gzip, of all chunks together. Raise it in the commit that causes it. */
  ceiling: number
  /** Why this much, and no more, is right. */
  reason: string
  /** Files of the packages, without `dist/` and ending, that must not be in the bundle, as globs. */
  without?: readonly string[]
}

export const budgets: readonly SizeBudget[] = [
  {
    entry: '@lab/tensor/kernels',
    ceiling: 140_000,
    reason: 'Both builds of every kernel family as base64, and the heap and thread pool that all of them need.',
    without: ['tensor/random/**'],
  },
  {
    entry: '@lab/tensor/kernels',
    names: ['dot'],
    ceiling: 10_000,
    reason: 'The heap, the thread pool and one small family.',
    without: ['tensor/kernels/wasm/!(vector).generated', 'tensor/random/**'],
  },
  {
    entry: '@lab/tensor/random',
    ceiling: 21_000,
    reason: "Every distribution, the generators, and the ziggurats' tables.",
    without: ['tensor/kernels/**'],
  },
  {
    entry: '@lab/tensor/random',
    names: ['randomState'],
    ceiling: 12_000,
    reason: "NumPy's older generator has all the distributions as its methods, but no ziggurat.",
    without: ['tensor/random/pcg64*', 'tensor/random/ziggurat*', 'tensor/random/seed-sequence', 'tensor/kernels/**'],
  },
  {
    entry: '@lab/tensor/io',
    ceiling: 15_000,
    reason: 'Readers and writers of three formats, and what their errors say.',
    without: ['tensor/kernels/**', 'tensor/random/**'],
  },
  {
    entry: '@lab/datasets',
    ceiling: 60_000,
    reason: 'The facts (address, size, hash) of every file of every data set, and their readers.',
    without: ['tensor/kernels/**'],
  },
  {
    entry: '@lab/datasets',
    names: ['makeMoons'],
    ceiling: 13_000,
    reason: 'A generator and the random stream it draws from.',
    without: ['datasets/catalog/**', 'datasets/store/**', 'datasets/readers/**', 'tensor/kernels/**'],
  },
]

export interface Separation {
  /** Each of its exports is imported by itself … */
  entry: string
  /** … and may pull in one of these files, not more. */
  files: string
  /** Exports that need several, and why. One that no longer does has to go. */
  together: Readonly<Record<string, string>>
}

export const separations: readonly Separation[] = [
  {
    entry: '@lab/tensor/kernels',
    files: 'tensor/kernels/wasm/*',
    together: {
      gemm: 'a product with a vector goes to the kernels for that',
      topk: 'moves the values that sorting has found',
    },
  },
]
