// A change to a package's sources comes with a changeset that names the package, written for its users.
import type { Check } from './check.ts'
import { readText } from './files.ts'
import { runProgram } from './process.ts'
import { isTestFile } from './test-files.ts'

async function git(root: string, ...args: string[]): Promise<string | undefined> {
  const { code, output } = await runProgram('git', args, { cwd: root })
  return code === 0 ? output.trim() : undefined
}

/** Where this branch left the base branch, or undefined where there is no base branch, as in a shallow clone. */
async function forkPoint(root: string): Promise<string | undefined> {
  for (const base of [process.env.BASE_BRANCH, 'origin/main', 'main']) {
    const commit = base && (await git(root, 'merge-base', 'HEAD', base))
    if (commit) return commit
  }
  return undefined
}

/** The packages that a changeset names, from the lines between its two rules. */
function packagesOf(changeset: string): string[] {
  const header = /^---\n(.*?)\n---/s.exec(changeset)?.[1] ?? ''
  return [...header.matchAll(/^['"]?(@lab\/[\w-]+)['"]?:/gm)].map((match) => match[1]!)
}

export const changesets: Check = {
  name: 'changesets',
  async run(root) {
    const base = await forkPoint(root)
    if (base === undefined) return { problems: [], note: 'no main branch here to compare with' }
    const committed = (await git(root, 'diff', '--name-only', base)) ?? ''
    const untracked = (await git(root, 'ls-files', '--others', '--exclude-standard')) ?? ''
    const files = `${committed}\n${untracked}`.split('\n')
    const removed = ((await git(root, 'diff', '--name-only', '--diff-filter=D', base)) ?? '').split('\n')
    const described = files
      .filter((file) => /^\.changeset\/(?!README).*\.md$/.test(file) && !removed.includes(file))
      .flatMap((file) => packagesOf(readText(root, file)))
    const sources = files.filter((file) => /^packages\/[^/]+\/src\//.test(file) && !isTestFile(file))
    const changed = [...new Set(sources.map((file) => `@lab/${file.split('/')[1]}`))].sort()
    const problems = changed
      .filter((name) => !described.includes(name))
      .map(
        (name) =>
          `${name} changed without a changeset. Say in .changeset/NAME.md what its users will notice: npx changeset`,
      )
    return { problems, note: `${changed.length} packages changed since ${base.slice(0, 7)}` }
  },
}
