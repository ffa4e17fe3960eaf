// Versions, packs and publishes a copy of the work tree with changesets' own commands. The work tree stays as it is.
import { copyFile, cp, mkdir, readdir, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { publicPackages } from './packages.ts'
import type { PublicPackage } from './packages.ts'
import { tokenLine } from './registry.ts'
import type { Registry } from './registry.ts'
import { run } from './steps.ts'

/** Copies what git would commit, and what was built, and gives the copy a history: changelogs name commits. */
export async function copyWorkTree(root: string, copy: string): Promise<void> {
  const listed = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  for (const file of listed.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))) {
    await mkdir(dirname(join(copy, file)), { recursive: true })
    await copyFile(join(root, file), join(copy, file))
  }
  for (const { folder, manifest } of publicPackages(root)) {
    const built = join(folder, 'dist')
    if (!existsSync(built)) throw new Error(`${manifest.name} has no dist folder. Run \`turbo build\` first.`)
    await cp(built, join(copy, relative(root, folder), 'dist'), { recursive: true })
  }
  await run('git', ['init', '--quiet', '--initial-branch=main'], { cwd: copy })
  await run('git', ['add', '--all'], { cwd: copy })
  const identity = ['-c', 'user.name=rehearsal', '-c', 'user.email=rehearsal@localhost', '-c', 'commit.gpgsign=false']
  await run('git', [...identity, 'commit', '--quiet', '--message', 'Rehearsal'], { cwd: copy })
}

/** Links the packages of the copy to each other: pnpm reads there what `workspace:^` stands for. */
export async function linkPackages(root: string, copy: string): Promise<void> {
  const flags = ['--prefer-offline', '--frozen-lockfile', '--ignore-scripts', '--prod']
  await run('pnpm', ['install', ...flags, '--filter', './packages/*'], { cwd: copy, bin: binFolder(root) })
}

/** `changeset version`: the versions and changelogs that a release made now would have. */
export async function version(root: string, copy: string): Promise<PublicPackage[]> {
  const changesets = (await readdir(join(copy, '.changeset'))).filter((name) => /^(?!README).*\.md$/i.test(name))
  // Right after a release there is nothing to say, and changesets calls that an error; the versions are real already.
  if (changesets.length > 0) await run('changeset', ['version'], { cwd: copy, bin: binFolder(root) })
  return publicPackages(copy)
}

/** `changeset pack` and `changeset publish`: what is published is the packed files themselves. */
export async function packAndPublish(root: string, copy: string, registry: Registry): Promise<void> {
  const packages = publicPackages(copy)
  const elsewhere = packages.find(({ manifest }) => manifest.publishConfig?.registry !== undefined)
  if (elsewhere !== undefined) {
    throw new Error(`${elsewhere.manifest.name}: publishConfig.registry would send the rehearsal there. Remove it.`)
  }
  // The user's own settings, and tokens, are out of reach here: a rehearsal must not be able to publish to the world.
  const settings = join(copy, '.rehearsal.npmrc')
  await writeFile(settings, `registry=${registry.url}\n${tokenLine(registry)}`)
  const env = { npm_config_userconfig: settings, npm_config_registry: registry.url }
  const options = { cwd: copy, bin: binFolder(root), env }
  const packed = join(copy, '.packed')
  await run('changeset', ['pack', '--out-dir', packed], options)
  await run('changeset', ['publish', '--from-pack-dir', packed, '--no-git-tag'], options)
  const files = await readdir(join(packed, 'packages'))
  if (files.length !== packages.length) {
    throw new Error(`changeset pack made ${files.length} tarballs of ${packages.length} packages: ${files.join(', ')}`)
  }
}

function binFolder(root: string): string {
  return join(root, 'node_modules', '.bin')
}
