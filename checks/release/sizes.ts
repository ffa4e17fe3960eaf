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
  /** Files of the packages, without `dist/` and ending, that must not be in the bundle; `*` stands for any text. */
  without?: readonly string[]
}

export const budgets: readonly SizeBudget[] = [
  {
    entry: '@lab/tensor/kernels',
    ceiling: 20000,
    reason: 'placeholder',
  },
  {
    entry: '@lab/tensor/random',
    ceiling: 20000,
    reason: 'placeholder',
  },
  {
    entry: '@lab/datasets',
    ceiling: 45000,
    reason: 'placeholder',
    without: ['tensor/kernels/*'],
  },
]
