import type { Kit } from './kit.ts'
import { range } from './shuffle.ts'

/**
 * Positions without repetition as `Generator.choice` finds them: by shuffling the tail of the whole population where a
 * large part of a large one is wanted, else by Floyd's algorithm, shuffled afterwards unless the order is of no matter.
 */
export function distinctPositions(kit: Kit, shuffled: boolean): (population: number, count: number) => Int32Array {
  return (population, count) => {
    const cutoff = Math.floor(population / (shuffled ? 50 : 20))
    if (population > 10000 && count > cutoff) {
      const positions = range(population)
      swapDown(kit, positions, Math.max(population - count, 1))
      return positions.slice(population - count)
    }
    const positions = floyd(kit, population, count)
    if (shuffled) swapDown(kit, positions, 1)
    return positions
  }
}

/** Fisher and Yates over the positions from the last down to `first`. */
function swapDown(kit: Kit, positions: Int32Array, first: number): void {
  for (let i = positions.length - 1; i >= first; i--) {
    const j = kit.integers(i)()
    const held = positions[j]!
    positions[j] = positions[i]!
    positions[i] = held
  }
}

function floyd(kit: Kit, population: number, count: number): Int32Array {
  const found = new Set<number>()
  for (let j = population - count; j < population; j++) {
    const drawn = j === 0 ? 0 : kit.integers(j)()
    found.add(found.has(drawn) ? j : drawn)
  }
  return Int32Array.from(found)
}
