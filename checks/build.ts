// Builds every package once per run of the checks, however many of them ask for it.
import { runProgram } from './process.ts'

const builds = new Map<string, Promise<void>>()

async function build(root: string): Promise<void> {
  const { code, output } = await runProgram('turbo', ['build', '--output-logs=errors-only'], { cwd: root })
  if (code === 0) return
  // The log of the bundler lists every file, and its stack, before and after the one line that matters.
  const lines = output.split('\n').filter((line) => !/CLI | {2}at |^\s*$/.test(line))
  throw new Error(`turbo build failed.\n${lines.join('\n')}`)
}

/** Brings every package's dist up to date; what has not changed comes from turbo's cache. */
export function buildPackages(root: string): Promise<void> {
  let running = builds.get(root)
  if (running === undefined) {
    running = build(root)
    builds.set(root, running)
  }
  return running
}
