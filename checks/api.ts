// Keeps a report of each entry point's public surface in packages/*/api, so that a review sees what a change does to
// it. `npm run check -- api --write` brings the reports up to date.
import { Extractor, ExtractorConfig, ExtractorLogLevel, type ExtractorMessage } from '@microsoft/api-extractor'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPackages } from './build.ts'
import type { Check, CheckOptions, CheckResult } from './check.ts'
import { listFiles, listPackages, type Package } from './files.ts'
import { runProgram } from './process.ts'

interface Entry {
  readonly folder: string
  /** The declarations, relative to the package. */
  readonly types: string
  /** The report's file name, without its folder. */
  readonly report: string
}

/** `.` is called index; `./kernels` is called kernels. */
function entriesOf({ folder, manifest }: Package): Entry[] {
  return Object.entries(manifest.exports ?? {}).flatMap(([subpath, target]) => {
    if (typeof target === 'string' || target.types === undefined) return []
    const name = subpath === '.' ? 'index' : subpath.slice(2).replaceAll('/', '-')
    return [{ folder, types: target.types, report: `${name}.api.md` }]
  })
}

/** Writes an entry's report into `folder`, and gives what the extractor objects to. */
function extract(root: string, entry: Entry, folder: string): string[] {
  const projectFolder = join(root, 'packages', entry.folder)
  const mainEntryPointFilePath = join(projectFolder, entry.types)
  if (!existsSync(mainEntryPointFilePath)) return [`packages/${entry.folder}: ${entry.types} was not built.`]
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2023',
    lib: ['es2023', 'esnext.disposable', 'dom'],
    types: [],
    strict: true,
  }
  const problems: string[] = []
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(projectFolder, 'package.json'),
    configObject: {
      projectFolder,
      mainEntryPointFilePath,
      compiler: { overrideTsconfig: { compilerOptions, files: [mainEntryPointFilePath] } },
      apiReport: {
        enabled: true,
        reportFileName: entry.report,
        reportFolder: folder,
        reportTempFolder: join(folder, 'temp'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        // A type that a public signature names ought to be public itself; the report shows where it is not.
        extractorMessageReporting: {
          'ae-forgotten-export': { logLevel: ExtractorLogLevel.None, addToApiReportFile: true },
        },
      },
    },
  })
  const messageCallback = (message: ExtractorMessage): void => {
    message.handled = true
    if (message.logLevel === 'error') problems.push(`packages/${entry.folder}, ${entry.report}: ${message.text}`)
  }
  Extractor.invoke(config, { localBuild: true, messageCallback })
  return problems
}

async function difference(root: string, committed: string, fresh: string): Promise<string | undefined> {
  const repair = 'npm run check -- api --write'
  if (!existsSync(join(root, committed))) return `${committed} is not there. To write it: ${repair}`
  const args = ['diff', '--no-index', '--no-color', '--', committed, fresh]
  const { code, output } = await runProgram('git', args, { cwd: root })
  if (code === 0) return undefined
  return `${committed} is not what the sources export. If the change is meant: ${repair}\n${output.trim()}`
}

/** Compares the committed reports with what the built declarations say. */
export async function compareReports(root: string, { write }: CheckOptions): Promise<CheckResult> {
  const entries = listPackages(root).flatMap(entriesOf)
  const problems: string[] = []
  for (const entry of entries) {
    const folder = mkdtempSync(join(tmpdir(), 'api-'))
    const committed = `packages/${entry.folder}/api/${entry.report}`
    try {
      const objections = extract(root, entry, folder)
      const fresh = join(folder, entry.report)
      problems.push(...objections)
      if (objections.length > 0) continue
      if (write) {
        mkdirSync(join(root, `packages/${entry.folder}/api`), { recursive: true })
        copyFileSync(fresh, join(root, committed))
      } else {
        const changed = await difference(root, committed, fresh)
        if (changed !== undefined) problems.push(changed)
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  }
  const expected = new Set(entries.map(({ folder, report }) => `packages/${folder}/api/${report}`))
  for (const file of listFiles(root, ['packages/*/api/*.api.md'])) {
    if (!expected.has(file)) problems.push(`${file} reports an entry point that is no longer there; remove it.`)
  }
  return { problems, note: `${entries.length} entry points` }
}

export const api: Check = {
  name: 'api',
  async run(root, options) {
    await buildPackages(root)
    return compareReports(root, options)
  },
}
