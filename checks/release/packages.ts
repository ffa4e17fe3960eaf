// The public packages of a workspace, and what a program may import from them.
import { join } from 'node:path'
import { listPackages } from '../files.ts'
import type { Manifest } from '../files.ts'

export interface PublicManifest extends Manifest {
  readonly version: string
  readonly publishConfig?: Record<string, string>
  readonly imports?: Record<string, Target>
}

export interface PublicPackage {
  /** Its folder, an absolute path. */
  readonly folder: string
  readonly manifest: PublicManifest
  /** What a program may import, in full: `@lab/tensor/random`. */
  readonly entries: readonly string[]
}

/** Every package under `<root>/packages` that is not private, in the order of their folders. */
export function publicPackages(root: string): PublicPackage[] {
  return listPackages(root)
    .map(({ folder, manifest }) => ({ folder: join(root, 'packages', folder), manifest: manifest as PublicManifest }))
    .filter(({ manifest }) => manifest.private !== true)
    .map((one) => ({ ...one, entries: entriesOf(one.manifest) }))
}

function entriesOf({ name, exports = {} }: Manifest): string[] {
  return Object.keys(exports)
    .filter((subpath) => !subpath.endsWith('.json'))
    .map((subpath) => name + subpath.slice(1))
}

/** What an exports or imports map may say of one path: a file, or more of the same under each condition. */
export type Target = string | { readonly [condition: string]: Target }

/** The file that a target stands for where these conditions hold, as Node and bundlers find it: the first that fits. */
export function resolveTarget(target: Target | undefined, conditions: readonly string[]): string | undefined {
  if (typeof target !== 'object') return target
  for (const [condition, below] of Object.entries(target)) {
    if (condition !== 'default' && !conditions.includes(condition)) continue
    const found = resolveTarget(below, conditions)
    if (found !== undefined) return found
  }
  return undefined
}

/** The file behind an entry point, relative to its package. */
export function entryFile({ name, exports = {} }: Manifest, entry: string, conditions: readonly string[]): string {
  const file = resolveTarget(exports[`.${entry.slice(name.length)}`], conditions)
  if (file === undefined)
    throw new Error(`${entry}: the exports map of ${name} gives no file for ${conditions.join()}.`)
  return file
}
