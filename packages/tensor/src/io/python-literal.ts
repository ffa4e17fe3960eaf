/** What stands in the header of an npy file. */
export type PythonValue =
  | string
  | number
  | boolean
  | null
  | { readonly kind: 'tuple' | 'list'; readonly items: readonly PythonValue[] }
  | { readonly kind: 'dict'; readonly entries: ReadonlyMap<string, PythonValue> }

/** Structured dtypes nest; nothing sound nests this deep. */
const DEEPEST = 32

const words: Readonly<Record<string, boolean | null>> = { True: true, False: false, None: null }

/**
 * Parses a Python literal of strings, whole numbers, tuples, lists and dicts; throws a SyntaxError for anything else.
 * Strings keep their escapes as they are written: no dtype that can be read here has one.
 */
export function parsePythonLiteral(text: string): PythonValue {
  let at = 0

  function match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found) at += found[0].length
    return found
  }

  const skipSpace = (): void => void match(/[ \t\r\n\f]*/y)

  function value(depth: number): PythonValue {
    if (depth > DEEPEST) throw unexpected()
    skipSpace()
    const string = match(/'((?:[^'\\\r\n]|\\.)*)'|"((?:[^"\\\r\n]|\\.)*)"/y)
    if (string) return string[1] ?? string[2] ?? ''
    // Python 2 wrote long integers with an L.
    const number = match(/(-?\d+)L?(?![\w.])/y)
    if (number) return Number(number[1])
    const word = match(/True|False|None/y)
    if (word) return words[word[0]]!
    if (match(/\(/y)) return tuple(depth)
    if (match(/\[/y)) return { kind: 'list', items: items(']', depth).found }
    if (match(/\{/y)) return dict(depth)
    throw unexpected()
  }

  /** Values up to the closing bracket; `comma` tells whether nothing or a comma stood before it. */
  function items(close: string, depth: number): { found: PythonValue[]; comma: boolean } {
    const found: PythonValue[] = []
    for (let comma = true; ;) {
      skipSpace()
      if (text[at] === close) {
        at++
        return { found, comma }
      }
      if (!comma) throw unexpected()
      found.push(value(depth + 1))
      skipSpace()
      comma = match(/,/y) !== null
    }
  }

  /** Brackets around one value are a tuple only with a comma. */
  function tuple(depth: number): PythonValue {
    const { found, comma } = items(')', depth)
    return comma || found.length > 1 ? { kind: 'tuple', items: found } : found[0]!
  }

  function dict(depth: number): PythonValue {
    const entries = new Map<string, PythonValue>()
    for (;;) {
      skipSpace()
      if (match(/\}/y)) return { kind: 'dict', entries }
      const key = value(depth + 1)
      skipSpace()
      if (typeof key !== 'string' || entries.has(key) || !match(/:/y)) throw unexpected()
      entries.set(key, value(depth + 1))
      skipSpace()
      if (!match(/,/y) && text[at] !== '}') throw unexpected()
    }
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

/** The value as Python would write it, to be shown in an error. */
export function pythonText(value: PythonValue): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'number') return String(value)
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (value.kind === 'dict') {
    return `{${Array.from(value.entries, ([key, item]) => `'${key}': ${pythonText(item)}`).join(', ')}}`
  }
  const items = value.items.map(pythonText).join(', ')
  if (value.kind === 'list') return `[${items}]`
  return value.items.length === 1 ? `(${items},)` : `(${items})`
}
