// The last step of a sum that several threads made parts of.

/**
 * out[i] = the sum of parts[0][i], parts[1][i] … in this order, for the values begin ≤ i < end. Each part holds `size`
 * values, and there is one at least.
 */
export function sumPartials(parts: usize, count: i32, size: i32, out: usize, begin: i32, end: i32): void {
  const part = usize(size) << 2
  let i = usize(begin) << 2
  const last = usize(end) << 2
  for (; i + 16 <= last; i += 16) {
    let p = parts + i
    let sum = v128.load(p)
    for (let k = 1; k < count; k++) {
      p += part
      sum = f32x4.add(sum, v128.load(p))
    }
    v128.store(out + i, sum)
  }
  for (; i < last; i += 4) {
    let p = parts + i
    let sum = load<f32>(p)
    for (let k = 1; k < count; k++) {
      p += part
      sum += load<f32>(p)
    }
    store<f32>(out + i, sum)
  }
}
