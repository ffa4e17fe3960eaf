import { rowFromTests } from './from-tests.ts'
import type { RowSource } from './row.ts'

export const source: RowSource = {
  name: 'scikit-learn-generators',
  run: async (root) => [
    await rowFromTests(root, {
      line: "scikit-learn's data generators",
      tests: 'packages/datasets/src/generators/',
      named: /scikit-learn|sklearn/i,
      note: 'same seed, same data; cases and scikit-learn version in packages/datasets/fixtures',
    }),
  ],
}
