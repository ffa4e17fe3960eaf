// Runs the code in the documents, each block alone, and compares each `// → value` with what the line gives.
// Blocks that say ```ts no-run are left out, with their reason in an HTML comment on the line above.
import { join } from 'node:path'
import type { Check } from './check.ts'
import { listFiles } from './files.ts'
import { runProgram } from './process.ts'
import type { Job } from './snippets/child.ts'
import { findSnippets } from './snippets/find.ts'
import { instrument } from './snippets/instrument.ts'

const documents = [
  'README.md',
  'packages/*/README.md',
  'examples/*/README.md',
  'docs/guide/**/*.md',
  'packages/*/src/**/*.ts',
]

/** One process per package and one for the rest: a process costs more than most of the snippets. */
function groupOf(file: string): string {
  return /^packages\/[^/]+/.exec(file)?.[0] ?? 'docs'
}

async function runJobs(root: string, jobs: readonly Job[]): Promise<string[]> {
  const child = join(import.meta.dirname, 'snippets/child.ts')
  const { code, output } = await runProgram(process.execPath, ['--conditions=@lab/source', child], {
    cwd: root,
    input: JSON.stringify({ root, jobs }),
    timeout: 120_000,
  })
  return code === 0 ? [] : [output.trim() || `The snippets of ${groupOf(jobs[0]!.file)} ended with code ${code}.`]
}

export const snippets: Check = {
  name: 'snippets',
  async run(root) {
    const files = listFiles(root, documents).filter((file) => !file.endsWith('.test.ts'))
    const { snippets: found, problems, excused } = findSnippets(root, files)
    const programs = found.map((snippet) => ({ ...snippet, ...instrument(snippet) }))
    const groups = Map.groupBy(programs, ({ file }) => groupOf(file))
    const failures: string[] = []
    for (const group of groups.values()) {
      failures.push(
        ...(await runJobs(
          root,
          group.map(({ file, line, code }) => ({ file, line, code })),
        )),
      )
    }
    const claims = programs.reduce((sum, program) => sum + program.claims, 0)
    return {
      problems: [...problems, ...programs.flatMap((program) => program.problems), ...failures],
      note: `${found.length} blocks run, ${claims} values compared, ${excused} not run with a reason`,
    }
  },
}
