import { describe, expect, test } from 'vitest'
import { inProcess, measure, median } from './measure.ts'
import { jsonLine, markdownTable } from './report.ts'
import { timeTask, type Row } from './rows.ts'
import type { Peer, PreparedTask } from './task.ts'

/** As little as will do: these tests look at the order and the arithmetic, not at the figures. */
const quick = { warmUpMs: 0, sampleMs: 0, totalMs: 0, minRounds: 4 }

/** A peer that says what it took. */
function takes(ms: number, variant?: string): Peer {
  const time = async (calls: number): Promise<{ ms: number; cpuMs: number }> => ({ ms: ms * calls, cpuMs: 0 })
  return variant === undefined ? { time } : { time, variant }
}

function prepared(peers: Record<string, Peer>, more: Partial<PreparedTask> = {}): PreparedTask {
  return { ours: () => 1, peers, equal: () => true, ...more }
}

test('the median is the middle, whatever the order', () => {
  expect(median([5, 1, 100])).toBe(5)
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([10, 9, 1])).toBe(9)
})

test('contenders take turns, forwards and backwards, after both are warm', async () => {
  const order: string[] = []
  const contender = (name: string) => ({
    name,
    async time(calls: number) {
      order.push(name)
      return { ms: calls, cpuMs: 0 }
    },
  })
  const { medians } = await measure([contender('a'), contender('b')], quick)
  expect(order.join('')).toBe('aabb' + 'abbaabba')
  expect(medians.get('a')).toBe(1)
})

test('a call that gives a promise is timed until it is settled', async () => {
  let settled = 0
  const slow = inProcess('slow', () => new Promise<void>((resolve) => setTimeout(() => resolve(void settled++), 5)))
  const { ms } = await slow.time(3)
  expect(settled).toBe(3)
  expect(ms).toBeGreaterThan(10)
})

describe('a task', () => {
  test('is compared with the fastest form of each peer', async () => {
    const peers = { both: [takes(3, '1 thread'), takes(2, '2 threads')], one: takes(8) } as Record<string, Peer>
    const rows = await timeTask({ task: 't', prepare: () => prepared(peers) }, quick)
    expect(rows).toEqual([
      expect.objectContaining({ peer: 'both', variant: '2 threads', peerMs: 2, equal: true }),
      expect.objectContaining({ peer: 'one', variant: '', peerMs: 8 }),
    ])
    const [row] = rows as Row[]
    expect(row!.ratio).toBe(row!.peerMs / row!.oursMs)
  })

  test('names a peer that is not there, and does not ask whether it agrees', async () => {
    const asked: string[] = []
    const equal = (peer: string): boolean => asked.push(peer) > 0
    const peers = { gone: { absent: 'not installed' }, here: takes(1) }
    const rows = await timeTask({ task: 't', prepare: () => prepared(peers, { equal }) }, quick)
    expect(rows[0]).toEqual({ task: 't', peer: 'gone', absent: 'not installed' })
    expect(asked).toEqual(['here'])
  })

  test('is asked whether it agrees after it has run, and freed even when it fails', async () => {
    const events: string[] = []
    const ours = (): void => void (events.at(-1) === 'ours' || events.push('ours'))
    const equal = (): boolean => events.push('equal') < 0
    const finish = (): void => void events.push('finish')
    const [row] = await timeTask(
      { task: 't', prepare: () => prepared({ p: takes(1) }, { ours, equal, finish }) },
      quick,
    )
    expect(row).toMatchObject({ equal: false })
    expect(events).toEqual(['ours', 'equal', 'finish'])
    const failing = (): never => {
      throw new Error('broken')
    }
    const task = { task: 't', prepare: () => prepared({}, { ours: failing, finish }) }
    await expect(timeTask(task, quick)).rejects.toThrow('broken')
    expect(events.at(-1)).toBe('finish')
    expect(events).toHaveLength(4)
  })
})

describe('the report', () => {
  const row: Row = {
    task: 't',
    oursMs: 2,
    peer: 'p',
    variant: '',
    peerMs: 5,
    ratio: 2.5,
    equal: true,
    othersLoad: 0.01,
  }

  test('gives a program exactly the six keys, and says when the machine was busy', () => {
    expect(JSON.parse(jsonLine(row))).toEqual({ task: 't', ours_ms: 2, peer: 'p', peer_ms: 5, ratio: 2.5, equal: true })
    expect(JSON.parse(jsonLine({ ...row, othersLoad: 0.5 }))).toHaveProperty('noisy', 0.5)
    expect(JSON.parse(jsonLine({ task: 't', peer: 'q', absent: 'why' }))).toMatchObject({ ratio: null, absent: 'why' })
  })

  test('gives people a table in which differing results shout', () => {
    const table = markdownTable([
      { ...row, equal: false, variant: '2 threads' },
      { task: 't', peer: 'q', absent: 'why' },
    ])
    const [, , first, second] = table.split('\n').map((line) => line.split('|').map((cell) => cell.trim()))
    expect(first).toEqual(['', 't', '2.00', 'p (2 threads)', '5.00', '2.50×', 'NO', '', ''])
    expect(second).toEqual(['', 't', '', 'q', '', '', '', 'absent: why', ''])
  })
})
