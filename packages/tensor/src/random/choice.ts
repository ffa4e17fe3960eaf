import { checkCount, checkSize, refuse } from './check.ts'
import { checkProbabilities, weightedWithReplacement, weightedWithoutReplacement } from './weighted.ts'
import type { Kit } from './kit.ts'

/** How `choice` draws. */
export interface ChoiceOptions {
  /** How many. Without it, one comes back by itself. */
  size?: number
  /** Whether the same thing may come up again. Default true. */
  replace?: boolean
  /** A probability for each thing, summing to one. Without it, all are alike. */
  p?: ArrayLike<number>
}

/** Draws `count` of the positions 0 … population - 1, all alike and none twice. */
export type DistinctPositions = (population: number, count: number) => Int32Array

/** The positions that `choice` picks; everything is checked before the first number is drawn. */
export function choosePositions(
  kit: Kit,
  population: number,
  { size, replace = true, p }: ChoiceOptions,
  distinct: DistinctPositions,
): Int32Array {
  checkCount('choice', 'the number to choose from', population)
  const count = size === undefined ? 1 : checkSize('choice', size)
  if (population === 0 && count > 0) refuse('choice', 'there is nothing to choose from.')
  if (p !== undefined) checkProbabilities(p, population)
  if (replace) {
    if (p !== undefined) return weightedWithReplacement(kit.source, p, count)
    const next = population > 1 ? kit.integers(population - 1) : () => 0
    return new Int32Array(count).map(next)
  }
  if (count > population) {
    refuse('choice', `cannot take ${count} of ${population} without replacement. Ask for fewer or set replace.`)
  }
  if (p === undefined) return distinct(population, count)
  const possible = Array.from(p).filter((probability) => probability > 0).length
  if (possible < count) {
    refuse('choice', `only ${possible} things have a probability above 0, too few to take ${count} different ones.`)
  }
  return weightedWithoutReplacement(kit.source, p, count)
}
