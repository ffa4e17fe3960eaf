import { expect, test } from 'vitest'
import { countRow } from './scoreboard/from-tests.ts'
import { jsonLine, scoreboardPage } from './scoreboard/page.ts'

const row = { line: 'theirs', passed: 1, total: 2, note: 'version 1 | 2' }

test('a row counts the tests that compare with the reference, and only those that pass as passed', () => {
  const testResults = [
    {
      assertionResults: [
        { fullName: 'equals NumPy 1', status: 'passed' },
        { fullName: 'other', status: 'passed' },
      ],
    },
    {
      assertionResults: [
        { fullName: 'equals NumPy 2', status: 'failed' },
        { fullName: 'equals NumPy 3', status: 'skipped' },
      ],
    },
  ]
  expect(countRow({ testResults }, { line: 'n', note: '', named: /numpy/i })).toEqual({
    ...{ line: 'n', note: '' },
    ...{ passed: 1, total: 3 },
  })
})

test('a program gets the four keys, people a page with date and machine', () => {
  expect(JSON.parse(jsonLine(row))).toEqual(row)
  const page = scoreboardPage([row], '2026-01-31', 'a machine')
  expect(page).toContain('on 2026-01-31 (a machine)')
  expect(page).toContain(String.raw`| theirs | 1 | 2 | version 1 \| 2 |`)
})
