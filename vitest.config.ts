import { playwright } from '@vitest/browser-playwright'
import type { TestProjectInlineConfiguration, ViteUserConfig } from 'vitest/config'
import { chromiumArguments, findChromium, howToGetChromium } from './checks/chromium.ts'

// Tests read source through the source condition, so that nobody builds before the first test.
const conditions = ['@lab/source']

const roots = '{packages/*/src,checks,bench,docs/generate}/**'

/** What lets a page share memory with its workers. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

/** A project's tests are the files that end in its name: `x.browser.test.ts`, `x.browser-plain.test.ts`. */
function browserProject(
  name: 'browser' | 'browser-plain',
  chromium: string,
  headers: Record<string, string>,
): TestProjectInlineConfiguration {
  return {
    extends: true,
    server: { headers },
    cacheDir: `node_modules/.vite-${name}`,
    test: {
      name,
      include: [`${roots}/*.${name}.test.ts`],
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions: { executablePath: chromium, args: [...chromiumArguments] } }),
        instances: [{ browser: 'chromium', name }],
      },
    },
  }
}

const chromium = findChromium()
if (chromium === undefined) {
  const message = `No Chromium found, so the browser tests are left out. ${howToGetChromium}`
  if (process.env.CI) throw new Error(message)
  console.warn(message)
}

const config: ViteUserConfig = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    globalSetup: 'checks/build-kernels.ts',
    setupFiles: 'checks/seed-properties.ts',
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          // Some tests run a compiler; on a busy machine of two cores that takes a while.
          testTimeout: 60_000,
          include: [`${roots}/*.test.ts`],
          exclude: ['**/*.browser{,-plain}.test.ts', '**/node_modules/**'],
        },
      },
      ...(chromium === undefined
        ? []
        : [browserProject('browser', chromium, isolation), browserProject('browser-plain', chromium, {})]),
    ],
  },
}

export default config
