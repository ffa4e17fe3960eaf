// Finds code that stands in two places, by its tokens: layout and comments don't hide it, another name does.
import ts from 'typescript'
import type { Check, CheckResult } from './check.ts'
import { listFiles, readText } from './files.ts'
import { isTestFile } from './test-files.ts'

/** As many equal tokens in a row are a copy: about ten lines. */
const threshold = 80

const sources = ['packages/*/src/**/*.ts', 'packages/*/kernels/**/*.ts', '{checks,bench,docs,examples}/**/*.ts', '*.ts']

/** Copies that are meant, and why. One that is no longer there must be removed from the list. */
const exceptions: readonly Exception[] = []

export interface Exception {
  readonly files: readonly [string, string]
  readonly reason: string
}

interface Tokens {
  readonly file: string
  /** A number for each different token. */
  readonly ids: Int32Array
  readonly lines: Int32Array
}

export interface Copy {
  readonly files: readonly [string, string]
  /** Where each of the two begins. */
  readonly lines: readonly [number, number]
  readonly tokens: number
}

/**
 * The tokens below a node. Imports copy nothing, as they are alike in many files; nor do the parameters of a function,
 * which are alike wherever functions can stand in for each other.
 */
function* tokensOf(node: ts.Node, source: ts.SourceFile): Generator<ts.Node> {
  if (ts.isImportDeclaration(node) || ts.isParameter(node) || ts.isJSDoc(node)) return
  const children = node.getChildren(source)
  if (children.length === 0 && node.getWidth(source) > 0) yield node
  for (const child of children) yield* tokensOf(child, source)
}

function tokenize(file: string, text: string, numbers: Map<string, number>): Tokens {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest)
  const ids: number[] = []
  const lines: number[] = []
  for (const token of tokensOf(source, source)) {
    const word = token.getText(source)
    if (!numbers.has(word)) numbers.set(word, numbers.size)
    ids.push(numbers.get(word)!)
    lines.push(source.getLineAndCharacterOfPosition(token.getStart(source)).line + 1)
  }
  return { file, ids: Int32Array.from(ids), lines: Int32Array.from(lines) }
}

/** A number for each window of `threshold` tokens, equal for equal windows; from one to the next in one step. */
function* hashes(ids: Int32Array): Generator<[position: number, hash: number]> {
  const base = 1_000_003
  let power = 1
  for (let i = 1; i < threshold; i++) power = Math.imul(power, base)
  let hash = 0
  for (const [i, id] of ids.entries()) {
    if (i >= threshold) hash = (hash - Math.imul(ids[i - threshold]! + 1, power)) | 0
    hash = (Math.imul(hash, base) + id + 1) | 0
    if (i >= threshold - 1) yield [i - threshold + 1, hash]
  }
}

/** How many tokens are equal from here on, stopping where a copy would run into itself. */
function sharedLength(a: Tokens, i: number, b: Tokens, j: number): number {
  const limit = Math.min(a.ids.length - i, b.ids.length - j, a === b ? j - i : Infinity)
  let length = 0
  while (length < limit && a.ids[i + length] === b.ids[j + length]) length++
  return length
}

/** Every stretch of at least `threshold` tokens that is elsewhere too, each as long as it goes. */
export function findCopies(files: Iterable<readonly [file: string, text: string]>): Copy[] {
  const numbers = new Map<string, number>()
  const seen = new Map<number, { tokens: Tokens; at: number }>()
  const copies: Copy[] = []
  for (const [file, text] of files) {
    const tokens = tokenize(file, text, numbers)
    let next = 0
    for (const [at, hash] of hashes(tokens.ids)) {
      const earlier = seen.get(hash)
      if (earlier === undefined) seen.set(hash, { tokens, at })
      if (earlier === undefined || at < next) continue
      const length = sharedLength(earlier.tokens, earlier.at, tokens, at)
      if (length < threshold) continue
      const lines = [earlier.tokens.lines[earlier.at]!, tokens.lines[at]!] as const
      copies.push({ files: [earlier.tokens.file, file], lines, tokens: length })
      next = at + length
    }
  }
  return copies
}

function sameFiles({ files }: Copy, exception: Exception): boolean {
  return files.toSorted().join() === exception.files.toSorted().join()
}

/** The copies that no exception excuses, and the exceptions that excuse nothing. */
export function judgeCopies(copies: readonly Copy[], excused: readonly Exception[]): string[] {
  const idle = excused.filter((exception) => !copies.some((copy) => sameFiles(copy, exception)))
  return [
    ...copies
      .filter((copy) => !excused.some((exception) => sameFiles(copy, exception)))
      .map(({ files, lines, tokens }) => `${files[1]}:${lines[1]}: ${tokens} tokens as in ${files[0]}:${lines[0]}.`),
    ...idle.map(
      ({ files }) => `${files.join(' and ')}: no copy any more; remove the exception in checks/duplicates.ts.`,
    ),
  ]
}

/** The check with another list of exceptions. */
export function checkCopies(root: string, excused: readonly Exception[]): CheckResult {
  const files = listFiles(root, sources).filter(
    (file) => !isTestFile(file) && !/\.(generated|d)\.ts$|\/fixtures\//.test(file),
  )
  const copies = findCopies(files.map((file) => [file, readText(root, file)] as const))
  return { problems: judgeCopies(copies, excused), note: `${files.length} files, runs of ${threshold} tokens` }
}

export const duplicates: Check = { name: 'duplicates', run: (root) => checkCopies(root, exceptions) }
