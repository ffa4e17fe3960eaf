// Runs the code in the documents, each block alone, checks its types, and compares each `// → value` with what the line gives.
// Blocks that say ```ts no-run are left out, with their reason in an HTML comment on the line above.
import { join } from 'node:path'
import type { Check } from './check.ts'
import { listFiles } from './files.ts'
import { runProgram } from './process.ts'
import type { Job } from './snippets/child.ts'
import { findSnippets, type Snippet } from './snippets/find.ts'
import { instrument } from './snippets/instrument.ts'
import { typeProblems } from './snippets/typecheck.ts'
import { isTestFile } from './test-files.ts'

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

/** Runs the snippets and gives what went wrong, and how many values were compared. */
export async function runSnippets(
  root: string,
  found: readonly Snippet[],
): Promise<{ problems: string[]; claims: number }> {
  const programs = found.map((snippet) => ({ snippet, ...instrument(snippet) }))
  const jobs = programs.map(({ snippet: { file, line }, code }) => ({ file, line, code }))
  const problems = programs.flatMap((program) => program.problems)
  for (const group of Map.groupBy(jobs, ({ file }) => groupOf(file)).values()) {
    problems.push(...(await runJobs(root, group)))
  }
  return { problems, claims: programs.reduce((sum, program) => sum + program.claims, 0) }
}

export const snippets: Check = {
  name: 'snippets',
  async run(root) {
    const files = listFiles(root, documents).filter((file) => !isTestFile(file))
    const { snippets: found, problems, excused } = findSnippets(root, files)
    const ran = await runSnippets(root, found)
    return {
      problems: [...problems, ...typeProblems(root, found), ...ran.problems],
      note: `${found.length} blocks run, ${ran.claims} values compared, ${excused} not run with a reason`,
    }
  },
}
