// `npm run scoreboard` reruns what others wrote and writes docs/scoreboard.md.
//   --only NAME   runs one source and prints it, without writing
//   --json        prints one line of JSON per row, without writing
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { describeMachine, today } from './machine.ts'
import { jsonLine, markdownTable, scoreboardPage } from './scoreboard/page.ts'
import type { Row, RowSource } from './scoreboard/row.ts'
import { writePage } from './write-page.ts'

const root = join(import.meta.dirname, '..')
const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'boolean', default: false } } })

const files = globSync('scoreboard/*.row.ts', { cwd: import.meta.dirname }).sort()
const modules = await Promise.all(files.map((file) => import(`./${file}`) as Promise<{ source: RowSource }>))
const sources = modules.map(({ source }) => source)
const chosen = sources.filter(({ name }) => values.only === undefined || name === values.only)
if (chosen.length === 0) {
  throw new Error(
    `scoreboard: nothing is named ${values.only}. There are: ${sources.map(({ name }) => name).join(', ')}.`,
  )
}

const rows: Row[] = []
for (const { run } of chosen) {
  for (const row of await run(root)) {
    rows.push(row)
    if (values.json) console.log(jsonLine(row))
  }
}
if (!values.json) console.log(markdownTable(rows))
if (!values.json && values.only === undefined) {
  await writePage(join(root, 'docs/scoreboard.md'), scoreboardPage(rows, today(), describeMachine()))
}
for (const { line } of rows.filter(({ total }) => total === 0)) {
  console.error(`scoreboard: ${line}: no case ran, which proves nothing.`)
  process.exitCode = 1
}
