// Times several contenders in turns, A B A B …, so that whatever else the machine does falls on all of them alike.
import { cpus } from 'node:os'
import type { Run, TimedPeer } from './task.ts'

export interface Contender {
  readonly name: string
  readonly time: TimedPeer['time']
}

export interface Timing {
  /** The median milliseconds of one call, by contender. */
  readonly medians: ReadonlyMap<string, number>
  /** How many cores other programs kept busy meanwhile, on average. */
  readonly othersLoad: number
}

export interface MeasureOptions {
  /** How long each contender runs before it counts: compilers and caches settle. */
  readonly warmUpMs: number
  /** How long one sample should take at least, so that the clock's grain does not show. */
  readonly sampleMs: number
  /** How long each contender is sampled in all, if that makes more rounds than `minRounds`. */
  readonly totalMs: number
  readonly minRounds: number
}

export const defaultMeasure: MeasureOptions = { warmUpMs: 150, sampleMs: 2, totalMs: 800, minRounds: 7 }

/** The same in a third of the time. */
export const briefMeasure: MeasureOptions = { warmUpMs: 80, sampleMs: 2, totalMs: 250, minRounds: 5 }

/** What the runs give ends here, so that no compiler may leave them out. */
let sink: unknown

/** A function of this process as a contender. Its processor time is counted with the process's own. */
export function inProcess(name: string, run: Run): Contender {
  return {
    name,
    async time(calls) {
      const start = performance.now()
      for (let i = 0; i < calls; i++) {
        sink = run()
        // Waiting costs a turn of the queue, so only what is asynchronous pays it.
        if (sink instanceof Promise) sink = await sink
      }
      return { ms: performance.now() - start, cpuMs: 0 }
    },
  }
}

/** The middle value; between the two middle ones when their number is even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

function busyMs(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)
}

/** Runs a contender until it is warm, and gives how many calls make a sample. */
async function warmUp(contender: Contender, { warmUpMs, sampleMs }: MeasureOptions): Promise<number> {
  let calls = 1
  let spent = 0
  let perCall = Infinity
  for (let round = 0; round < 2 || spent < warmUpMs; round++) {
    const { ms } = await contender.time(calls)
    spent += ms
    perCall = Math.min(perCall, ms / calls)
    // Doubling until the clock can see it; one call of a slow task is a sample already.
    if (ms < sampleMs) calls *= 2
  }
  return Math.max(1, Math.ceil(sampleMs / Math.max(perCall, 1e-6)))
}

/** Warms every contender up and then samples them in turns. */
export async function measure(contenders: readonly Contender[], options: MeasureOptions): Promise<Timing> {
  const lanes: { contender: Contender; calls: number; samples: number[] }[] = []
  for (const contender of contenders) {
    lanes.push({ contender, calls: await warmUp(contender, options), samples: [] })
  }
  const start = performance.now()
  const busy = busyMs()
  const own = process.cpuUsage()
  let peersCpuMs = 0
  const budget = options.totalMs * contenders.length
  for (let round = 0; round < options.minRounds || performance.now() - start < budget; round++) {
    // Every other round goes backwards, so that nobody always runs on the cache that the same rival left.
    for (const lane of round % 2 === 0 ? lanes : lanes.toReversed()) {
      const { ms, cpuMs } = await lane.contender.time(lane.calls)
      lane.samples.push(ms / lane.calls)
      peersCpuMs += cpuMs
    }
  }
  const { user, system } = process.cpuUsage(own)
  const others = busyMs() - busy - (user + system) / 1000 - peersCpuMs
  return {
    medians: new Map(lanes.map(({ contender, samples }) => [contender.name, median(samples)])),
    othersLoad: Math.max(0, others / (performance.now() - start)),
  }
}
