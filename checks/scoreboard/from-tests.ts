// Rows from our own tests against somebody else's numbers: each golden case is a test, so the tests are the count.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProgram } from '../process.ts'
import type { Row } from './row.ts'

export interface TestedRow {
  readonly line: string
  readonly note: string
  /** The folder or file of the tests. */
  readonly tests: string
  /** Which of them compare with the reference, by their full names. */
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

/** Runs the tests under Node and counts them. */
export async function rowFromTests(root: string, row: TestedRow): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'scoreboard-'))
  try {
    const report = join(folder, 'report.json')
    const args = ['run', row.tests, '--project=node', '--reporter=json', `--outputFile=${report}`]
    const { output } = await runProgram('vitest', args, { cwd: root })
    try {
      return countRow(JSON.parse(readFileSync(report, 'utf8')) as Report, row)
    } catch (cause) {
      throw new Error(`scoreboard: ${row.line}: the tests in ${row.tests} did not run.\n${output}`, { cause })
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
