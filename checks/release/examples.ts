// Every example, copied out of the workspace and run from the published packages.
import { cp, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { exampleNames, runReduced } from '../examples.ts'
import { install } from './consumer.ts'
import type { PublicPackage } from './packages.ts'
import type { Registry } from './registry.ts'
import { step } from './steps.ts'

/** Installs and runs each example in its reduced form, in a folder of its own. */
export async function runExamples(
  root: string,
  scratch: string,
  packages: readonly PublicPackage[],
  registry: Registry,
): Promise<void> {
  for (const name of exampleNames(root)) {
    await step(`example ${name}, reduced`, async () => {
      const source = join(root, 'examples', name)
      const folder = join(scratch, name)
      await cp(source, folder, { recursive: true, filter: (path) => basename(path) !== 'node_modules' })
      const file = join(folder, 'package.json')
      await writeFile(file, published(await readFile(file, 'utf8'), packages))
      await install(folder, packages, registry)
      await runReduced(folder)
    })
  }
}

/** A manifest with every `workspace:` version replaced by the published one, as an outsider would write it. */
export function published(manifest: string, packages: readonly PublicPackage[]): string {
  return manifest.replaceAll(/"([^"]+)":\s*"workspace:([\^~]?)[^"]*"/g, (_, name: string, range: string) => {
    const found = packages.find((one) => one.manifest.name === name)
    if (found === undefined) throw new Error(`An example depends on ${name}, which is not published.`)
    return `"${name}": "${range}${found.manifest.version}"`
  })
}
