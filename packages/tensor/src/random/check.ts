/** Refuses bad input in one form, before any number is drawn: who, what, what to do. */
export function refuse(who: string, problem: string): never {
  throw new RangeError(`${who}: ${problem}`)
}

/** The number of draws asked for. */
export function checkSize(who: string, size: number): number {
  if (Number.isInteger(size) && size >= 0 && size <= 2 ** 32 - 1) return size
  return refuse(who, `size must be a whole number from 0 to 2³² - 1, got ${String(size)}.`)
}

/** A parameter that must be a number and, where `atLeast` or `above` is given, not below it. */
export function checkNumber(
  who: string,
  name: string,
  value: number,
  bounds: { atLeast?: number; above?: number; atMost?: number } = {},
): void {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    refuse(who, `${name} must be a finite number, got ${String(value)}.`)
  }
  const { atLeast, above, atMost } = bounds
  if (atLeast !== undefined && value < atLeast) refuse(who, `${name} must be ${atLeast} or more, got ${value}.`)
  if (above !== undefined && value <= above) refuse(who, `${name} must be above ${above}, got ${value}.`)
  if (atMost !== undefined && value > atMost) refuse(who, `${name} must be ${atMost} or less, got ${value}.`)
}

/** A number of trials or of things: whole, not negative, exact as a double. */
export function checkCount(who: string, name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 0) return
  refuse(who, `${name} must be a whole number from 0 to 2⁵³ - 1, got ${String(value)}.`)
}
