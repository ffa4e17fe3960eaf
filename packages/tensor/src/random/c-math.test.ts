import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import golden from '../../fixtures/c-math.json' with { type: 'json' }
import { exp } from './exp.ts'
import { generator } from './index.ts'
import { log } from './log.ts'
import { log1p } from './log1p.ts'
import { pow } from './pow.ts'

const rng = generator(11)
const u = rng.random(50000)
const v = rng.random(50000)
// In the order of the fixture's cases.
const results: Float64Array[] = [
  u.map(log),
  u.map((x) => log(0.93 + 0.14 * x)),
  u.map((x) => log(x * 1e-300)),
  u.map((x) => log(x * 1e300)),
  u.map((x) => log1p(-x)),
  u.map(log1p),
  u.map((x) => log1p(-x * 1e-7)),
  u.map((x) => log1p(x * 1e-11)),
  u.map((x) => log1p(x * 1e5)),
  u.map((x) => exp(-30 * x)),
  u.map((x) => exp(-500 - 300 * x)),
  u.map((x) => exp(500 + 209 * x)),
  u.map((x, i) => pow(x, 1 + 9 * v[i]!)),
  u.map((x, i) => pow(x, 1000 * v[i]! + 1)),
  u.map((x, i) => pow(1 + 3 * x, 1 + 9 * v[i]!)),
]

test.each(golden.cases.map((entry, i) => [entry.name, entry.first, entry, results[i]!] as const))(
  "%s has the C library's bits, 50000 times from %s on",
  (_name, _first, { head, sha256 }, values) => {
    expect(Array.from(values.subarray(0, head.length))).toEqual(head)
    expect(createHash('sha256').update(values).digest('hex')).toBe(sha256)
  },
)

test('what lies outside', () => {
  expect([log(0), log(Infinity), log(1), log(-1)]).toEqual([-Infinity, Infinity, 0, NaN])
  expect([exp(0), exp(1e-20), exp(-Infinity), exp(Infinity), exp(1025), exp(-2000), exp(NaN)]).toEqual([
    1,
    1,
    0,
    Infinity,
    Infinity,
    0,
    NaN,
  ])
  expect([pow(0, 3), pow(1, 1e300), pow(0.5, 2 ** 70), pow(0.5, 1080)]).toEqual([0, 1, 0, 0])
  expect([log1p(-1), log1p(1e-20), log1p(0)]).toEqual([-Infinity, 1e-20, 0])
})
