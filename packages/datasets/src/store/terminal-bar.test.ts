import { expect, test } from 'vitest'
import { terminalBar } from './terminal-bar.ts'

test('draws on a terminal, once for every percent, and ends its line', () => {
  const written: string[] = []
  const bar = terminalBar({ isTTY: true, write: (text: string | Uint8Array) => written.push(String(text)) > 0 })
  for (const received of [500_000, 500_001, 1_000_000]) {
    bar?.({ name: 'mnist', file: 'images.gz', received, total: 1_000_000 })
  }
  expect(written).toEqual([
    `\rmnist/images.gz ${'█'.repeat(12)}${'░'.repeat(12)} 50% of 1.0 MB`,
    `\rmnist/images.gz ${'█'.repeat(24)} 100% of 1.0 MB\n`,
  ])
})

test('leaves files and pipes alone', () => {
  expect(terminalBar({ isTTY: false, write: () => true })).toBeUndefined()
})
