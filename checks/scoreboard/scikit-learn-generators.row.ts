import { rowsFromTests } from './from-tests.ts'
import type { RowSource } from './row.ts'

export const source: RowSource = {
  name: 'scikit-learn-generators',
  run: (root) =>
    rowsFromTests(root, 'packages/datasets/src/generators/', [
      {
        line: "scikit-learn's data generators",
        named: /is scikit-learn's/,
        note: 'what is drawn or picked to the last bit, what is summed within rounding; cases and scikit-learn version in packages/datasets/fixtures/generators.py',
      },
    ]),
}
