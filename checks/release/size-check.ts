// Measures the installed packages against sizes.ts.
import { globSync } from 'node:fs'
import { matchesGlob } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import type { PublicPackage } from './packages.ts'
import type { SizeBudget } from './sizes.ts'

export interface Size {
  name: string
  bytes: number
  ceiling: number
  /** What is wrong; empty when all is well. */
  problems: string[]
}

/** Bundles what each budget imports, from the packages installed in `folder`, and compares. */
export async function measure(folder: string, budgets: readonly SizeBudget[]): Promise<Size[]> {
  return Promise.all(budgets.map((budget) => measureOne(folder, budget)))
}

/** Entry points that no budget covers whole. */
export function withoutBudget(packages: readonly PublicPackage[], budgets: readonly SizeBudget[]): string[] {
  const covered = new Set(budgets.filter(({ names }) => names === undefined).map(({ entry }) => entry))
  return packages.flatMap(({ entries }) => entries).filter((entry) => !covered.has(entry))
}

async function measureOne(folder: string, budget: SizeBudget): Promise<Size> {
  const { entry, names, ceiling, without = [] } = budget
  const what = names === undefined ? '*' : `{ ${names.join(', ')} }`
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export ${what} from '${entry}'`, resolveDir: folder },
    absWorkingDir: folder,
    outdir: 'sizes',
    bundle: true,
    format: 'esm',
    platform: 'browser',
    external: ['node:*'],
    minify: true,
    splitting: true,
    treeShaking: true,
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  const bytes = outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).byteLength, 0)
  const inside = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => shortName(file))
  const installed = installedFiles(folder)
  const problems = bytes > ceiling ? [`weighs ${bytes} bytes, over its ceiling of ${ceiling}`] : []
  for (const pattern of without) {
    const pulled = inside.filter((file) => matchesGlob(file, pattern))
    if (pulled.length > 0) problems.push(`pulls in ${pulled.join(', ')}`)
    // A pattern that matches nothing at all would go on passing after a file was renamed.
    if (!installed.some((file) => matchesGlob(file, pattern))) problems.push(`no published file is called ${pattern}`)
  }
  return { name: names === undefined ? entry : `${what} from ${entry}`, bytes, ceiling, problems }
}

function installedFiles(folder: string): string[] {
  return globSync('node_modules/@*/*/dist/**/*.js', { cwd: folder }).map(shortName)
}

/** `…/node_modules/@lab/tensor/dist/random/pcg64.js` → `tensor/random/pcg64`. */
function shortName(file: string): string {
  return file
    .replaceAll('\\', '/')
    .replace(/^.*node_modules\/@[^/]+\//, '')
    .replace('/dist/', '/')
    .replace(/\.js$/, '')
}

/** The table that is printed, one line a budget. */
export function sizeTable(sizes: readonly Size[]): string {
  const width = Math.max(...sizes.map(({ name }) => name.length))
  const line = ({ name, bytes, ceiling, problems }: Size): string =>
    `          ${name.padEnd(width)}  ${String(bytes).padStart(7)} of ${String(ceiling).padStart(7)} bytes  ${problems.join('; ')}`
  return sizes.map(line).join('\n').replaceAll(/ +$/gm, '')
}
