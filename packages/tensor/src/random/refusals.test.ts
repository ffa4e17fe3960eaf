import { describe, expect, test } from 'vitest'
import { generator, randomState } from './index.ts'
import type { RandomStream } from './index.ts'

const refusals: [string, (rng: RandomStream) => unknown, string][] = [
  ['a size with a fraction', (r) => r.random(1.5), 'random: size must be a whole number from 0 to 2³² - 1, got 1.5.'],
  ['a negative size', (r) => r.normal(0, 1, -1), 'normal: size must be a whole number'],
  ['no finite mean', (r) => r.normal(NaN), 'normal: loc must be a finite number, got NaN.'],
  ['a negative scale', (r) => r.normal(0, -1), 'normal: scale must be 0 or more, got -1.'],
  ['bounds the wrong way round', (r) => r.uniform(2, 1), 'uniform: high must be 2 or more, got 1.'],
  ['an endless interval', (r) => r.uniform(-1e308, 1e308), 'uniform: high - low must be finite'],
  ['a negative mean', (r) => r.exponential(-1), 'exponential: scale must be 0 or more, got -1.'],
  ['a negative shape', (r) => r.standardGamma(-1), 'standardGamma: shape must be 0 or more, got -1.'],
  ['a negative gamma scale', (r) => r.gamma(1, -2, 4), 'gamma: scale must be 0 or more, got -2.'],
  ['a shape of 0', (r) => r.beta(0, 1), 'beta: a must be above 0, got 0.'],
  ['a second shape of 0', (r) => r.beta(1, 0), 'beta: b must be above 0, got 0.'],
  ['a negative rate', (r) => r.poisson(-1), 'poisson: lam must be 0 or more, got -1.'],
  ['a rate beyond counting', (r) => r.poisson(1e19), 'poisson: lam must be 9223372006484771000 or less'],
  ['half a trial', (r) => r.binomial(1.5, 0.5), 'binomial: n must be a whole number from 0 to 2⁵³ - 1, got 1.5.'],
  ['a probability above 1', (r) => r.binomial(2, 1.1), 'binomial: p must be 1 or less, got 1.1.'],
  ['no chance of success', (r) => r.geometric(0), 'geometric: p must be above 0, got 0.'],
  ['no outcomes', (r) => r.multinomial(3, []), 'multinomial: p is empty.'],
  ['outcomes above 1', (r) => r.multinomial(3, [0.7, 0.7, 0]), 'all but the last of the probabilities p sum to 1.4'],
  ['a negative outcome', (r) => r.multinomial(3, [-0.1, 1.1]), 'multinomial: p[0] must be 0 or more, got -0.1.'],
  ['an empty range', (r) => r.integers(3, 3), 'integers: low must be below high, got low 3 and high 3.'],
  ['a bound with a fraction', (r) => r.integers(0, 2.5), 'integers: high must be a whole number within ±2⁵³'],
  ['a bound beyond doubles', (r) => r.integers(0, 2 ** 60), 'integers: high must be a whole number within ±2⁵³'],
  [
    'more than 32 bits for int32',
    (r) => r.integers(0, 2 ** 32, 3, { dtype: 'int32' }),
    'integers: 0 to 4294967295 does not fit int32, which holds -2147483648 to 2147483647.',
  ],
  ['a bigint for doubles', (r) => r.integers(0n, 2n ** 60n, 3), 'Ask for dtype bigint64 or biguint64.'],
  [
    'an unknown kind of integer',
    // @ts-expect-error -- what the type forbids
    (r) => r.integers(0, 2, 3, { dtype: 'int8' }),
    'integers: dtype must be one of int64, int32, uint32, bigint64, biguint64, got int8.',
  ],
  ['nothing to choose from', (r) => r.choice(0), 'choice: there is nothing to choose from.'],
  ['half a thing', (r) => r.choice(2.5), 'choice: the number to choose from must be a whole number'],
  ['more than there are', (r) => r.choice(3, { size: 4, replace: false }), 'cannot take 4 of 3 without replacement'],
  ['weights that do not match', (r) => r.choice(3, { p: [0.5, 0.5] }), 'p has 2 probabilities for 3 things'],
  ['a negative weight', (r) => r.choice(2, { p: [-0.5, 1.5] }), 'choice: p[0] must be 0 or more, got -0.5.'],
  ['weights that do not sum to 1', (r) => r.choice(2, { p: [0.5, 0.4] }), 'p sum to 0.9, not to 1.'],
  [
    'too few with weight',
    (r) => r.choice(3, { size: 2, replace: false, p: [1, 0, 0] }),
    'only 1 things have a probability above 0',
  ],
  ['a negative permutation', (r) => r.permutation(-1), 'permutation: n must be a whole number'],
  [
    'a matrix that lies',
    (r) => r.shuffleRows({ data: new Float64Array(5), rows: 2, cols: 3 }),
    'shuffleRows: the matrix says 2×3 but holds 5 numbers.',
  ],
  ['a ragged covariance', (r) => r.multivariateNormal([0, 0], [[1, 0], [0]]), 'row 1 has 1 numbers'],
  [
    'a covariance that is not square',
    (r) => r.multivariateNormal([0], { data: new Float64Array(2), rows: 1, cols: 2 }),
    'the covariance is 1×2. It must be square.',
  ],
  ['a mean of another length', (r) => r.multivariateNormal([0, 0], [[1]]), 'is 1×1 but the mean has 2 numbers'],
  ['no number in the mean', (r) => r.multivariateNormal([NaN], [[1]]), 'mean[0] must be a finite number'],
  [
    'a lopsided covariance',
    (r) =>
      r.multivariateNormal(
        [0, 0],
        [
          [1, 0.5],
          [0.4, 1],
        ],
      ),
    'the covariance is not symmetric: [0][1] is 0.5, [1][0] is 0.4.',
  ],
  ...(['svd', 'eigh', 'cholesky'] as const).map((method): [string, (r: RandomStream) => unknown, string] => [
    `an indefinite covariance for ${method}`,
    (r) =>
      r.multivariateNormal(
        [0, 0],
        [
          [1, 2],
          [2, 1],
        ],
        3,
        { method },
      ),
    'the covariance is not positive',
  ]),
  [
    'an unknown method',
    // @ts-expect-error -- what the type forbids
    (r) => r.multivariateNormal([0], [[1]], 1, { method: 'qr' }),
    "method must be 'svd', 'eigh' or 'cholesky', got qr.",
  ],
]

describe.each([
  ['randomState', randomState],
  ['generator', generator],
] as const)('%s refuses, before it draws,', (_name, make) => {
  test.each(refusals)('%s', (_what, call, message) => {
    const rng = make(1)
    expect(() => call(rng)).toThrow(message)
    expect(rng.state).toEqual(make(1).state)
  })
})

test('generator refuses an unknown precision and a negative number of children', () => {
  const rng = generator(1)
  // @ts-expect-error -- what the type forbids
  expect(() => rng.random(3, { dtype: 'float16' })).toThrow(
    "random: dtype must be 'float64' or 'float32', got float16.",
  )
  expect(() => rng.spawn(-1)).toThrow('seedSequence.spawn: count must be a whole number')
})
