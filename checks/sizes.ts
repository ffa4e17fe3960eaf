// Prints what has grown large; the linter holds the hard limits.
import ts from 'typescript'
import type { Check } from './check.ts'
import { listFiles, readText } from './files.ts'
import { isTestFile } from './test-files.ts'

const limits = { file: 250, function: 70 }

const sources = ['packages/*/src/**/*.ts', '{checks,bench,docs,examples}/**/*.ts']

/** The functions of a file that are longer than the limit, as `name (lines)`. */
function longFunctions(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) {
      const first = source.getLineAndCharacterOfPosition(node.getStart()).line
      const length = source.getLineAndCharacterOfPosition(node.getEnd()).line - first + 1
      const name = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined)
      if (length > limits.function)
        found.push(`${file}:${first + 1}: ${name?.getText() ?? 'a function'} has ${length} lines.`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

export const sizes: Check = {
  name: 'sizes',
  run(root) {
    const files = listFiles(root, sources).filter((file) => !isTestFile(file) && !/\.(generated|d)\.ts$/.test(file))
    const texts = files.map((file) => [file, readText(root, file)] as const)
    const lines = texts.map(([file, text]) => [file, text.split('\n').length - 1] as const)
    const large = lines.filter(([, count]) => count > limits.file).map(([file, count]) => `${file}: ${count} lines.`)
    const long = texts.flatMap(([file, text]) => longFunctions(file, text))
    const total = lines.reduce((sum, [, count]) => sum + count, 0)
    return {
      problems: [],
      note: `${total} lines; ${large.length} files over ${limits.file}, ${long.length} functions over ${limits.function}`,
      details: [...large, ...long],
    }
  },
}
