// Running a program and keeping what it says.
import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'

export interface Finished {
  readonly code: number
  /** What it wrote to both its streams, in order of arrival. */
  readonly output: string
}

export interface RunOptions {
  readonly cwd: string
  /** What it reads; nothing unless given. */
  readonly input?: string
  /** Variables added to this process's own. */
  readonly env?: NodeJS.ProcessEnv
  /** After how many milliseconds it is stopped, which counts as a failure; never unless given. */
  readonly timeout?: number
}

/** Runs a program to its end without a shell; the workspace's own tools (`node_modules/.bin`) come first. */
export function runProgram(program: string, args: readonly string[], options: RunOptions): Promise<Finished> {
  const bin = join(import.meta.dirname, '../node_modules/.bin')
  const env = { ...process.env, NO_COLOR: '1', ...options.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` }
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: options.cwd, env, timeout: options.timeout, stdio: 'pipe' })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (signal !== null) output += `\n${program} was stopped by ${signal}.`
      resolve({ code: code ?? 1, output })
    })
    // A program that ends before reading its input closes the pipe; its exit code says the rest.
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.input ?? '')
  })
}
