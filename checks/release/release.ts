// `npm run release -- --rehearse` rehearses a release; `npm run release` makes one, after asking.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { publicPackages } from './packages.ts'
import { rehearse } from './rehearse.ts'

const root = join(import.meta.dirname, '..', '..')

/** Runs a command in the root with the terminal passed through: changesets asks for a one-time password itself. */
function show(command: string, ...args: string[]): void {
  console.log(`\n$ ${command} ${args.join(' ')}`)
  execFileSync(command, args, { cwd: root, stdio: 'inherit' })
}

async function confirmed(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return (await terminal.question(`${question} Type yes to go on: `)).trim() === 'yes'
  } finally {
    terminal.close()
  }
}

async function release(): Promise<void> {
  if (execFileSync('git', ['status', '--porcelain'], { cwd: root }).byteLength > 0) {
    throw new Error('release: the work tree has uncommitted changes. Commit or stash them first.')
  }
  if (!process.stdin.isTTY) throw new Error('release: it asks before it publishes, so it needs a terminal.')
  show('turbo', 'build', '--output-logs=errors-only')
  show('npm', 'run', 'check')
  await rehearse(root)
  show('changeset', 'version')
  const versions = publicPackages(root).map(({ manifest: { name, version } }) => `  ${name} ${version}`)
  console.log(`\nTo be published, where the registry does not have it yet:\n${versions.join('\n')}`)
  if (!(await confirmed('Publish to the registry that your npm is set to?'))) {
    console.log('Nothing was published. `git restore .` and `git clean -f packages` take the new versions back.')
    return
  }
  show('git', 'add', '--all')
  show('git', 'commit', '--message', 'Release')
  show('changeset', 'publish')
  console.log('\nPublished and tagged. `git push --follow-tags` makes it known.')
}

const { values } = parseArgs({ options: { rehearse: { type: 'boolean', default: false } } })
const begin = performance.now()
try {
  await (values.rehearse ? rehearse(root) : release())
  if (values.rehearse) console.log(`\nThe rehearsal passed in ${((performance.now() - begin) / 1000).toFixed(0)} s.`)
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
