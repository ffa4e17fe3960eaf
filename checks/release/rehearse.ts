// A release from end to end, with nothing published to the world: see docs/guide/releasing.md.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { esbuildBundle, plainPage, viteBundle, webpackBundle } from './bundles.ts'
import { installConsumer } from './consumer.ts'
import { runExamples } from './examples.ts'
import type { PublicPackage } from './packages.ts'
import { visitPages } from './pages.ts'
import { copyWorkTree, linkPackages, packAndPublish, version } from './publish.ts'
import { startRegistry } from './registry.ts'
import { inTerminal } from './runtimes.ts'
import type { Outcome } from './runtimes.ts'
import { measure, separate, sizeTable, withoutBudget } from './size-check.ts'
import { budgets, separations } from './sizes.ts'
import { endCommands, run, step } from './steps.ts'
import { checkTypes } from './typescript.ts'

/** Builds, packs, publishes to a registry on loopback, installs from it and runs every kind of consumer. */
export async function rehearse(root: string): Promise<void> {
  const resources = new AsyncDisposableStack()
  let ending: Promise<void> | undefined
  // A signal and the end of the work may both ask for this; whoever comes second waits for the first.
  const end = (): Promise<void> => (ending ??= resources.disposeAsync())
  stopOnSignals(end)
  try {
    const scratch = await mkdtemp(join(tmpdir(), 'lab-release-'))
    resources.defer(() => rm(scratch, { recursive: true, force: true, maxRetries: 3 }))
    await rehearseIn(scratch, root, resources)
  } finally {
    await end()
  }
}

async function rehearseIn(scratch: string, root: string, resources: AsyncDisposableStack): Promise<void> {
  const copy = join(scratch, 'workspace')
  const consumer = join(scratch, 'consumer')
  await step('build', () => build(root))
  await step('copy the work tree', () => copyWorkTree(root, copy))
  await step('link its packages', () => linkPackages(root, copy))
  const packages = await step('changeset version', () => version(root, copy))
  const registry = resources.use(await step('start the registry', () => startRegistry(join(scratch, 'registry'))))
  await step('changeset pack and publish', () => packAndPublish(root, copy, registry))
  for (const { manifest } of packages) console.log(`          ${manifest.name} ${manifest.version}`)

  await mkdir(consumer)
  await step('npm install outside the workspace', () => installConsumer(consumer, packages, registry))
  await step('sizes and tree shaking', () => checkSizes(consumer, packages))
  await step('TypeScript, strict', () => checkTypes(consumer, packages))
  await runConsumers(consumer, packages)
  await runExamples(root, join(scratch, 'examples'), packages, registry)
}

/** From nothing, on a busy machine, compiling the kernels takes a while. */
async function build(root: string): Promise<void> {
  const bin = join(root, 'node_modules', '.bin')
  await run('turbo', ['build', '--output-logs=errors-only'], { cwd: root, bin, timeout: 900_000 })
}

async function checkSizes(consumer: string, packages: readonly PublicPackage[]): Promise<void> {
  const missing = withoutBudget(packages, budgets)
  if (missing.length > 0)
    throw new Error(`No size budget for ${missing.join(', ')}. Add it to checks/release/sizes.ts.`)
  const sizes = await Promise.all(budgets.map((budget) => measure(consumer, budget)))
  console.log(sizeTable(sizes))
  const mixed = (await Promise.all(separations.map((separation) => separate(consumer, separation)))).flat()
  for (const problem of mixed) console.log(`          ${problem}`)
  if (mixed.length > 0 || sizes.some(({ problems }) => problems.length > 0)) {
    throw new Error('The lines above say what is too large or pulls in too much.')
  }
}

async function runConsumers(consumer: string, packages: readonly PublicPackage[]): Promise<void> {
  const outcomes = new Map<string, Outcome>()
  for (const runtime of ['node', 'deno', 'bun'] as const) {
    const outcome = await step(`program in ${runtime}`, () => inTerminal(consumer, runtime))
    if (availableParallelism() > 1 && outcome.threads === 1) throw new Error(`${runtime}: the kernels had one thread.`)
    outcomes.set(runtime, outcome)
  }
  await step('Vite bundle', () => viteBundle(consumer))
  await step('webpack bundle', () => webpackBundle(consumer))
  await step('esbuild bundle', () => esbuildBundle(consumer))
  await step('plain page', () => plainPage(consumer, packages))
  const visited = await step('pages in Chromium', () => visitPages(consumer))
  for (const [name, outcome] of visited) outcomes.set(name, outcome)
  console.log(outcomeTable(outcomes))
  const digests = new Set([...outcomes.values()].map(({ digest }) => digest))
  if (digests.size !== 1)
    throw new Error('The table above shows different digests. Every runtime must give the same bits.')
}

function outcomeTable(outcomes: ReadonlyMap<string, Outcome>): string {
  return [...outcomes]
    .map(([name, { digest, threads }]) => `          ${name.padEnd(36)}${digest}  threads: ${threads}`)
    .join('\n')
}

/** Ctrl-C, a closed terminal and a polite kill leave nothing behind either. */
function stopOnSignals(end: () => Promise<void>): void {
  for (const [signal, code] of Object.entries({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 })) {
    process.once(signal, () => {
      void endCommands()
        .then(end)
        .finally(() => process.exit(code))
    })
  }
}
