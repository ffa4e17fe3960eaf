// Opens every built page in Chromium, under every set of headers that decides whether threads are to be had.
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import type { Browser } from 'playwright'
import { chromiumArguments, findChromium, howToGetChromium } from '../chromium.ts'
import type { Outcome } from './runtimes.ts'
import { serve } from './server.ts'

const isolated = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }
const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"

const headers: Record<'open' | 'isolated' | 'csp' | 'csp-without-blob', Record<string, string>> = {
  open: {},
  isolated,
  csp: { ...isolated, 'content-security-policy': `${policy}; worker-src 'self' blob:` },
  'csp-without-blob': { ...isolated, 'content-security-policy': policy },
}

interface Visit {
  /** Which set of headers. */
  under: keyof typeof headers
  /** A folder of the site. */
  path: string
  /** Whether the kernels can have threads there. */
  threads: boolean
}

/** The browser's own words, which no program can keep from the console, when a policy stops a worker. */
const policyNotice = /^error: Creating a worker from 'blob:.*violates the following Content Security Policy directive/

const bundled = ['vite-page', 'vite-worker-page', 'webpack', 'esbuild', 'esbuild/worker']

/** A plain page cannot be under the policy: it forbids the import map, which has to be inline. */
export const visits: readonly Visit[] = [
  ...[...bundled, 'plain'].flatMap((path): Visit[] => [
    { under: 'open', path, threads: false },
    { under: 'isolated', path, threads: true },
  ]),
  ...bundled.flatMap((path): Visit[] => [
    { under: 'csp', path, threads: true },
    { under: 'csp-without-blob', path, threads: false },
  ]),
]

/** Makes every visit and gives what each page found; a page that fails, or says a word on its console, is an error. */
export async function visitPages(folder: string): Promise<Map<string, Outcome>> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error(`The rehearsal needs a Chromium. ${howToGetChromium}`)
  await using site = await serve(join(folder, 'site'), { variants: headers })
  const browser = await chromium.launch({ executablePath, args: [...chromiumArguments] })
  const outcomes = new Map<string, Outcome>()
  try {
    for (const visit of visits) {
      const ignored = visit.under === 'csp-without-blob' ? policyNotice : undefined
      const outcome = await open(browser, `${site.url}/${visit.under}/${visit.path}/`, ignored)
      const name = `${visit.path} (${visit.under})`
      outcomes.set(name, outcome)
      if (availableParallelism() > 1 && outcome.threads > 1 !== visit.threads) {
        throw new Error(
          `${name}: expected ${visit.threads ? 'several threads' : 'one thread'}, got ${outcome.threads}.`,
        )
      }
    }
  } finally {
    await browser.close()
  }
  return outcomes
}

async function open(browser: Browser, url: string, ignored?: RegExp): Promise<Outcome> {
  const page = await browser.newPage()
  const said: string[] = []
  page.on('console', (message) => {
    const line = `${message.type()}: ${message.text()}`
    if (!ignored?.test(line)) said.push(line)
  })
  page.on('pageerror', (error) => said.push(`uncaught: ${String(error)}`))
  try {
    await page.goto(url)
    const body = page.locator('body[data-outcome], body[data-failure]')
    await body.waitFor({ state: 'attached', timeout: 30_000 }).catch(() => said.push('no outcome after 30 s'))
    const outcome = await page.locator('body').getAttribute('data-outcome')
    const failure = await page.locator('body').getAttribute('data-failure')
    if (outcome === null || said.length > 0) throw new Error([`${url} failed.`, failure ?? '', ...said].join('\n'))
    return JSON.parse(outcome) as Outcome
  } finally {
    await page.close()
  }
}
