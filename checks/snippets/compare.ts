// Compares a value with how a document writes it.
import { inspect } from 'node:util'

function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return [...(value as unknown as Iterable<unknown>)]
  if (Array.isArray(value)) return value.map(plain)
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
  }
  return value
}

/** White space never matters, nor which quotes; `[ 1, 2 ]` and `{ a: 1 }` may be set tight or wide. */
function squeeze(text: string): string {
  return text
    .replaceAll(/["`]/g, "'")
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([[\]{}(),:]) ?/g, '$1')
    .trim()
}

const oneLine = {
  depth: Infinity,
  maxArrayLength: Infinity,
  maxStringLength: Infinity,
  breakLength: Infinity,
  compact: true,
}

/** A value as a document would write it: typed arrays as plain arrays, everything on one line. */
export function show(value: unknown): string {
  return inspect(plain(value), oneLine)
}

/** Whether a text is what the document says; `…` stands for any further digits, or for anything. */
export function matchesText(text: string, want: string): boolean {
  const pattern = squeeze(want)
    .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/(?<=\d)…/g, '[\\d.e+-]*')
    .replaceAll('…', '.*')
  return new RegExp(`^${pattern}$`, 's').test(squeeze(text))
}

/** Whether a value is what the document says. */
export function matches(value: unknown, want: string): boolean {
  // A document may also name the kind of array, with its length or without, as Node prints it.
  const named = inspect(value, oneLine)
  return [show(value), named, named.replaceAll(/(Array)\(\d+\)/g, '$1')].some((form) => matchesText(form, want))
}
