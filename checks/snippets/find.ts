// Finds the code that the documents show: ```ts blocks in Markdown, and in the `@example` of doc comments.
import { readText } from '../files.ts'

export interface Snippet {
  /** Where it stands, relative to the repository. */
  readonly file: string
  /** The line of its first line of code, counted from 1. */
  readonly line: number
  readonly code: string
}

export interface Found {
  readonly snippets: readonly Snippet[]
  readonly problems: readonly string[]
  /** Blocks that say they are not to be run, with a reason. */
  readonly excused: number
}

interface Fence {
  readonly indent: number
  readonly info: string
  readonly line: number
  readonly code: string[]
}

/** Walks the fenced blocks of some lines of Markdown; `firstLine` is the number of the first of them. */
function* fences(lines: readonly string[], firstLine: number): Generator<Fence> {
  let open: Fence | undefined
  for (const [index, text] of lines.entries()) {
    const fence = /^(\s*)```+\s*(.*?)\s*$/.exec(text)
    if (open === undefined) {
      if (fence) open = { indent: fence[1]!.length, info: fence[2]!, line: firstLine + index + 1, code: [] }
    } else if (fence && fence[2] === '') {
      yield open
      open = undefined
    } else {
      open.code.push(text.slice(Math.min(open.indent, text.length - text.trimStart().length)))
    }
  }
}

/** The blocks of one stretch of Markdown. */
function findIn(file: string, lines: readonly string[], firstLine: number): Found {
  const snippets: Snippet[] = []
  const problems: string[] = []
  let excused = 0
  for (const { info, line, code } of fences(lines, firstLine)) {
    const [language, ...words] = info.split(/\s+/)
    if (language !== 'ts' && language !== 'typescript') continue
    if (!words.includes('no-run')) snippets.push({ file, line, code: code.join('\n') })
    else if (/<!--.*\w.*-->/.test(lineAbove(lines, line - firstLine - 1))) excused++
    else problems.push(`${file}:${line}: a block that is not run must say why in an HTML comment on the line above.`)
  }
  return { snippets, problems, excused }
}

/** The last line with something on it: prettier puts an empty one between a comment and a block. */
function lineAbove(lines: readonly string[], at: number): string {
  return lines.slice(0, at).findLast((line) => /\w/.test(line)) ?? ''
}

function join(parts: readonly Found[]): Found {
  return {
    snippets: parts.flatMap((part) => part.snippets),
    problems: parts.flatMap((part) => part.problems),
    excused: parts.reduce((sum, part) => sum + part.excused, 0),
  }
}

/** The examples in the doc comments of one source file. */
function findInComments(file: string, text: string): Found {
  const parts: Found[] = []
  for (const match of text.matchAll(/\/\*\*.*?\*\//gs)) {
    const firstLine = text.slice(0, match.index).split('\n').length
    const lines = match[0].split('\n').map((line) => line.replace(/^\s*(\/\*\*|\*\/|\*) ?/, ''))
    const found = findIn(file, lines, firstLine)
    const examples = lines.filter((line) => /^\s*@example\b/.test(line)).length
    const missing = examples > found.snippets.length + found.excused + found.problems.length
    parts.push(found)
    if (missing) {
      const problem = `${file}:${firstLine}: an @example without a \`\`\`ts block is not run, so nobody knows if it is right.`
      parts.push({ snippets: [], problems: [problem], excused: 0 })
    }
  }
  return join(parts)
}

/** Every snippet in the named files: Markdown as it is, TypeScript by its doc comments. */
export function findSnippets(root: string, files: readonly string[]): Found {
  return join(
    files.map((file) => {
      const text = readText(root, file)
      return file.endsWith('.md') ? findIn(file, text.split('\n'), 1) : findInComments(file, text)
    }),
  )
}
