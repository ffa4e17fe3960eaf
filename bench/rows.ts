// From a task to the rows of the table: one for each of its peers.
import { defaultMeasure, inProcess, measure, type Contender, type MeasureOptions } from './measure.ts'
import type { BenchTask, Peer, PreparedTask, TimedPeer } from './task.ts'

export interface Row {
  readonly task: string
  readonly oursMs: number
  readonly peer: string
  /** Which form of the peer was the fastest, where it has several. */
  readonly variant: string
  readonly peerMs: number
  /** Above 1 ours is faster. */
  readonly ratio: number
  readonly equal: boolean
  /** How many cores other programs kept busy meanwhile. */
  readonly othersLoad: number
}

export interface AbsentRow {
  readonly task: string
  readonly peer: string
  readonly absent: string
}

interface Candidate extends Contender {
  readonly peer: string
  readonly variant: string
}

function timed(peer: string, form: TimedPeer): Candidate {
  const variant = form.variant ?? ''
  return { name: `${peer} ${variant}`.trimEnd(), peer, variant, time: form.time }
}

/** The forms in which a peer can be timed here, or why it cannot be. */
function candidates(name: string, peer: Peer): Candidate[] | string {
  if (typeof peer === 'function') return [{ ...inProcess(name, peer), peer: name, variant: '' }]
  const forms = 'time' in peer || 'absent' in peer ? [peer] : peer
  const present = forms.filter((form) => 'time' in form)
  if (present.length > 0) return present.map((form) => timed(name, form))
  return forms.map((form) => ('absent' in form ? form.absent : '')).find(Boolean) ?? 'no form of it was given'
}

async function timePrepared(
  task: string,
  prepared: PreparedTask,
  options: MeasureOptions,
): Promise<(Row | AbsentRow)[]> {
  const found = Object.entries(prepared.peers).map(([peer, value]) => ({ peer, forms: candidates(peer, value) }))
  const present = found.flatMap(({ forms }) => (typeof forms === 'string' ? [] : forms))
  const { medians, othersLoad } = await measure([inProcess('ours', prepared.ours), ...present], options)
  const oursMs = medians.get('ours')!
  const rows: (Row | AbsentRow)[] = []
  for (const { peer, forms } of found) {
    if (typeof forms === 'string') {
      rows.push({ task, peer, absent: forms })
      continue
    }
    const [fastest] = forms.toSorted((a, b) => medians.get(a.name)! - medians.get(b.name)!)
    const peerMs = medians.get(fastest!.name)!
    const equal = await prepared.equal(peer)
    rows.push({ task, oursMs, peer, variant: fastest!.variant, peerMs, ratio: peerMs / oursMs, equal, othersLoad })
  }
  return rows
}

/** Prepares a task, times it and frees it, whatever happens in between. */
export async function timeTask(
  task: BenchTask,
  options: MeasureOptions = defaultMeasure,
): Promise<(Row | AbsentRow)[]> {
  const prepared = await task.prepare()
  try {
    return await timePrepared(task.task, prepared, options)
  } finally {
    await prepared.finish?.()
  }
}
