import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { publicPackages } from '../../checks/release/packages.ts'
import { siteLinks, summary, title } from './markdown.ts'

/** One page per package, its own README, and an index of them. */
export async function writePackages(root: string, site: string): Promise<void> {
  const rows: string[] = []
  for (const { folder, manifest } of publicPackages(root)) {
    const name = basename(folder)
    const readme = join(folder, 'README.md')
    if (!existsSync(readme)) throw new Error(`${manifest.name} has no README.md. Write one: it becomes its page.`)
    const text = await readFile(readme, 'utf8')
    title(text, readme) // refuses a page that would have none
    await mkdir(join(site, 'packages', name), { recursive: true })
    await writeFile(join(site, 'packages', name, 'index.md'), siteLinks(text))
    rows.push(`| [\`${manifest.name}\`](./${name}/index.md) | ${summary(text)} |`)
  }
  const table = ['| Package | What it is |', '| --- | --- |', ...rows]
  await writeFile(join(site, 'packages', 'index.md'), `# Packages\n\n${table.join('\n')}\n`)
}
