import { isWellFormed } from './well-formed.ts'

/** A JSON value in which no object has a key twice. */
export type StrictJson = string | number | boolean | null | readonly StrictJson[] | ReadonlyMap<string, StrictJson>

/** Headers nest three deep; what nests deeper than this is an attack on the stack. */
const DEEPEST = 64

const literals: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null }

/**
 * Parses JSON as `JSON.parse` does, but keeps objects as Maps, refuses a key that stands twice, and takes a number that
 * is not written as a whole one for NaN. Throws a SyntaxError.
 */
export function parseStrictJson(text: string): StrictJson {
  let at = 0

  function match(pattern: RegExp): string | undefined {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    at += found?.length ?? 0
    return found
  }

  const skipSpace = (): void => void match(/[ \t\r\n]*/y)

  function expect(character: string): void {
    skipSpace()
    if (text[at] !== character) throw unexpected()
    at++
  }

  function string(): string {
    skipSpace()
    // oxlint-disable-next-line no-control-regex -- JSON has them only as escapes.
    const token = match(/"[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*"/y)
    if (token === undefined) throw unexpected()
    const content = token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1)
    if (!isWellFormed(content)) throw new SyntaxError(`${token} has half a surrogate pair`)
    return content
  }

  function value(depth: number): StrictJson {
    skipSpace()
    if (depth > DEEPEST) throw new SyntaxError(`it nests more than ${DEEPEST} deep`)
    if (text[at] === '"') return string()
    if (text[at] === '{') return object(depth)
    if (text[at] === '[') return array(depth)
    const number = match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y)
    if (number !== undefined) return /^-?\d+$/.test(number) ? Number(number) : Number.NaN
    const literal = match(/true|false|null/y)
    if (literal === undefined) throw unexpected()
    return literals[literal]!
  }

  /** Reads items up to the closing bracket, with commas between them. */
  function items(close: string, item: () => void): void {
    at++
    skipSpace()
    for (let first = true; text[at] !== close; first = false) {
      if (!first) expect(',')
      item()
      skipSpace()
    }
    at++
  }

  function array(depth: number): readonly StrictJson[] {
    const found: StrictJson[] = []
    items(']', () => found.push(value(depth + 1)))
    return found
  }

  function object(depth: number): ReadonlyMap<string, StrictJson> {
    const found = new Map<string, StrictJson>()
    items('}', () => {
      const key = string()
      if (found.has(key)) throw new SyntaxError(`the key ${JSON.stringify(key)} stands twice`)
      expect(':')
      found.set(key, value(depth + 1))
    })
    return found
  }

  function unexpected(): SyntaxError {
    const rest = text.slice(at, at + 12)
    return new SyntaxError(rest === '' ? 'it ends too early' : `unexpected ${JSON.stringify(rest)} at ${at}`)
  }

  const result = value(0)
  skipSpace()
  if (at < text.length) throw unexpected()
  return result
}
