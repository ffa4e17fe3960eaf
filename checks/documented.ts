// What a package exports is explained where it is defined, and a function shows how it is called.
import { posix } from 'node:path'
import ts from 'typescript'
import type { Check } from './check.ts'
import { listPackages, readText, type Package } from './files.ts'

interface Export {
  /** The file that defines it, or passes it on. */
  readonly file: string
  /** Its name there. */
  readonly name: string
}

const exported = ts.SyntaxKind.ExportKeyword

type Sources = (file: string) => ts.SourceFile

function sourcesOf(root: string): Sources {
  const parsed = new Map<string, ts.SourceFile>()
  return (file) => {
    const source = parsed.get(file) ?? ts.createSourceFile(file, readText(root, file), ts.ScriptTarget.Latest, true)
    parsed.set(file, source)
    return source
  }
}

/** What a file exports from other files: `export { a } from './a.ts'`. */
function passedOn(file: string, source: ts.SourceFile): Export[] {
  return source.statements.filter(ts.isExportDeclaration).flatMap(({ exportClause, moduleSpecifier }) => {
    if (!exportClause || !ts.isNamedExports(exportClause)) return []
    if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier) || !moduleSpecifier.text.startsWith('.')) return []
    const target = posix.join(posix.dirname(file), moduleSpecifier.text)
    return exportClause.elements.map(({ name, propertyName }) => ({ file: target, name: (propertyName ?? name).text }))
  })
}

/** Every declaration of a name at the top of a file, a variable's being its statement; overloads are several. */
function declarationsOf(source: ts.SourceFile, name: string): ts.Statement[] {
  return source.statements.filter((statement) => {
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.some((variable) => variable.name.getText() === name)
    }
    return 'name' in statement && (statement.name as ts.Identifier | undefined)?.text === name
  })
}

/** Whether it is a function, as far as the text shows: declared as one, or a variable that holds one. */
function isFunction(statement: ts.Statement): boolean {
  if (ts.isFunctionDeclaration(statement)) return true
  if (!ts.isVariableStatement(statement)) return false
  const { initializer } = statement.declarationList.declarations[0]!
  return initializer !== undefined && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
}

/** An interface is explained where each of its members is. */
function membersExplained(statement: ts.Statement): boolean {
  if (!ts.isInterfaceDeclaration(statement) || statement.members.length === 0) return false
  return statement.members.every((member) => ts.getJSDocCommentsAndTags(member).some(ts.isJSDoc))
}

function problemOf({ file, name }: Export, sources: Sources): string | undefined {
  const source = sources(file)
  const onward = passedOn(file, source).find((passed) => passed.name === name)
  if (onward) return problemOf(onward, sources)
  const declarations = declarationsOf(source, name)
  if (declarations.length === 0) return `${file}: ${name} is exported but not declared here.`
  const comments = declarations.flatMap((statement) => ts.getJSDocCommentsAndTags(statement)).filter(ts.isJSDoc)
  const place = `${file}:${source.getLineAndCharacterOfPosition(declarations[0]!.getStart()).line + 1}`
  if (comments.length === 0 && declarations.some(membersExplained)) return undefined
  if (comments.length === 0) return `${place}: ${name} is public and has no doc comment.`
  const example = comments.some((comment) => comment.tags?.some((tag) => tag.tagName.text === 'example'))
  if (!example && declarations.some(isFunction)) return `${place}: ${name} is a public function and has no @example.`
  return undefined
}

/** What an entry point exports: what it passes on and, where it is no list of names, what it declares itself. */
function exportsOf(entry: string, source: ts.SourceFile): Export[] {
  const own = source.statements.filter(
    (statement) => ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === exported),
  )
  const names = own.flatMap((statement) =>
    ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.map((variable) => variable.name.getText())
      : [(statement as ts.FunctionDeclaration).name?.text ?? 'default'],
  )
  return [...passedOn(entry, source), ...names.map((name) => ({ file: entry, name }))]
}

/** An index lists names, each by itself, so that a reader sees the whole surface and a bundler can drop the rest. */
function indexProblems(entry: string, source: ts.SourceFile): string[] {
  if (posix.basename(entry) !== 'index.ts') return []
  const others = source.statements.filter(
    (statement) => !ts.isExportDeclaration(statement) || !statement.exportClause || !statement.moduleSpecifier,
  )
  return others.map((statement) => {
    const line = source.getLineAndCharacterOfPosition(statement.getStart()).line + 1
    return `${entry}:${line}: an index lists names, \`export { a } from './a.ts'\`, and nothing else.`
  })
}

/** The sources of a package's entry points. */
function entriesOf({ folder, manifest }: Package): string[] {
  return Object.values(manifest.exports ?? {}).flatMap((target) => {
    const source = typeof target === 'string' ? undefined : target['@lab/source']
    return source === undefined ? [] : [posix.join('packages', folder, source)]
  })
}

export const documented: Check = {
  name: 'documented',
  run(root) {
    const sources = sourcesOf(root)
    const entries = listPackages(root).flatMap(entriesOf)
    const exports = entries.flatMap((entry) => exportsOf(entry, sources(entry)))
    const problems = [
      ...entries.flatMap((entry) => indexProblems(entry, sources(entry))),
      ...exports.map((item) => problemOf(item, sources)).filter((problem) => problem !== undefined),
    ]
    return { problems: [...new Set(problems)], note: `${exports.length} public names` }
  },
}
