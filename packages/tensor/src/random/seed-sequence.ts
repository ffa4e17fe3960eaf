import { checkCount, refuse } from './check.ts'

/** What a seed may be: whole numbers of any size, one or several. */
export type Entropy = number | bigint | ArrayLike<number | bigint>

/** The words that the entropy is mixed into. */
const POOL = 4

/** NumPy's `SeedSequence`: turns any seed into well mixed words, and into independent children. */
export interface SeedSequence {
  readonly entropy: Entropy
  /** Where in the tree of children this one stands; empty at the root. */
  readonly spawnKey: readonly number[]
  /** The first `count` words of 32 bits for seeding a generator. */
  generateState(count: number): Uint32Array
  /** `count` new children; calling it again gives further ones. */
  spawn(count: number): SeedSequence[]
}

/** How a seed sequence is made. */
export interface SeedSequenceOptions {
  /** Where in the tree of children to start. Default: the root. */
  spawnKey?: readonly number[]
}

/**
 * Turns a seed into words for seeding generators, and into children whose streams do not overlap.
 *
 * @example
 * ```ts
 * import { seedSequence } from '@lab/tensor/random'
 *
 * const root = seedSequence(42)
 * root.generateState(2) // → Uint32Array [ 3444837047, 2669555309 ]
 * const [first, second] = root.spawn(2)
 * second.spawnKey // → [ 1 ]
 * ```
 */
export function seedSequence(entropy: Entropy, { spawnKey = [] }: SeedSequenceOptions = {}): SeedSequence {
  const words = toWords('entropy', entropy)
  // Without the padding, a long seed and a short one with a spawn key could be the same.
  if (spawnKey.length > 0) while (words.length < POOL) words.push(0)
  const pool = mixed([...words, ...toWords('spawnKey', spawnKey)])
  let spawned = 0
  return {
    entropy,
    spawnKey,
    generateState(count) {
      checkCount('seedSequence.generateState', 'count', count)
      return generate(pool, count)
    },
    spawn(count) {
      checkCount('seedSequence.spawn', 'count', count)
      const first = spawned
      spawned += count
      return Array.from({ length: count }, (_, i) => seedSequence(entropy, { spawnKey: [...spawnKey, first + i] }))
    },
  }
}

/** Splits whole numbers into words of 32 bits, lowest first, and strings the words of several together. */
function toWords(name: string, values: Entropy): number[] {
  if (typeof values === 'object') return Array.from(values).flatMap((value) => toWords(name, value))
  const whole = typeof values === 'bigint' || Number.isSafeInteger(values)
  if (!whole || values < 0) {
    refuse(
      'seedSequence',
      `${name} must be of whole numbers, not negative (above 2⁵³ as bigint), got ${String(values)}.`,
    )
  }
  const words: number[] = []
  let rest = BigInt(values)
  do {
    words.push(Number(rest & 0xffffffffn))
    rest >>= 32n
  } while (rest > 0n)
  return words
}

/** O'Neill's mixing of any number of words into the pool, each of which then depends on all of them. */
function mixed(words: readonly number[]): Uint32Array {
  let multiplier = 0x43b0d7e5
  const hash = (word: number): number => {
    const changed = word ^ multiplier
    multiplier = Math.imul(multiplier, 0x931e8875)
    const product = Math.imul(changed, multiplier)
    return product ^ (product >>> 16)
  }
  const mix = (x: number, y: number): number => {
    const result = (Math.imul(0xca01f9dd, x) - Math.imul(0x4973f715, y)) | 0
    return result ^ (result >>> 16)
  }
  const pool = new Uint32Array(POOL)
  for (let i = 0; i < POOL; i++) pool[i] = hash(words[i] ?? 0)
  for (let from = 0; from < POOL; from++) {
    for (let to = 0; to < POOL; to++) if (from !== to) pool[to] = mix(pool[to]!, hash(pool[from]!))
  }
  for (let from = POOL; from < words.length; from++) {
    for (let to = 0; to < POOL; to++) pool[to] = mix(pool[to]!, hash(words[from]!))
  }
  return pool
}

function generate(pool: Uint32Array, count: number): Uint32Array {
  let multiplier = 0x8b51f9dd
  return Uint32Array.from({ length: count }, (_, i) => {
    const changed = pool[i % POOL]! ^ multiplier
    multiplier = Math.imul(multiplier, 0x58f38ded)
    const product = Math.imul(changed, multiplier)
    return product ^ (product >>> 16)
  })
}
