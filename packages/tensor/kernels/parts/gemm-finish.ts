// What follows a product whose sum was cut into parts, or of whose symmetric result only one half was computed.

const LOWER: i32 = 1
const UPPER: i32 = 2

/**
 * c = alpha · (the sum of `count` matrices) + beta · d for the rows begin ≤ i < end. The matrices follow each other in
 * `partials`, m rows of `width` values (whole vectors of them) each, and the first is overwritten with their sum.
 */
// @ts-ignore: decorator
@inline
export function sumPartials<T>(
  part: i32, m: i32, n: i32, count: i32, partials: usize, width: i32, c: usize, cStep: usize, d: usize, dStep: usize,
  alpha: T, beta: T, begin: i32, end: i32,
): void {
  const row = usize(width) * sizeof<T>()
  for (let i = begin; i < end; i++) {
    const sum = partials + usize(i) * row
    let next = sum
    for (let s = 1; s < count; s++) {
      next += usize(m) * row
      for (let at: usize = 0; at < row; at += 16) {
        v128.store(sum + at, v128.add<T>(v128.load(sum + at), v128.load(next + at)))
      }
    }
    const last = part == LOWER ? i + 1 : n
    for (let j = part == UPPER ? i : 0; j < last; j++) {
      const at = usize(j) * sizeof<T>()
      const value = alpha * load<T>(sum + at)
      store<T>(c + usize(i) * cStep + at, beta == 0 ? value : value + beta * load<T>(d + usize(i) * dStep + at))
    }
  }
}

/** Rows whose columns `mirror` writes together: what it reads of them shares cache lines. */
const TOGETHER: i32 = 16

/** Copies the lower triangle of c, n × n, to the upper, for the columns TOGETHER · begin ≤ j < TOGETHER · end. */
// @ts-ignore: decorator
@inline
export function mirror<T>(n: i32, c: usize, cStep: usize, begin: i32, end: i32): void {
  for (let piece = begin; piece < end; piece++) {
    const first = piece * TOGETHER
    const last = min(n, first + TOGETHER)
    for (let i = first + 1; i < n; i++) {
      const row = c + usize(i) * cStep
      for (let j = first; j < min(i, last); j++) {
        store<T>(c + usize(j) * cStep + usize(i) * sizeof<T>(), load<T>(row + usize(j) * sizeof<T>()))
      }
    }
  }
}
