// `npm run bench -- NAME…` times the suites bench/NAME.bench.ts, or all of them.
//   --only TEXT   only tasks whose name contains it (may be given more than once)
//   --brief       a third of the time for each task: enough to see where one stands, not to publish
//   --json        one line of JSON per row instead of a table
//   --write       also writes docs/bench/NAME.md, with date and machine
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { setup as buildKernels } from '../checks/build-kernels.ts'
import { describeMachine, today } from '../checks/machine.ts'
import { writePage } from '../checks/write-page.ts'
import { briefMeasure, defaultMeasure } from './measure.ts'
import { jsonLine, markdownTable } from './report.ts'
import { timeTask, type AbsentRow, type Row } from './rows.ts'
import type { BenchTask } from './task.ts'

const { values, positionals } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    brief: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
  allowPositionals: true,
})

const suites = globSync('*.bench.ts', { cwd: import.meta.dirname }).map((file) => basename(file, '.bench.ts'))
const unknown = positionals.filter((name) => !suites.includes(name))
if (unknown.length > 0) {
  throw new Error(`bench: no suite named ${unknown.join(', ')}. There are: ${suites.join(', ') || 'none yet'}.`)
}

async function runSuite(suite: string): Promise<(Row | AbsentRow)[]> {
  const { tasks } = (await import(`./${suite}.bench.ts`)) as { tasks: readonly BenchTask[] }
  const chosen = tasks.filter(({ task }) => values.only.length === 0 || values.only.some((text) => task.includes(text)))
  const rows: (Row | AbsentRow)[] = []
  for (const task of chosen) {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${suite}: ${task.task}`)
    const timed = await timeTask(task, values.brief ? briefMeasure : defaultMeasure)
    rows.push(...timed)
    if (values.json) for (const row of timed) console.log(jsonLine(row))
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K')
  return rows
}

function page(suite: string, table: string): string {
  const how = `Medians of interleaved runs, ${today()}, on ${describeMachine()}.`
  return `# Timings: ${suite}\n\n${how} Above 1× ours is faster; \`npm run bench -- ${suite}\` runs it again.\n\n${table}\n`
}

await buildKernels()
for (const suite of positionals.length > 0 ? positionals : suites) {
  const rows = await runSuite(suite)
  const table = markdownTable(rows)
  if (!values.json) console.log(table)
  if (values.write) await writePage(join(import.meta.dirname, `../docs/bench/${suite}.md`), page(suite, table))
  const unequal = rows.filter((row) => 'equal' in row && !row.equal)
  if (unequal.length > 0) {
    console.error(
      `${suite}: ${unequal.length} results differ: ${unequal.map(({ task, peer }) => `${task} (${peer})`).join(', ')}.`,
    )
    process.exitCode = 1
  }
}
