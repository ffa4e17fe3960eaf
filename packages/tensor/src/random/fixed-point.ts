/** Numbers as integers in units of 2⁻²⁰⁰: the few table entries that must be right to more than a double's digits. */
const BITS = 200n
const ONE = 1n << BITS

/** numerator / denominator as a double, rounded once. */
export function ratio(numerator: bigint, denominator: bigint): number {
  return Number((numerator << BITS) / denominator) / 2 ** 200
}

/** A double as an integer in these units; it must be a multiple of 2⁻²⁰⁰. */
export function toFixed(x: number): bigint {
  return BigInt(x * 2 ** 200)
}

/** 2^(i/128) for i = 0 … 127. */
export function rootsOfTwo(): bigint[] {
  let root = ONE << 1n
  for (let i = 0; i < 7; i++) root = squareRoot(root << BITS)
  const powers = [ONE]
  for (let i = 1; i < 128; i++) powers.push((powers[i - 1]! * root) >> BITS)
  return powers
}

/** log(a / b) for two positive integers near each other, by the series of the inverse hyperbolic tangent. */
export function logOfRatio(a: number, b: number): bigint {
  const t = (BigInt(a - b) << BITS) / BigInt(a + b)
  const square = (t * t) >> BITS
  let sum = 0n
  let power = t
  for (let k = 1n; power !== 0n && power !== -1n; k += 2n) {
    sum += power / k
    power = (power * square) >> BITS
  }
  return 2n * sum
}

function squareRoot(n: bigint): bigint {
  let x = 1n << BigInt((n.toString(16).length * 4) / 2 + 1)
  for (;;) {
    const next = (x + n / x) >> 1n
    if (next >= x) return x
    x = next
  }
}
