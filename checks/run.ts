// `npm run check`: runs every check, or those named, prints a line for each, and fails if any of them does.
// `npm run check -- api --write` updates what a check compares with.
import { parseArgs } from 'node:util'
import { join } from 'node:path'
import type { Check, CheckResult } from './check.ts'
import { setup as buildKernels } from './build-kernels.ts'
import { api } from './api.ts'
import { changesets } from './changesets.ts'
import { documented } from './documented.ts'
import { duplicates } from './duplicates.ts'
import { hygiene } from './hygiene.ts'
import { layers } from './layers.ts'
import { packed } from './packed.ts'
import { sizes } from './sizes.ts'
import { snippets } from './snippets.ts'
import { format, lint, types } from './tools.ts'

const checks: readonly Check[] = [
  ...[types, lint, format, layers, snippets, documented],
  ...[duplicates, changesets, hygiene, sizes, api, packed],
]

/** Two at a time: most of them are programs of one thread, on machines that may have two cores. */
const atOnce = 2

async function result(check: Check, write: boolean): Promise<CheckResult> {
  try {
    return await check.run(root, { write })
  } catch (error) {
    const problem = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { problems: [problem], note: 'the check itself failed' }
  }
}

async function runCheck(check: Check, write: boolean): Promise<boolean> {
  const start = performance.now()
  const { problems, note, details } = await result(check, write)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${problems.length === 0 ? '✓' : '✗'} ${check.name.padEnd(11)} ${seconds.padStart(5)} s  ${note}`)
  for (const problem of problems) console.log(problem.replace(/^/gm, '    '))
  if (positionals.length > 0) for (const detail of details ?? []) console.log(detail.replace(/^/gm, '    '))
  return problems.length === 0
}

await buildKernels()
const root = join(import.meta.dirname, '..')
const { values, positionals } = parseArgs({
  options: { write: { type: 'boolean', default: false } },
  allowPositionals: true,
})

const unknown = positionals.filter((name) => !checks.some((check) => check.name === name))
if (unknown.length > 0) {
  throw new Error(
    `check: no check named ${unknown.join(', ')}. There are: ${checks.map(({ name }) => name).join(', ')}.`,
  )
}

const queue = checks.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
let failed = 0
async function work(): Promise<void> {
  for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
    if (!(await runCheck(check, values.write))) failed++
  }
}
await Promise.all(Array.from({ length: atOnce }, work))
if (failed > 0) {
  console.log(`${failed} failed. One alone: npm run check -- NAME`)
  process.exitCode = 1
}
