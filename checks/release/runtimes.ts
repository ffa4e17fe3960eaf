// The consumer's program in Node, Deno and Bun. Each must end by itself, so each gets a limited time.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './steps.ts'

export interface Outcome {
  digest: string
  threads: number
}

/** Runs `built/terminal.js` in one runtime. */
export async function inTerminal(folder: string, runtime: 'node' | 'deno' | 'bun'): Promise<Outcome> {
  const program = join('built', 'terminal.js')
  const commands = {
    node: [process.execPath, program],
    deno: [platformBinary(folder, '@deno', 'deno'), 'run', '--no-prompt', program],
    bun: [platformBinary(folder, '@oven', join('bin', 'bun')), 'run', program],
  }
  const [command = '', ...args] = commands[runtime]
  const output = await run(command, args, { cwd: folder, timeout: 60_000 })
  return JSON.parse(output) as Outcome
}

/** npm packages of Deno and Bun are launchers; the program itself is in an optional package for each platform. */
function platformBinary(folder: string, scope: string, file: string): string {
  const parent = join(folder, 'node_modules', scope)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const found = readdirSync(parent)
    .map((name) => join(parent, name, file + suffix))
    .find((path) => existsSync(path))
  if (found === undefined) throw new Error(`${scope}: npm installed no binary for ${process.platform} ${process.arch}.`)
  return found
}
