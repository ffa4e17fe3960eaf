// Writes the .d.ts of a package. Exports carry their types (isolatedDeclarations), so nothing is checked here, which
// makes it quick; `npm run check -- types` is what finds wrong types. (The compiler's still quicker way, one file at a
// time without its libraries, writes `[Symbol.dispose]` twice.)
import { globSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import ts from 'typescript'
import { isTestFile } from './test-files.ts'

/** `./ridge.ts` → `./ridge.js`, which every resolver turns into the `.d.ts` beside it. */
export function pointToOutput(declarations: string): string {
  let result = declarations
  const imports = ts.preProcessFile(declarations, true, true).importedFiles
  for (const { fileName, pos } of imports.toSorted((a, b) => b.pos - a.pos)) {
    if (!/^\.{1,2}\/.*\.ts$/.test(fileName)) continue
    const at = result.indexOf(fileName, pos)
    result = `${result.slice(0, at)}${fileName.replace(/ts$/, 'js')}${result.slice(at + fileName.length)}`
  }
  return result
}

/** Writes into dist the declarations of every file of src that is not a test. */
export function writeDeclarations(folder: string): void {
  const files = globSync('src/**/*.ts', { cwd: folder }).filter((file) => !isTestFile(file))
  const program = ts.createProgram({
    rootNames: files.map((file) => join(folder, file)),
    options: {
      declaration: true,
      emitDeclarationOnly: true,
      isolatedDeclarations: true,
      noCheck: true,
      verbatimModuleSyntax: true,
      allowImportingTsExtensions: true,
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts'],
      types: [],
      rootDir: join(folder, 'src'),
      outDir: join(folder, 'dist'),
    },
  })
  const { diagnostics } = program.emit(undefined, (path, text) => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, pointToOutput(text))
  })
  if (diagnostics.length > 0) {
    const host = { getCanonicalFileName: resolve, getCurrentDirectory: () => folder, getNewLine: () => '\n' }
    throw new Error(`No declarations can be written.\n${ts.formatDiagnostics(diagnostics, host)}`)
  }
}
