import { expect, test } from 'vitest'
import { countTests } from './test-counts.ts'

function file(name: string, status: string, ...statuses: string[]) {
  return { name, status, assertionResults: statuses.map((value) => ({ status: value })) }
}

test('counts what passed, failed and was skipped, and what passed in a browser', () => {
  const testResults = [
    file('a.test.ts', 'passed', 'passed', 'passed', 'skipped'),
    file('b.test.ts', 'failed', 'passed', 'failed'),
    file('c.browser.test.ts', 'passed', 'passed', 'todo'),
    file('d.browser-plain.test.ts', 'passed', 'passed'),
  ]
  expect(countTests({ testResults })).toEqual({ passed: 5, failed: 1, skipped: 2, passedInBrowser: 2 })
})

test('a file that could not be loaded is a failure', () => {
  expect(countTests({ testResults: [file('a.test.ts', 'failed')] }).failed).toBe(1)
})
