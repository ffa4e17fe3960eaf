import { rowFromTests } from './from-tests.ts'
import type { RowSource } from './row.ts'

export const source: RowSource = {
  name: 'numpy-random',
  run: async (root) => [
    await rowFromTests(root, {
      line: "NumPy's random streams",
      tests: 'packages/tensor/src/random/',
      named: /numpy/i,
      note: 'every value to the last bit; cases and NumPy version in packages/tensor/fixtures/numpy-random.py',
    }),
  ],
}
