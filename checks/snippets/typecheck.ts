// Checks the types of the snippets, as the compiler of a reader who copies them would.
import { join } from 'node:path'
import ts from 'typescript'
import { listPackages } from '../files.ts'
import type { Snippet } from './find.ts'

/** Every entry point by its name, so that any document may import any package. */
function entryPoints(root: string): Record<string, string[]> {
  const entries = listPackages(root).flatMap(({ folder, manifest }) =>
    Object.entries(manifest.exports ?? {}).flatMap(([subpath, target]) => {
      const source = typeof target === 'string' ? undefined : target['@lab/source']
      const name = `${manifest.name}${subpath.slice(1)}`
      return source === undefined ? [] : [[name, [join(root, 'packages', folder, source)]] satisfies [string, string[]]]
    }),
  )
  return Object.fromEntries(entries)
}

function optionsFor(root: string): ts.CompilerOptions {
  return {
    strict: true,
    exactOptionalPropertyTypes: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
    lib: ['es2023', 'es2024.collection', 'esnext.disposable', 'dom', 'dom.iterable'].map((name) => `lib.${name}.d.ts`),
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
    customConditions: ['@lab/source'],
    paths: entryPoints(root),
    allowImportingTsExtensions: true,
    resolveJsonModule: true,
    skipLibCheck: true,
    noEmit: true,
  }
}

/** What the compiler says about the snippets, at the lines of their documents. */
export function typeProblems(root: string, snippets: readonly Snippet[]): string[] {
  const options = optionsFor(root)
  // `.mts`, because a document may stand in a folder whose manifest does not say that it holds modules.
  const files = new Map(snippets.map((snippet, index) => [join(root, `snippet-${index}.mts`), snippet]))
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.fileExists = (path) => files.has(path) || fileExists(path)
  host.readFile = (path) => files.get(path)?.code ?? readFile(path)
  host.getSourceFile = (path, version, ...rest) => {
    const snippet = files.get(path)
    return snippet ? ts.createSourceFile(path, snippet.code, version) : getSourceFile(path, version, ...rest)
  }
  const program = ts.createProgram([...files.keys()], options, host)
  return [...files].flatMap(([path, { file, line }]) => {
    const source = program.getSourceFile(path)!
    const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
    return diagnostics.map(({ start, messageText }) => {
      const at = line + source.getLineAndCharacterOfPosition(start ?? 0).line
      return `${file}:${at}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    })
  })
}
