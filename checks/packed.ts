// Packs every package as a release would, and lets publint and attw look at the tarballs. Both must be clean.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { buildPackages } from './build.ts'
import type { Check } from './check.ts'
import { listPackages } from './files.ts'
import { runProgram } from './process.ts'

async function runPublint(tarball: string): Promise<string[]> {
  const bytes = readFileSync(tarball)
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true })
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`)
}

/** The packages are ESM only and ask for a Node that can `require` ESM, so the resolvers before that are left out. */
async function runAttw(tarball: string): Promise<string[]> {
  const args = [tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji', '--no-color', '--no-summary']
  const { code, output } = await runProgram('attw', args, { cwd: tmpdir() })
  return code === 0 ? [] : [`attw: ${output.trim()}`]
}

/** What is wrong with one package, packed from its folder. */
export async function packedProblems(folder: string): Promise<string[]> {
  const target = mkdtempSync(join(tmpdir(), 'packed-'))
  try {
    const args = ['pack', '--json', '--pack-destination', target]
    const { code, output } = await runProgram('pnpm', args, { cwd: folder })
    if (code !== 0) return [output.trim()]
    const { filename } = JSON.parse(output.slice(output.indexOf('{'))) as { filename: string }
    return [...(await runPublint(filename)), ...(await runAttw(filename))]
  } finally {
    rmSync(target, { recursive: true })
  }
}

export const packed: Check = {
  name: 'packed',
  async run(root) {
    await buildPackages(root)
    const packages = listPackages(root).filter(({ manifest }) => !manifest.private)
    const problems: string[] = []
    for (const { folder, manifest } of packages) {
      const found = await packedProblems(join(root, 'packages', folder))
      problems.push(...found.map((problem) => `${manifest.name}: ${problem}`))
    }
    return { problems, note: `${packages.length} tarballs by publint and attw` }
  },
}
