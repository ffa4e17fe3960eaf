// Rows from our own tests against somebody else's numbers: each golden case is a test, so the tests are the count.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProgram } from '../process.ts'
import type { Row } from './row.ts'

export interface TestedRow {
  readonly line: string
  readonly note: string
  /** Which of the tests compare with the reference, by their full names. */
  readonly named: RegExp
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

/** Counts the tests of a vitest JSON report that the row is about. */
export function countRow({ testResults }: Report, { line, note, named }: TestedRow): Row {
  const cases = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter((test) => named.test(test.fullName))
  return { line, passed: cases.filter(({ status }) => status === 'passed').length, total: cases.length, note }
}

/** Runs the tests of a folder or file under Node and counts them for each row. */
export async function rowsFromTests(root: string, tests: string, rows: readonly TestedRow[]): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'scoreboard-'))
  try {
    const path = join(folder, 'report.json')
    const args = ['run', tests, '--project=node', '--reporter=json', `--outputFile=${path}`]
    const { output } = await runProgram('vitest', args, { cwd: root })
    if (!existsSync(path)) throw new Error(`scoreboard: the tests in ${tests} did not run.\n${output}`)
    const report = JSON.parse(readFileSync(path, 'utf8')) as Report
    return rows.map((row) => countRow(report, row))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
