// Turns `expression // → value` into a comparison, without moving a line, so that errors keep their line numbers.
import ts from 'typescript'
import type { Snippet } from './find.ts'

interface Claim {
  /** The text behind the arrow. */
  readonly want: string
  /** Counted from 0, within the snippet. */
  readonly line: number
}

interface Edit {
  readonly at: number
  readonly text: string
}

function findClaims(code: string): Claim[] {
  return code.split('\n').flatMap((text, line) => {
    const claim = /\/\/\s*→\s*(.*?)\s*$/.exec(text)
    return claim ? [{ want: claim[1]!, line }] : []
  })
}

function wrap(node: ts.Expression, source: ts.SourceFile, { want, line }: Claim): Edit[] {
  const asynchronous = want.startsWith('throws ') && node.getText(source).startsWith('await ')
  const argument = want.startsWith('throws ') ? `${asynchronous ? 'async ' : ''}() => ` : ''
  const call = want.startsWith('throws ') ? `await __throws(` : `__same(`
  return [
    { at: node.getStart(source), text: `${call}${JSON.stringify(want)}, ${line}, ${argument}(` },
    { at: node.getEnd(), text: '))' },
  ]
}

/** The expression whose value a claim is about: the statement's, what it logs, or what it names. */
function subject(statement: ts.Statement): ts.Expression | undefined {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.at(-1)?.initializer
  if (!ts.isExpressionStatement(statement)) return undefined
  const { expression } = statement
  const logged = ts.isCallExpression(expression) && expression.expression.getText() === 'console.log'
  return logged && expression.arguments.length === 1 ? expression.arguments[0] : expression
}

/**
 * The snippet as a program, each claim a call of `__same(want, line, got)` or `__throws(want, line, run)`.
 * A claim stands at the end of its statement's last line or alone on the line below.
 */
export function instrument({ file, line, code }: Snippet): { code: string; claims: number; problems: string[] } {
  const source = ts.createSourceFile('snippet.ts', code, ts.ScriptTarget.Latest, true)
  const statements = new Map<number, ts.Statement>()
  const visit = (node: ts.Node): void => {
    if (ts.isStatement(node) && subject(node) !== undefined) {
      statements.set(source.getLineAndCharacterOfPosition(node.getEnd()).line, node)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)

  const lines = code.split('\n')
  const claims = findClaims(code)
  const edits: Edit[] = []
  const problems: string[] = []
  for (const claim of claims) {
    const alone = lines[claim.line]!.trimStart().startsWith('//')
    const statement = statements.get(alone ? claim.line - 1 : claim.line)
    if (statement === undefined) {
      problems.push(`${file}:${line + claim.line}: this → stands behind no statement whose value could be compared.`)
    } else {
      edits.push(...wrap(subject(statement)!, source, claim))
    }
  }

  let result = code
  for (const { at, text } of edits.sort((a, b) => b.at - a.at)) result = result.slice(0, at) + text + result.slice(at)
  return { code: result, claims: claims.length, problems }
}
