// On what, and when, a figure was measured.
import { availableParallelism, cpus, totalmem } from 'node:os'

/** The machine in one line: processor, cores, memory, Node. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() || process.arch
  const memory = Math.round(totalmem() / 2 ** 30)
  const cores = availableParallelism()
  return `${model}, ${cores} ${cores === 1 ? 'core' : 'cores'}, ${memory} GiB, Node ${process.versions.node}, ${process.platform}`
}

/** Today, as 2026-01-31. */
export function today(): string {
  return new Date().toISOString().slice(0, 10)
}
