// A strict TypeScript program against the published declarations, under both ways of resolving modules.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PublicPackage } from './packages.ts'
import { run } from './steps.ts'

const resolutions = [
  ['nodenext', ['--module', 'nodenext', '--moduleResolution', 'nodenext']],
  ['bundler', ['--module', 'esnext', '--moduleResolution', 'bundler', '--noEmit']],
] as const

/** Compiles the consumer's program, and a file that imports every entry point; leaves JavaScript in `built/`. */
export async function checkTypes(folder: string, packages: readonly PublicPackage[]): Promise<string> {
  const entries = packages.flatMap((one) => one.entries)
  const program = await readFile(join(folder, 'program.ts'), 'utf8')
  const unused = entries.filter((entry) => !program.includes(`from '${entry}'`))
  if (unused.length > 0) {
    throw new Error(`consumer/program.ts uses every entry point, but not ${unused.join(', ')}. Add a line that does.`)
  }
  const imports = entries.map((entry, i) => `import * as entry${i} from '${entry}'\n`).join('')
  const names = entries.map((_, i) => `entry${i}`).join(', ')
  await writeFile(join(folder, 'entries.ts'), `${imports}\nexport const entries: readonly object[] = [${names}]\n`)
  for (const [, flags] of resolutions) await run('npx', ['tsc', '--project', '.', ...flags], { cwd: folder })
  return `${entries.length} entry points under ${resolutions.map(([name]) => name).join(' and ')}`
}
