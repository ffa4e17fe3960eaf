// `npm run bench:setup`: installs the Python peers, pinned in bench/requirements.txt, into .cache/bench-venv.
// A package that the index does not have is named, and the others are installed all the same.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pythonOfBench } from './python-peer.ts'

const root = join(import.meta.dirname, '..')

function run(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { cwd: root, stdio: 'inherit' }).status === 0
}

if (!existsSync(pythonOfBench) && !run('python3', ['-m', 'venv', join(root, '.cache/bench-venv')])) {
  throw new Error(
    'bench:setup: could not make a virtual environment. It needs python3 with venv (Debian: python3-venv).',
  )
}

const requirements = readFileSync(join(import.meta.dirname, 'requirements.txt'), 'utf8')
  .split('\n')
  .filter(Boolean)
const absent = requirements.filter(
  (name) => !run(pythonOfBench, ['-m', 'pip', 'install', '--quiet', '--only-binary', ':all:', name]),
)
console.log(`${requirements.length - absent.length} of ${requirements.length} peers are ready.`)
if (absent.length > 0) console.log(`Absent, and shown so in the tables: ${absent.join(', ')}.`)
