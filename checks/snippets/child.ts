// Runs snippets, one after another, in a process of its own; the parent writes them to stdin as JSON.
// Each stands alone, as a module at its document's address, so that line numbers are the document's.
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { text } from 'node:stream/consumers'
import { matches, matchesText, show } from './compare.ts'

export interface Job {
  readonly file: string
  readonly line: number
  readonly code: string
}

const { root, jobs } = JSON.parse(await text(process.stdin)) as { root: string; jobs: readonly Job[] }
const sources = new Map<string, string>()
let current: Job | undefined

registerHooks({
  resolve(specifier, context, next) {
    if (sources.has(specifier)) return { url: specifier, format: 'module-typescript', shortCircuit: true }
    const folder = /^@lab\/([^/]+)/.exec(specifier)?.[1]
    // A package may name itself, so every package is reachable from every document, declared or not.
    const parentURL = folder && pathToFileURL(join(root, 'packages', folder, 'package.json')).href
    return next(specifier, parentURL ? { ...context, parentURL } : context)
  },
  load(url, context, next) {
    const source = sources.get(url)
    return source === undefined ? next(url, context) : { source, format: 'module-typescript', shortCircuit: true }
  },
})

function fail(line: number, message: string): void {
  process.exitCode = 1
  console.error(`${current?.file}:${(current?.line ?? 1) + line}: ${message}`)
}

Object.assign(globalThis, {
  __same(want: string, line: number, value: unknown): unknown {
    if (!matches(value, want)) fail(line, `says ${want}, gives ${show(value).slice(0, 300)}`)
    return value
  },
  async __throws(want: string, line: number, run: () => unknown): Promise<void> {
    const message = want.replace(/^throws /, '')
    try {
      await run()
    } catch (error) {
      const got = error instanceof Error ? error.message : String(error)
      if (!matchesText(got, message)) fail(line, `says it throws ${message}, throws ${got}`)
      return
    }
    fail(line, `says it throws ${message}, throws nothing`)
  },
})

process.on('exit', () => {
  if (current !== undefined) fail(0, 'the process ended, or had nothing left to wait for, in the middle of this block')
})

// What the snippets print is for their readers.
console.log = () => undefined

for (const job of jobs) {
  current = job
  const url = `${pathToFileURL(join(root, job.file)).href}?snippet=${job.line}`
  sources.set(url, '\n'.repeat(job.line - 1) + job.code)
  try {
    await import(url)
  } catch (error) {
    const place = error instanceof Error ? /\?snippet=\d+:(\d+)/.exec(error.stack ?? '')?.[1] : undefined
    fail(
      place ? Number(place) - job.line : 0,
      error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    )
  }
}
current = undefined
