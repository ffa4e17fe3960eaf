import { rowsFromTests } from './from-tests.ts'
import type { RowSource } from './row.ts'

const cases = 'cases and NumPy version in packages/tensor/fixtures/numpy-random.py'

export const source: RowSource = {
  name: 'numpy-random',
  run: (root) =>
    rowsFromTests(root, 'packages/tensor/src/random/', [
      {
        line: "NumPy's random streams",
        named: /^gives the numbers of|^seedSequence .* spawn key/,
        note: `every value to the last bit; ${cases}`,
      },
      {
        line: "NumPy's multivariate normal",
        named: /^gives NumPy's vectors/,
        note: `within rounding, and up to the sign of an axis, which LAPACK leaves open; ${cases}`,
      },
    ]),
}
