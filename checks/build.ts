// Builds every package once per run of the checks, however many of them ask for it.
import { runProgram } from './process.ts'

const builds = new Map<string, Promise<void>>()

async function build(root: string): Promise<void> {
  const { code, output } = await runProgram('turbo', ['build', '--output-logs=errors-only'], { cwd: root })
  if (code !== 0) throw new Error(`turbo build failed.\n${output.trim()}`)
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
