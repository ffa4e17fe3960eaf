// What must not be in a commit: tests that are switched off, paths and hosts of somebody's machine, drawers for odds
// and ends.
import type { Check } from './check.ts'
import { readText } from './files.ts'
import { runProgram } from './process.ts'

interface Rule {
  readonly files: RegExp
  readonly finds: RegExp
  readonly says: string
}

const everything = /(?<!\.(png|jpg|ico|woff2|gz|npy))$/

const rules: readonly Rule[] = [
  {
    files: /\.test\.ts$/,
    finds: /\b(?:test|it|describe|suite)(?:\.\w+)*\.(?:only|skip|todo|skipIf|runIf)\b|\b[xf](?:it|describe)\(/,
    says: "a test is switched off or alone; fix it, delete it, or skip at run time by context.skip('why'), which is printed.",
  },
  {
    files: /\.test\.ts$/,
    finds: /\bskip\(\s*\)/,
    says: 'a skip without a reason; give it one: it is printed.',
  },
  {
    files: everything,
    // A slash before the name, and none of the characters that would make it part of an address or a longer path.
    finds: /(?<![\w.~\-/*}])\/(?:root|work|home|Users)\/\w/,
    says: "a path of somebody's machine.",
  },
  {
    files: everything,
    finds: /^\s*(?:registry|index-url|extra-index-url)\s*[=:]\s*['"]?https?:/m,
    says: 'a registry is the business of the machine, not of the repository.',
  },
  {
    files: everything,
    finds: /^(?:<{7} |>{7} )/m,
    says: 'a merge was committed before it was finished.',
  },
  {
    files: /(?:^|\/)pnpm-lock\.yaml$/,
    finds: /tarball:|https?:\/\//,
    says: "an address in the lock file ties the install to somebody's registry.",
  },
]

const drawer = /(?:^|\/)(?:utils?|helpers?|misc|common)(?:\/|\.ts$)/

function problemsIn(file: string, text: string): string[] {
  return rules
    .filter(({ files }) => files.test(file))
    .flatMap(({ finds, says }) =>
      [...text.matchAll(new RegExp(finds, `${finds.flags}g`))].map(
        ({ index }) => `${file}:${text.slice(0, index).split('\n').length}: ${says}`,
      ),
    )
}

export const hygiene: Check = {
  name: 'hygiene',
  async run(root) {
    const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate']
    const { code, output } = await runProgram('git', args, { cwd: root })
    if (code !== 0) throw new Error(`git ls-files: ${output.trim()}`)
    const { output: removed } = await runProgram('git', ['ls-files', '-z', '--deleted'], { cwd: root })
    const gone = new Set(removed.split('\0'))
    const files = output.split('\0').filter((file) => file !== '' && !gone.has(file))
    const names = files.filter((file) => drawer.test(file))
    const problems = files.flatMap((file) => problemsIn(file, readText(root, file)))
    return {
      problems: [
        ...names.map((file) => `${file}: a drawer for odds and ends; name the file after what it does.`),
        ...problems,
      ],
      note: `${files.length} files`,
    }
  },
}
