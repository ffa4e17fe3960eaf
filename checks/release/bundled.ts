// What a program that imports something would load, by esbuild, with the packages installed in a folder.
import { relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import type { Metafile } from 'esbuild'

export interface Bundled {
  /** After gzip, of all chunks that may be loaded. */
  bytes: number
  /** The package files that are in them: `tensor/random/pcg64` for `@lab/tensor/dist/random/pcg64.js`. */
  files: string[]
  /** What the program gives out in turn. */
  exports: string[]
}

/** Bundles and minifies `export <what> from '<entry>'` for a browser. */
export async function bundled(folder: string, what: string, entry: string): Promise<Bundled> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export ${what} from '${entry}'`, resolveDir: folder },
    absWorkingDir: folder,
    outdir: 'bundled',
    bundle: true,
    format: 'esm',
    platform: 'browser',
    external: ['node:*'],
    minify: true,
    splitting: true,
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  const chunks = reachable(metafile)
  return {
    bytes: outputFiles
      .filter(({ path }) => chunks.has(relative(folder, path).replaceAll('\\', '/')))
      .reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).byteLength, 0),
    files: [...chunks]
      .flatMap((chunk) => Object.entries(metafile.outputs[chunk]?.inputs ?? {}))
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([file]) => shortName(file)),
    exports: Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint === '<stdin>')?.exports ?? [],
  }
}

/** `…/node_modules/@lab/tensor/dist/random/pcg64.js` → `tensor/random/pcg64`. */
export function shortName(file: string): string {
  return file
    .replaceAll('\\', '/')
    .replace(/^.*node_modules\/@[^/]+\//, '')
    .replace('/dist/', '/')
    .replace(/\.js$/, '')
}

/** The chunks that a program may load: esbuild also writes those of an `import()` that it has dropped. */
function reachable({ outputs }: Metafile): Set<string> {
  const found = new Set(Object.keys(outputs).filter((path) => outputs[path]?.entryPoint === '<stdin>'))
  // A set that grows while it is walked is walked to its end.
  for (const path of found) {
    for (const { path: next } of outputs[path]?.imports ?? []) if (next in outputs) found.add(next)
  }
  return found
}
