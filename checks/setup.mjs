// Installs the workspace when the lock file or a manifest has changed since the last time. Runs on any Node from 20
// on, before anything is installed. Every script has it as its `pre` script, so that a second run costs milliseconds;
// not as `setup && script`, because a shell that has run the machine's own `node` once keeps to it, and would not see
// the one that was just installed.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'

const { packageManager } = JSON.parse(readFileSync('package.json', 'utf8'))

const manifests = [
  'package.json',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'bench/package.json',
  'checks/package.json',
  'docs/package.json',
]
for (const folder of ['packages', 'examples']) {
  for (const name of readdirSync(folder)) manifests.push(`${folder}/${name}/package.json`)
}

const hash = createHash('sha256')
for (const file of manifests.filter((name) => existsSync(name))) hash.update(file).update(readFileSync(file))
const wanted = hash.digest('hex')
const stamp = 'node_modules/.installed'

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  // The lock file decides what is installed; a manifest that disagrees with it is an error here, not a surprise later.
  const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx'
  execFileSync(npx, ['--yes', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  writeFileSync(stamp, wanted)
}
