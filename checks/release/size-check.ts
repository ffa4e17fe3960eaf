// Measures the installed packages against sizes.ts.
import { globSync } from 'node:fs'
import { matchesGlob } from 'node:path'
import { bundled, shortName } from './bundled.ts'
import type { PublicPackage } from './packages.ts'
import type { Separation, SizeBudget } from './sizes.ts'

export interface Size {
  name: string
  bytes: number
  ceiling: number
  /** What is wrong; empty when all is well. */
  problems: string[]
}

/** Entry points that no budget covers whole. */
export function withoutBudget(packages: readonly PublicPackage[], budgets: readonly SizeBudget[]): string[] {
  const covered = new Set(budgets.filter(({ names }) => names === undefined).map(({ entry }) => entry))
  return packages.flatMap(({ entries }) => entries).filter((entry) => !covered.has(entry))
}

/** Bundles what a budget imports, from the packages installed in `folder`, and compares. */
export async function measure(folder: string, budget: SizeBudget): Promise<Size> {
  const { entry, names, ceiling, without = [] } = budget
  const what = names === undefined ? '*' : `{ ${names.join(', ')} }`
  const { bytes, files } = await bundled(folder, what, entry)
  const problems = bytes > ceiling ? [`weighs ${bytes} bytes, over its ceiling of ${ceiling}`] : []
  for (const pattern of without) {
    const pulled = files.filter((file) => matchesGlob(file, pattern))
    if (pulled.length > 0) problems.push(`pulls in ${pulled.join(', ')}`)
    problems.push(...missing(folder, pattern))
  }
  return { name: names === undefined ? entry : `${what} from ${entry}`, bytes, ceiling, problems }
}

/** Imports every export by itself and says which pull in more of the files than they may. */
export async function separate(folder: string, { entry, files, together }: Separation): Promise<string[]> {
  const problems = missing(folder, files)
  const { exports } = await bundled(folder, '*', entry)
  const gone = Object.keys(together).filter((name) => !exports.includes(name))
  if (gone.length > 0) problems.push(`${entry} has no ${gone.join(', ')}: take it out of "together"`)
  for (const name of exports) {
    const pulled = (await bundled(folder, `{ ${name} }`, entry)).files.filter((file) => matchesGlob(file, files))
    const excused = name in together
    if (pulled.length > 1 && !excused)
      problems.push(`${name} pulls in ${pulled.join(', ')}: one of them is one too many`)
    if (pulled.length <= 1 && excused) problems.push(`${name} needs no excuse any more: take it out of "together"`)
  }
  return problems
}

/** A pattern that matches nothing at all would go on passing after a file was renamed. */
function missing(folder: string, pattern: string): string[] {
  const installed = globSync('node_modules/@*/*/dist/**/*.js', { cwd: folder }).map(shortName)
  return installed.some((file) => matchesGlob(file, pattern)) ? [] : [`no published file is called ${pattern}`]
}

/** The table that is printed, one line a budget. */
export function sizeTable(sizes: readonly Size[]): string {
  const width = Math.max(...sizes.map(({ name }) => name.length))
  const line = ({ name, bytes, ceiling, problems }: Size): string =>
    `          ${name.padEnd(width)}  ${String(bytes).padStart(7)} of ${String(ceiling).padStart(7)} bytes  ${problems.join('; ')}`
  return sizes.map(line).join('\n').replaceAll(/ +$/gm, '')
}
