import type { BitSource } from './bit-source.ts'
import { log } from './log.ts'

/**
 * Kachitvichyanukul and Schmeiser's BTPE, 1988: binomial counts with n·p above 30 and p ≤ ½, from a triangle, a
 * parallelogram and two exponential tails. Letters are the paper's.
 */
export function btpeSampler(source: BitSource, n: number, p: number): () => number {
  const q = 1 - p
  const fm = n * p + p
  const m = Math.floor(fm)
  const p1 = Math.floor(2.195 * Math.sqrt(n * p * q) - 4.6 * q) + 0.5
  const xm = m + 0.5
  const xl = xm - p1
  const xr = xm + p1
  const c = 0.134 + 20.5 / (15.3 + m)
  const left = (fm - xl) / (fm - xl * p)
  const lambdaL = left * (1 + left / 2)
  const right = (xr - fm) / (xr * q)
  const lambdaR = right * (1 + right / 2)
  const p2 = p1 * (1 + 2 * c)
  const p3 = p2 + c / lambdaL
  const p4 = p3 + c / lambdaR
  const accepts = acceptance(n, p, m)
  return () => {
    for (;;) {
      const u = source.double() * p4
      let v = source.double()
      let y: number
      if (u <= p1) return Math.floor(xm - p1 * v + u)
      if (u <= p2) {
        const x = xl + (u - p1) / c
        v = v * c + 1 - Math.abs(m - x + 0.5) / p1
        if (v > 1) continue
        y = Math.floor(x)
      } else if (u <= p3) {
        y = Math.floor(xl + log(v) / lambdaL)
        if (y < 0 || v === 0) continue
        v = v * (u - p2) * lambdaL
      } else {
        y = Math.floor(xr - log(v) / lambdaR)
        if (y > n || v === 0) continue
        v = v * (u - p3) * lambdaR
      }
      if (accepts(y, v)) return y
    }
  }
}

/** Compares v with f(y) / f(m): by the recursion near the mode, else by squeezes and Stirling's formula. */
function acceptance(n: number, p: number, m: number): (y: number, v: number) => boolean {
  const q = 1 - p
  const variance = n * p * q
  const odds = p / q
  const a = odds * (n + 1)
  return (y, v) => {
    const k = Math.abs(y - m)
    if (k <= 20 || k >= variance / 2 - 1) {
      let f = 1
      for (let i = m + 1; i <= y; i++) f *= a / i - odds
      for (let i = y + 1; i <= m; i++) f /= a / i - odds
      return v <= f
    }
    const rho = (k / variance) * ((k * (k / 3 + 0.625) + 0.16666666666666666) / variance + 0.5)
    const t = (-k * k) / (2 * variance)
    const logV = log(v)
    if (logV < t - rho) return true
    if (logV > t + rho) return false
    const x1 = y + 1
    const f1 = m + 1
    const z = n + 1 - m
    const w = n - y + 1
    return (
      logV <=
      (m + 0.5) * log(f1 / x1) +
        (n - m + 0.5) * log(z / w) +
        (y - m) * log((w * p) / (x1 * q)) +
        stirling(f1) +
        stirling(z) +
        stirling(x1) +
        stirling(w)
    )
  }
}

function stirling(x: number): number {
  const square = x * x
  return (13680 - (462 - (132 - (99 - 140 / square) / square) / square) / square) / x / 166320
}
