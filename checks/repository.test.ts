// The checks that ask git.
import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { changesets } from './changesets.ts'
import { hygiene } from './hygiene.ts'
import { planted } from './planted.ts'
import { sizes } from './sizes.ts'

function git(root: string, ...args: string[]): void {
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false']
  execFileSync('git', [...author, ...args], { cwd: root, stdio: 'pipe' })
}

function repository(files: Record<string, string | object>): string {
  const root = planted(files)
  git(root, 'init', '--quiet', '--initial-branch=main')
  git(root, 'add', '--all')
  git(root, 'commit', '--quiet', '--message=start')
  return root
}

describe('hygiene', () => {
  async function problemsOf(path: string, text: string): Promise<readonly string[]> {
    return (await hygiene.run(repository({ [path]: text }), { write: false })).problems
  }

  // Put together here, so that the check does not find them in this file.
  const home = ['', 'home', 'me'].join('/')
  test.each([
    ['a.test.ts', `test.${'only'}('x', () => {})`, 'switched off or alone'],
    ['a.test.ts', `\ndescribe.concurrent.${'skip'}('x', () => {})`, 'a.test.ts:2: a test is switched off'],
    ['a.test.ts', `test.${'skipIf'}(true)('x', () => {})`, 'switched off or alone'],
    ['a.test.ts', `context.${'skip'}()`, 'without a reason'],
    ['README.md', `see ${home}/notes`, 'README.md:1: a path'],
    ['a.json', `{ "path": "${home}" }`, 'a path'],
    ['.npmrc', `registry=${'https'}://npm.example.org/`, 'a registry is'],
    ['pnpm-lock.yaml', `tarball${':'} x`, 'an address in the lock file'],
    ['a.md', `x\n${'<'.repeat(7)} HEAD\n`, 'a.md:2: a merge'],
    ['packages/a/src/utils/round.ts', '', 'a drawer'],
    ['helpers.ts', '', 'a drawer'],
  ])('%s: %s', async (path, text, message) => {
    expect(await problemsOf(path, text)).toEqual([expect.stringContaining(message)])
  })

  test.each([
    ['a.test.ts', "test('skip the header', () => {}); context.skip('needs shared memory'); lines.skip(1)"],
    ['README.md', 'https://example.org/home/page, ./work/x, ~/work/x and `packages/root/x`'],
    ['a.ts', "join(root, 'work/x'); /[/]/; 'a'.replace(/ /, '')"],
  ])('leaves %s alone: %s', async (path, text) => {
    expect(await problemsOf(path, text)).toEqual([])
  })

  test('a file that git does not know yet counts, one that it ignores does not, nor one just removed', async () => {
    const root = repository({ '.gitignore': 'ignored.md', 'gone.md': 'x' })
    writeFileSync(join(root, 'new.md'), home)
    writeFileSync(join(root, 'ignored.md'), home)
    rmSync(join(root, 'gone.md'))
    expect((await hygiene.run(root, { write: false })).problems).toEqual([expect.stringContaining('new.md:1')])
  })
})

describe('changesets', () => {
  const source = 'packages/a/src/index.ts'
  const start = { [source]: 'export {}\n', '.changeset/old.md': "---\n'@lab/a': minor\n---\nOld." }

  async function problemsAfter(change: (root: string) => void, commit: boolean): Promise<readonly string[]> {
    const root = repository(start)
    git(root, 'checkout', '--quiet', '-b', 'change')
    change(root)
    if (commit) {
      git(root, 'add', '--all')
      git(root, 'commit', '--quiet', '--message=change')
    }
    return (await changesets.run(root, { write: false })).problems
  }

  const edit = (root: string): void => writeFileSync(join(root, source), 'export const a = 1\n')

  test.each([[true], [false]])('a changed source without one fails, committed or not (%s)', async (commit) => {
    expect(await problemsAfter(edit, commit)).toEqual([expect.stringContaining('@lab/a changed without a changeset')])
  })

  test('one for this package passes, one for another does not', async () => {
    const describe_ = (name: string) => (root: string) => {
      edit(root)
      writeFileSync(join(root, '.changeset/new.md'), `---\n"${name}": patch\n---\n\nAdds a.\n`)
    }
    expect(await problemsAfter(describe_('@lab/a'), true)).toEqual([])
    expect(await problemsAfter(describe_('@lab/a'), false)).toEqual([])
    expect(await problemsAfter(describe_('@lab/b'), true)).toHaveLength(1)
  })

  test('tests need none, and on main there is nothing to compare', async () => {
    const addTest = (root: string): void => writeFileSync(join(root, 'packages/a/src/index.test.ts'), '')
    expect(await problemsAfter(addTest, true)).toEqual([])
    const root = repository(start)
    edit(root)
    git(root, 'commit', '--quiet', '--all', '--message=on main')
    expect((await changesets.run(root, { write: false })).problems).toEqual([])
  })
})

test('sizes names what is large and fails nothing', async () => {
  const body = '  void 0\n'.repeat(80)
  const root = planted({
    'packages/a/src/a.ts': `export const long = (): void => {\n${body}}\n`,
    'packages/a/src/b.ts': 'export {}\n'.repeat(251),
  })
  expect(await sizes.run(root, { write: false })).toEqual({
    problems: [],
    note: '333 lines; 1 files over 250, 1 functions over 70',
    details: ['packages/a/src/b.ts: 251 lines.', 'packages/a/src/a.ts:1: long has 82 lines.'],
  })
})
