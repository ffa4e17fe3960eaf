// Bundles of the consumer's page, made with each bundler's defaults, as folders that the server can show.
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { entryFile, resolveTarget } from './packages.ts'
import type { PublicPackage } from './packages.ts'
import { run } from './steps.ts'

const html = (head: string, script: string): string =>
  `<!doctype html>\n<meta charset="utf-8">\n<title>consumer</title>\n${head}` +
  `<body>\n<script type="module" src="${script}"></script>\n`

/** Vite builds the page, and the one that starts a worker, from an index.html each. */
export async function viteBundle(folder: string): Promise<void> {
  for (const page of ['page', 'worker-page']) {
    const source = join(folder, `vite-${page}`)
    await cp(join(folder, 'built'), source, { recursive: true })
    await writeFile(join(source, 'index.html'), html('', `./${page}.js`))
    const flags = ['--base', './', '--outDir', join('..', 'site', `vite-${page}`), '--logLevel', 'warn']
    await run('npx', ['vite', 'build', ...flags], { cwd: source })
  }
}

/** webpack through its own API: its command line is another package. */
export async function webpackBundle(folder: string): Promise<void> {
  const out = join(folder, 'site', 'webpack')
  const script = `
    import webpack from 'webpack'
    const output = { path: ${JSON.stringify(out)}, filename: 'page.js', module: true, publicPath: 'auto' }
    // Its hints are about large pages; what the packages may weigh is in sizes.ts.
    const options = { mode: 'production', entry: './built/page.js', output, experiments: { outputModule: true }, performance: { hints: false } }
    webpack(options, (error, stats) => {
      if (!error && !stats.hasErrors() && !stats.hasWarnings()) return
      console.error(error ?? stats.toString({ colors: false }))
      process.exitCode = 1
    })`
  await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: folder })
  await writeFile(join(out, 'index.html'), html('', './page.js'))
}

/** esbuild, one file; its bundle of worker.js is started as a module worker by a page of its own. */
export async function esbuildBundle(folder: string): Promise<void> {
  const out = join('site', 'esbuild')
  const files = ['page', 'worker', 'worker-page'].map((name) => join('built', `${name}.js`))
  const flags = ['--bundle', '--format=esm', '--minify', `--outdir=${out}`, '--log-level=warning']
  await run('npx', ['esbuild', ...files, ...flags], { cwd: folder })
  await writeFile(join(folder, out, 'index.html'), html('', './page.js'))
  await mkdir(join(folder, out, 'worker'), { recursive: true })
  await writeFile(join(folder, out, 'worker', 'index.html'), html('', '../worker-page.js'))
}

/** No bundler at all: the browser loads the installed files one by one, through an import map. */
export async function plainPage(folder: string, packages: readonly PublicPackage[]): Promise<void> {
  const out = join(folder, 'site', 'plain')
  await cp(join(folder, 'built'), out, { recursive: true })
  for (const { manifest } of packages) {
    await cp(join(folder, 'node_modules', manifest.name), join(out, 'packages', manifest.name), { recursive: true })
  }
  const map = `<script type="importmap">${JSON.stringify(importMap(packages))}</script>\n`
  await writeFile(join(out, 'index.html'), html(map, './page.js'))
}

interface ImportMap {
  imports: Record<string, string>
  scopes: Record<string, Record<string, string>>
}

/** What the manifests say, in the browser's own words: exports for everybody, imports for the package itself. */
export function importMap(packages: readonly PublicPackage[]): ImportMap {
  const conditions = ['browser', 'import']
  const map: ImportMap = { imports: {}, scopes: {} }
  for (const { manifest, entries } of packages) {
    const base = `./packages/${manifest.name}/`
    for (const entry of entries) map.imports[entry] = base + posix.normalize(entryFile(manifest, entry, conditions))
    const own = Object.entries(manifest.imports ?? {}).map(([name, target]) => {
      return [name, base + posix.normalize(resolveTarget(target, conditions) ?? '')]
    })
    if (own.length > 0) map.scopes[base] = Object.fromEntries(own)
  }
  return map
}
