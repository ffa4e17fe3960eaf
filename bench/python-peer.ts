// A peer in Python: a process that waits for "run it so many times" on a pipe, and keeps its own clock.
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { AbsentPeer, TimedPeer } from './task.ts'

/** The interpreter that `npm run bench:setup` installs the peers for. */
export const pythonOfBench: string = join(
  import.meta.dirname,
  '../.cache/bench-venv',
  process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python',
)

export interface PythonTask {
  /** The file bench/python/NAME.py that has the task. */
  readonly module: string
  /** The task's name there. */
  readonly task: string
  /** What its function is called with. */
  readonly args?: Readonly<Record<string, unknown>>
  /** In how many threads the libraries may run; one form of the peer for each. */
  readonly threads?: readonly number[]
}

export interface PythonPeer extends TimedPeer {
  readonly variant: string
  /** What the last timed run gave, arrays as nested arrays. */
  readonly result: () => Promise<unknown>
  /** Ends the process. */
  readonly close: () => void
}

type Reply = Record<string, unknown>

const threadVariables = ['OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS', 'LOKY_MAX_CPU_COUNT']

/** Questions and answers over the pipe, strictly in turn. */
function talk(child: ChildProcessByStdio<Writable, Readable, null>): (request: object) => Promise<Reply> {
  const waiting: ((reply: Reply) => void)[] = []
  let ended: string | undefined
  const end = (why: string): void => {
    ended = why
    for (const settle of waiting.splice(0)) settle({ error: why })
  }
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(JSON.parse(line) as Reply))
  child.on('error', (error) => end(error.message))
  child.on('close', (code) => end(`the Python process ended with code ${code}`))
  child.stdin.on('error', () => undefined)
  return async (request) => {
    const reply = await new Promise<Reply>((resolve) => {
      if (ended !== undefined) return resolve({ error: ended })
      waiting.push(resolve)
      child.stdin.write(`${JSON.stringify(request)}\n`)
    })
    if (typeof reply.error === 'string') throw new Error(reply.error)
    return reply
  }
}

async function startPeer({ module, task, args }: PythonTask, threads: number): Promise<PythonPeer> {
  const limits = Object.fromEntries(threadVariables.map((name) => [name, String(threads)]))
  const child = spawn(pythonOfBench, [join(import.meta.dirname, 'peers.py'), module], {
    env: { ...process.env, ...limits },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ask = talk(child)
  const close = (): void => void child.stdin.end()
  try {
    await ask({ prepare: task, args })
  } catch (error) {
    close()
    throw error
  }
  return {
    variant: threads === 1 ? '1 thread' : `${threads} threads`,
    async time(calls) {
      const { ms, cpuMs } = await ask({ time: calls })
      return { ms: Number(ms), cpuMs: Number(cpuMs) }
    },
    result: async () => (await ask({ result: true })).result,
    close,
  }
}

/**
 * A Python task at each of its thread counts (one and two unless given), for the `peers` of a task; the fastest form
 * counts. Without the environment, or without the package, it is an absent peer that says why. End it with
 * {@link closePeers} in the task's `finish`.
 */
export async function pythonPeer(task: PythonTask): Promise<readonly PythonPeer[] | AbsentPeer> {
  if (!existsSync(pythonOfBench)) return { absent: 'run `npm run bench:setup` for the Python peers' }
  const started: PythonPeer[] = []
  try {
    for (const threads of task.threads ?? [1, 2]) started.push(await startPeer(task, threads))
    return started
  } catch (error) {
    closePeers(started)
    const message = error instanceof Error ? error.message : String(error)
    if (message.startsWith('ModuleNotFoundError')) return { absent: message }
    throw new Error(`bench/python/${task.module}.py, task ${task.task}: ${message}`, { cause: error })
  }
}

/** Ends the processes of a peer; nothing to do for one that is absent. */
export function closePeers(peer: readonly PythonPeer[] | AbsentPeer): void {
  if (!('absent' in peer)) for (const { close } of peer) close()
}
