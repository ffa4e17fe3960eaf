import type { ChoiceOptions } from './choice.ts'
import type { Choice } from './stream.ts'

/** Turns a picker of positions into `choice`: positions for a number, the things there for an array, one without size. */
export function things<O extends ChoiceOptions>(pick: (population: number, options: O) => Int32Array): Choice<O> {
  const choice = (population: number | ArrayLike<unknown>, options?: O): unknown => {
    const count = typeof population === 'number' ? population : population.length
    const positions = pick(count, options ?? ({} as O))
    const scalar = options?.size === undefined
    if (typeof population === 'number') return scalar ? positions[0] : positions
    return scalar ? population[positions[0]!] : Array.from(positions, (position) => population[position])
  }
  // Overloads again: see distributions.
  return choice as Choice<O>
}
