// The outsider's folder: our packages from the rehearsal's registry, everything else from the user's own.
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PublicPackage } from './packages.ts'
import type { Registry } from './registry.ts'
import { run } from './steps.ts'

/** Fills a folder with the consumer's files and installs the published packages into it with plain `npm install`. */
export async function installConsumer(
  folder: string,
  packages: readonly PublicPackage[],
  registry: Registry,
): Promise<void> {
  await cp(join(import.meta.dirname, 'consumer'), folder, { recursive: true })
  const file = join(folder, 'package.json')
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
  const dependencies = Object.fromEntries(packages.map(({ manifest: { name, version } }) => [name, version]))
  await writeFile(file, JSON.stringify({ ...manifest, dependencies }, null, 2))
  await install(folder, packages, registry)
  for (const { manifest } of packages) await checkInstalled(folder, manifest.name, manifest.version)
}

/** `npm install` in a folder, with our scope sent to the registry. No install script runs, so none is needed. */
export async function install(folder: string, packages: readonly PublicPackage[], registry: Registry): Promise<void> {
  const scopes = new Set(packages.map(({ manifest }) => manifest.name.split('/')[0] ?? ''))
  await writeFile(join(folder, '.npmrc'), [...scopes].map((scope) => `${scope}:registry=${registry.url}\n`).join(''))
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: folder })
}

async function checkInstalled(folder: string, name: string, version: string): Promise<void> {
  const text = await readFile(join(folder, 'node_modules', name, 'package.json'), 'utf8')
  const installed = (JSON.parse(text) as { version: string }).version
  if (installed !== version) throw new Error(`${name}: published ${version}, but npm installed ${installed}.`)
  if (text.includes('"workspace:') || text.includes('"catalog:')) {
    throw new Error(`${name}: the published manifest still speaks of the workspace. Publish it with pnpm, not npm.`)
  }
}
