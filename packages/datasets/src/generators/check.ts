/** Refuses options before anything is drawn: `who` made them, `what` is wrong and what would be right. */
export function insist(isRight: boolean, who: string, what: string): void {
  if (!isRight) throw new Error(`${who}: ${what}`)
}

/** A whole number of `least` or more. */
export function insistCount(value: number, least: number, who: string, name: string): void {
  const isRight = Number.isSafeInteger(value) && value >= least
  insist(isRight, who, `${name} must be a whole number of ${least} or more, got ${value}.`)
}

/** A finite number from `least` to `most`. */
export function insistBetween(
  value: number,
  [least, most]: readonly [number, number],
  who: string,
  name: string,
): void {
  const isRight = Number.isFinite(value) && value >= least && value <= most
  const range = most === Infinity ? `of ${least} or more` : `from ${least} to ${most}`
  insist(isRight, who, `${name} must be a number ${range}, got ${value}.`)
}
