// How the rehearsal runs and times its steps and the commands inside them.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { delimiter, dirname } from 'node:path'

/** Runs one step, prints how long it took, and names the step in front of whatever goes wrong inside. */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const begin = performance.now()
  const seconds = (): string => `${((performance.now() - begin) / 1000).toFixed(1)} s`.padStart(8)
  try {
    const result = await work()
    console.log(`${seconds()}  ${name}${typeof result === 'string' ? `: ${result}` : ''}`)
    return result
  } catch (error) {
    console.log(`${seconds()}  ${name}: FAILED`)
    throw error
  }
}

export interface CommandOptions {
  /** The folder to run in. */
  cwd: string
  /** Added to this process's own environment. */
  env?: Record<string, string>
  /** A folder to look for commands in before all others. */
  bin?: string
  /** Milliseconds after which the command is ended and counts as failed. */
  timeout?: number
}

const running = new Set<ChildProcess>()

/** Ends every command that `run` has started, with all that these have started, and waits for their end. */
export async function endCommands(): Promise<void> {
  const ends = [...running].map((child) => once(child, 'close'))
  for (const child of running) {
    // A command leads a group of its own, so that what it started can be ended with it.
    if (process.platform === 'win32' || child.pid === undefined) child.kill()
    else process.kill(-child.pid)
  }
  await Promise.all(ends)
}

/** Runs a command without a shell and gives its standard output; a failure carries the end of all that it printed. */
export function run(command: string, args: readonly string[], options: CommandOptions): Promise<string> {
  const { cwd, env = {}, bin = [], timeout = 180_000 } = options
  // This Node first: `npm` and every `#!/usr/bin/env node` then run on the version that the project pins.
  const path = [bin, dirname(process.execPath), process.env.PATH ?? ''].flat().join(delimiter)
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env, PATH: path },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout,
      detached: process.platform !== 'win32',
    })
    running.add(child)
    let output = ''
    let everything = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      everything += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => (everything += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      running.delete(child)
      if (code === 0) return resolve(output)
      const ending = signal === null ? `exit code ${code}` : `signal ${signal}`
      reject(new Error(`${command} ${args.join(' ')} ended with ${ending}:\n${everything.slice(-4000)}`))
    })
  })
}
