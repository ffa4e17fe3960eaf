// Prints the counts of vitest's JSON report, the last line being `N passed, N failed`; fails if a test failed or if the
// tests in the browser did not run.
import { existsSync, readFileSync } from 'node:fs'

export interface TestReport {
  readonly testResults: readonly {
    /** The file. */
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly passedInBrowser: number
}

/** Counts the tests. A file that could not be run at all is one failure. */
export function countTests({ testResults }: TestReport): Counts {
  const counts = { passed: 0, failed: 0, skipped: 0, passedInBrowser: 0 }
  for (const { name, status, assertionResults } of testResults) {
    const statuses = assertionResults.map((result) => result.status)
    const passed = statuses.filter((value) => value === 'passed').length
    const failed = statuses.filter((value) => value === 'failed').length
    counts.passed += passed
    counts.failed += status === 'failed' && failed === 0 ? 1 : failed
    counts.skipped += statuses.length - passed - failed
    if (/\.browser(?:-plain)?\.test\.ts$/.test(name)) counts.passedInBrowser += passed
  }
  return counts
}

function main(path: string | undefined): void {
  const present = path !== undefined && existsSync(path)
  if (!present) console.log('There is no test report: the tests did not run to their end.')
  const report = present ? (JSON.parse(readFileSync(path, 'utf8')) as TestReport) : { testResults: [] }
  const { passed, failed, skipped, passedInBrowser } = countTests(report)
  if (passedInBrowser === 0) console.log('No test ran in a browser, and some must.')
  if (skipped > 0) console.log(`${skipped} skipped`)
  console.log(`${passed} passed, ${failed} failed`)
  if (failed > 0 || passedInBrowser === 0) process.exitCode = 1
}

if (process.argv[1] === import.meta.filename) main(process.argv[2])
