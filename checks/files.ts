// Which files of the repository a check looks at.
import { globSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

const generated = new Set(['node_modules', 'dist', '.turbo', '.cache', '.git'])

/** Files under `root` that match a pattern, sorted, with forward slashes; nothing installed or built. */
export function listFiles(root: string, patterns: readonly string[]): string[] {
  const found = globSync([...patterns], {
    cwd: root,
    exclude: (name) => generated.has(name.split(/[\\/]/).at(-1) ?? ''),
  })
  return [...new Set(found.map((path) => path.split(sep).join('/')))].sort()
}

/** The text of a file in the repository. */
export function readText(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

export interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly scripts?: Record<string, string>
  readonly exports?: Record<string, string | Record<string, string>>
  /** Names of its own for some of its files, such as `#store`, by condition. */
  readonly imports?: Record<string, unknown>
  readonly dependencies?: Record<string, string>
  readonly peerDependencies?: Record<string, string>
  readonly optionalDependencies?: Record<string, string>
  readonly devDependencies?: Record<string, string>
}

export interface Package {
  /** The folder under `packages/`, which is also the name behind `@lab/`. */
  readonly folder: string
  readonly manifest: Manifest
}

/** Every package under `packages/`, by its manifest. */
export function listPackages(root: string): Package[] {
  return listFiles(root, ['packages/*/package.json']).map((path) => ({
    folder: relative('packages', path).split(sep)[0] ?? '',
    manifest: JSON.parse(readText(root, path)) as Manifest,
  }))
}
