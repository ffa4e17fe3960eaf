// `npm run docs` builds the site into docs/.vitepress/dist; with `--serve` it then shows it on loopback.
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'vitepress'
import { setup as buildKernels } from '../checks/build-kernels.ts'
import { serve } from '../checks/release/server.ts'
import { writeApi } from './generate/api.ts'
import { writeDecisions } from './generate/decisions.ts'
import { writeExamples } from './generate/examples.ts'
import { writePackages } from './generate/packages.ts'

const { values } = parseArgs({ options: { serve: { type: 'boolean', default: false }, port: { type: 'string' } } })
const docs = import.meta.dirname
const root = join(docs, '..')
// Written pages and generated ones come together in one folder, which git ignores, and are built from there.
const site = join(docs, '.site')

await buildKernels() // the reference is read from sources, some of which that makes
await rm(site, { recursive: true, force: true })
for (const part of ['index.md', 'scoreboard.md', 'bench', 'guide', 'decisions', 'public']) {
  await cp(join(docs, part), join(site, part), { recursive: true, force: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error // the scoreboard, timings and public files may not be there yet
    },
  )
}
await writeDecisions(site)
await writePackages(root, site)
await writeExamples(root, site)
await writeApi(root, site)
await build(docs)

if (values.serve) {
  const { url } = await serve(join(docs, '.vitepress', 'dist'), { port: Number(values.port ?? 4173) })
  console.log(`\nThe site is at ${url}/ until you press Ctrl-C.`)
}
