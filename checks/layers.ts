// Keeps the packages in layers: the table is the architecture. Looks at manifests and at the imports in the sources.
import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import ts from 'typescript'
import type { Check } from './check.ts'
import { listFiles, listPackages, readText, type Package } from './files.ts'
import { isTestFile } from './test-files.ts'

/** From the ground up. A package imports only from a lower line. */
const lines: readonly (readonly string[])[] = [
  ['tensor'],
  ['linalg', 'stats', 'metrics', 'dataframe', 'plot', 'datasets'],
  ['models', 'nn'],
  ['cv', 'nlp', 'rl'],
  ['ops'],
]

/** What a package may import from its own line. */
const sideways: Readonly<Record<string, readonly string[]>> = {
  stats: ['linalg'],
  dataframe: ['linalg'],
  metrics: ['stats'],
}

/** The engine behind the tensors can be replaced only while one package knows its name. */
const engine = { scope: '@tensorflow/', owner: 'tensor' }

function layerOf(folder: string): number {
  return lines.findIndex((line) => line.includes(folder))
}

/** Why the package in `from` may not name the dependency `name`, or undefined when it may. */
function objection(from: string, name: string): string | undefined {
  if (name.startsWith(engine.scope) && from !== engine.owner) {
    return `only @lab/${engine.owner} may name ${engine.scope}*; use what @lab/${engine.owner} exports.`
  }
  const to = name.startsWith('@lab/') ? name.slice('@lab/'.length) : undefined
  if (to === undefined || to === from) return undefined
  if (layerOf(to) < 0) return `${name} has no line in the table of checks/layers.ts; packages never import it.`
  if (layerOf(to) < layerOf(from) || sideways[from]?.includes(to)) return undefined
  return `@lab/${from} (line L${layerOf(from)}) may not import ${name} (line L${layerOf(to)}).`
}

/** `@lab/tensor/random` → `@lab/tensor`; `arquero/x` → `arquero`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function checkImport(from: Package, file: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier)
    return target.startsWith(`packages/${from.folder}/`)
      ? undefined
      : `${specifier} leaves the package; import by name.`
  }
  if (isBuiltin(specifier)) return undefined
  if (specifier.startsWith('#')) {
    if (specifier in (from.manifest.imports ?? {})) return undefined
    return `${specifier} is not among the imports in packages/${from.folder}/package.json.`
  }
  const name = packageOf(specifier)
  const { dependencies, peerDependencies, optionalDependencies, devDependencies } = from.manifest
  const test = isTestFile(file)
  const declared = { ...dependencies, ...peerDependencies, ...optionalDependencies, ...(test ? devDependencies : {}) }
  // Test tools are installed once, at the root.
  if (!(name in declared) && name !== from.manifest.name && !test) {
    return `${name} is not among the dependencies in packages/${from.folder}/package.json.`
  }
  return objection(from.folder, name)
}

function checkPackage(root: string, from: Package): { problems: string[]; imports: number } {
  const manifest = `packages/${from.folder}/package.json`
  if (layerOf(from.folder) < 0) {
    return { problems: [`${manifest}: no line for ${from.folder} in the table of checks/layers.ts.`], imports: 0 }
  }
  const { dependencies, peerDependencies, optionalDependencies, devDependencies } = from.manifest
  const problems: string[] = []
  for (const name of Object.keys({
    ...dependencies,
    ...peerDependencies,
    ...optionalDependencies,
    ...devDependencies,
  })) {
    const problem = objection(from.folder, name)
    if (problem !== undefined) problems.push(`${manifest}: ${problem}`)
  }
  let imports = 0
  for (const file of listFiles(root, [`packages/${from.folder}/src/**/*.ts`])) {
    const text = readText(root, file)
    for (const { fileName, pos } of ts.preProcessFile(text, true, true).importedFiles) {
      imports++
      const problem = checkImport(from, file, fileName)
      if (problem === undefined) continue
      problems.push(`${file}:${text.slice(0, pos).split('\n').length}: ${problem}`)
    }
  }
  return { problems, imports }
}

export const layers: Check = {
  name: 'layers',
  run(root) {
    const packages = listPackages(root)
    const results = packages.map((from) => checkPackage(root, from))
    const imports = results.reduce((sum, result) => sum + result.imports, 0)
    return {
      problems: results.flatMap((result) => result.problems),
      note: `${packages.length} packages, ${imports} imports`,
    }
  },
}
