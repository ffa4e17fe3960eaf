// Groups rows by key, and folds values by group. Groups are numbered in the order in which their keys first appear.
import { findOutside } from './parts/indices'

/** The smallest and the largest of the keys begin ≤ i < end, into `out`. */
export function key_range(keys: usize, out: usize, begin: i32, end: i32): void {
  let least = load<i32>(keys + (usize(begin) << 2))
  let most = least
  for (let i = begin; i < end; i++) {
    const key = load<i32>(keys + (usize(i) << 2))
    least = min(least, key)
    most = max(most, key)
  }
  store<i32>(out, least)
  store<i32>(out, most, 4)
}

/**
 * Numbers the groups of the keys begin ≤ i < end by a table with an entry for every possible key: 0 for a key that has
 * not been seen, else its group + 1. Gives the number of groups, of which there were `groups` before.
 */
export function group_dense(
  keys: usize, out: usize, table: usize, least: i32, groups: i32, begin: i32, end: i32,
): i32 {
  for (let i = begin; i < end; i++) {
    const entry = table + (usize(load<i32>(keys + (usize(i) << 2)) - least) << 2)
    let group = load<i32>(entry)
    if (group == 0) {
      group = ++groups
      store<i32>(entry, group)
    }
    store<i32>(out + (usize(i) << 2), group - 1)
  }
  return groups
}

/** The upper bits of a product by an odd constant near 2⁶⁴/φ: neighbouring keys spread over the table. */
// @ts-ignore: decorator
@inline
function hash(key: u64): u32 {
  key ^= key >> 32
  key *= 0x9e3779b97f4a7c15
  return u32(key >> 32) ^ u32(key >> 15)
}

/** A key's bits. All NaN are one key, and so are the two zeros. */
// @ts-ignore: decorator
@inline
function bitsOf<T>(p: usize): u64 {
  if (sizeof<T>() == 4) return u64(load<u32>(p))
  const value = load<f64>(p)
  if (value != value) return 0x7ff8000000000000
  return value == 0 ? 0 : load<u64>(p)
}

/** An entry is a key of 8 bytes and its group + 1 in 4, with 4 to spare; 0 marks a free one. */
// @ts-ignore: decorator
@inline
function entryOf(table: usize, mask: u32, key: u64): usize {
  let at = hash(key) & mask
  while (true) {
    const entry = table + (usize(at) << 4)
    if (load<u32>(entry, 8) == 0 || load<u64>(entry) == key) return entry
    at = (at + 1) & mask
  }
}

// @ts-ignore: decorator
@inline
function groupHash<T>(keys: usize, out: usize, table: usize, mask: u32, groups: i32, begin: i32, end: i32): i32 {
  for (let i = begin; i < end; i++) {
    const key = bitsOf<T>(keys + usize(i) * sizeof<T>())
    const entry = entryOf(table, mask, key)
    let group = load<i32>(entry, 8)
    if (group == 0) {
      group = ++groups
      store<u64>(entry, key)
      store<i32>(entry, group, 8)
    }
    store<i32>(out + (usize(i) << 2), group - 1)
  }
  return groups
}

/** Numbers the groups by hashing; the table has mask + 1 entries, more than there will be groups. */
export function group_i32(keys: usize, out: usize, table: usize, mask: i32, groups: i32, begin: i32, end: i32): i32 {
  return groupHash<i32>(keys, out, table, mask, groups, begin, end)
}

export function group_f64(keys: usize, out: usize, table: usize, mask: i32, groups: i32, begin: i32, end: i32): i32 {
  return groupHash<f64>(keys, out, table, mask, groups, begin, end)
}

/** Moves the entries begin ≤ i < end of a table into a larger one. */
export function rehash(from: usize, to: usize, mask: i32, begin: i32, end: i32): void {
  for (let i = begin; i < end; i++) {
    const old = from + (usize(i) << 4)
    if (load<u32>(old, 8) == 0) continue
    v128.store(entryOf(to, mask, load<u64>(old)), v128.load(old))
  }
}

/** out[i] = a[i]·width + b[i] as f64, which numbers of groups fit in exactly. */
export function pair_keys(a: usize, b: usize, width: f64, out: usize, begin: i32, end: i32, thread: i32): void {
  for (let i = begin; i < end; i++) {
    const at = usize(i) << 2
    store<f64>(out + (at << 1), f64(load<i32>(a + at)) * width + f64(load<i32>(b + at)))
  }
}

/** Where the first index stands, among begin ≤ i < end, that is not in 0 … limit - 1; -1 if there is none. */
export function find_outside(index: usize, limit: i32, begin: i32, end: i32): i32 {
  return findOutside(index, limit, begin, end)
}

const SUM: i32 = 0
const SQUARES: i32 = 1
const LEAST: i32 = 2
const MOST: i32 = 3
const FIRST: i32 = 4
const LAST: i32 = 5

/** Takes a value into a group's result, of which `many` values are in already. */
// @ts-ignore: decorator
@inline
function take(op: i32, result: f64, many: f64, value: f64): f64 {
  if (op == SUM) return result + value
  if (op == SQUARES) return result + value * value
  if (op == FIRST) return many == 0 ? value : result
  if (op == LAST || many == 0) return value
  return op == LEAST ? min(result, value) : max(result, value)
}

/** Joins the results of two runs of rows, the first of which holds `many` values. */
// @ts-ignore: decorator
@inline
function joined(op: i32, result: f64, many: f64, next: f64): f64 {
  return take(op == SQUARES ? SUM : op, result, many, next)
}

// @ts-ignore: decorator
@inline
function foldPart(op: i32, values: usize, index: usize, skip: i32, results: usize, begin: i32, end: i32): void {
  for (let i = begin; i < end; i++) {
    const value = load<f64>(values + (usize(i) << 3))
    if (skip && value != value) continue
    const q = results + (usize(load<u32>(index + (usize(i) << 2))) << 4)
    if (op <= SQUARES) {
      // Sum and count together.
      const term = f64x2.replace_lane(f64x2.splat(1), 0, op == SUM ? value : value * value)
      v128.store(q, f64x2.add(v128.load(q), term))
    } else {
      const many = load<f64>(q, 8)
      store<f64>(q, take(op, load<f64>(q), many, value))
      store<f64>(q, many + 1, 8)
    }
  }
}

/**
 * Folds the rows of the parts begin ≤ p < end by group, each part into results of its own: a value and a count of
 * values per group. NaN is left out if `skip`.
 */
export function fold_groups(
  op: i32, values: usize, index: usize, n: i32, part: i32, groups: i32, skip: i32, results: usize,
  begin: i32, end: i32, thread: i32,
): void {
  for (let p = begin; p < end; p++) {
    const own = results + ((usize(p) * usize(groups)) << 4)
    const last = min(n, (p + 1) * part)
    memory.fill(own, 0, usize(groups) << 4)
    if (op == SUM) foldPart(SUM, values, index, skip, own, p * part, last)
    else if (op == SQUARES) foldPart(SQUARES, values, index, skip, own, p * part, last)
    else if (op == LEAST) foldPart(LEAST, values, index, skip, own, p * part, last)
    else if (op == MOST) foldPart(MOST, values, index, skip, own, p * part, last)
    else if (op == FIRST) foldPart(FIRST, values, index, skip, own, p * part, last)
    else foldPart(LAST, values, index, skip, own, p * part, last)
  }
}

/** What is written for a group. */
const VALUE: i32 = 0
const MEAN: i32 = 1

/** Joins the parts' results of the groups begin ≤ g < end in order; writes the value, the mean or the count. */
export function join_groups(
  op: i32, results: usize, parts: i32, groups: i32, what: i32, out: usize, begin: i32, end: i32, thread: i32,
): void {
  for (let g = begin; g < end; g++) {
    let p = results + (usize(g) << 4)
    let result: f64 = 0
    let many: f64 = 0
    for (let i = 0; i < parts; i++) {
      const more = load<f64>(p, 8)
      if (more > 0) result = joined(op, result, many, load<f64>(p))
      many += more
      p += usize(groups) << 4
    }
    let value = many
    if (what == MEAN) value = result / many
    else if (what == VALUE) value = many > 0 || op <= SQUARES ? result : NaN
    store<f64>(out + (usize(g) << 3), value == value ? value : NaN)
  }
}
