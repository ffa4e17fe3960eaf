// `npm run examples` runs every example whole and writes what it printed into its README, between the markers;
// `npm run examples -- --reduced` runs each one small and changes nothing. Names after that choose which.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { run } from './release/steps.ts'

const begin = '<!-- output -->'
const end = '<!-- /output -->'

/** The folders under `examples/` that hold a program. */
export function exampleNames(root: string): string[] {
  return readdirSync(join(root, 'examples')).filter((name) => existsSync(join(root, 'examples', name, 'main.ts')))
}

/** Runs `npm start` in a folder in the reduced form, which the example has to announce, and gives what it printed. */
export async function runReduced(folder: string): Promise<string> {
  const before = picturesHash(folder)
  const output = await run('npm', ['start', '--silent'], { cwd: folder, env: { LAB_EXAMPLE: 'reduced' } })
  if (!/\breduced\b/i.test(output)) {
    throw new Error(`${folder}: LAB_EXAMPLE is "reduced", but the output does not say that it ran reduced:\n${output}`)
  }
  if (picturesHash(folder) !== before) {
    throw new Error(`${folder}: the reduced form wrote pictures. Only the whole one may.`)
  }
  return output
}

/** Runs `npm start` whole and puts its output into the README. */
export async function runWhole(folder: string): Promise<void> {
  const output = await run('npm', ['start', '--silent'], { cwd: folder, timeout: 3_600_000 })
  const readme = join(folder, 'README.md')
  writeFileSync(readme, withOutput(readFileSync(readme, 'utf8'), output, readme))
}

/** A README with the text between its markers replaced. */
export function withOutput(text: string, output: string, file: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) {
    throw new Error(`${file} has no place for the output. Write ${begin} and ${end}, each on a line of its own.`)
  }
  return `${text.slice(0, from + begin.length)}\n\n\`\`\`text\n${output.trimEnd()}\n\`\`\`\n\n${text.slice(to)}`
}

function picturesHash(folder: string): string {
  const hash = createHash('sha256')
  for (const file of globSync('pictures/**/*.*', { cwd: folder }).sort()) hash.update(readFileSync(join(folder, file)))
  return hash.digest('hex')
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { reduced: { type: 'boolean' } } })
  const root = join(import.meta.dirname, '..')
  const names = exampleNames(root).filter((name) => positionals.length === 0 || positionals.includes(name))
  if (names.length === 0) throw new Error(`No example is called ${positionals.join(' or ')}.`)
  execFileSync('turbo', ['build', '--output-logs=errors-only'], { cwd: root, stdio: 'inherit' })
  for (const name of names) {
    const folder = join(root, 'examples', name)
    const started = performance.now()
    if (values.reduced) console.log(await runReduced(folder))
    else await runWhole(folder)
    console.log(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s${values.reduced ? ', reduced' : ''}\n`)
  }
}

if (import.meta.main) await main()
