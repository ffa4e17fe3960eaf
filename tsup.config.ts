import type { Options } from 'tsup'
import { writeDeclarations } from './checks/declarations.ts'

/** One file out per file in, so that a bundler can drop what nobody imports: relative imports stay imports. */
const keepRelativeImports = {
  name: 'keep-relative-imports',
  setup(build: {
    onResolve(
      options: { filter: RegExp },
      callback: (args: { path: string; kind: string }) => { path: string; external: boolean } | undefined,
    ): void
  }): void {
    build.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path: path.replace(/\.ts$/, '.js'), external: true },
    )
  },
}

const config: Options = {
  // What serves tests only (checks/test-files.ts) is not built.
  entry: ['src/**/*.ts', '!src/**/*.test.ts', '!src/**/test-*.ts'],
  outDir: 'dist',
  format: 'esm',
  target: 'es2023',
  platform: 'neutral',
  splitting: false,
  clean: true,
  // Without this a package whose sources share a folder loses that folder in dist.
  esbuildOptions(options) {
    options.outbase = 'src'
  },
  esbuildPlugins: [keepRelativeImports],
  async onSuccess() {
    writeDeclarations(process.cwd())
  },
}

export default config
