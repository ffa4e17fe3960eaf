// Finds the browser that the tests and the release rehearsal drive. None is ever downloaded.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome.exe']

const applications = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** What to tell someone who has no browser. */
export const howToGetChromium =
  'Install one (Debian: `apt-get install chromium`) or set CHROMIUM_PATH to a Chromium or Chrome binary.'

/** Keeps the browser from talking to anything but the pages under test; a container has no sandbox to offer. */
export const chromiumArguments: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The path of a Chromium or Chrome on this machine: CHROMIUM_PATH, else the first one on the PATH. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.CHROMIUM_PATH !== undefined && env.CHROMIUM_PATH !== '') {
    if (!existsSync(env.CHROMIUM_PATH)) {
      throw new Error(`CHROMIUM_PATH names ${env.CHROMIUM_PATH}, which does not exist. ${howToGetChromium}`)
    }
    return env.CHROMIUM_PATH
  }
  const onPath = (env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  return [...onPath, ...applications].find((path) => existsSync(path))
}
