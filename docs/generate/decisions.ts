import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { summary, title } from './markdown.ts'

/** Lists the pages in decisions/, oldest first, on an index page. */
export async function writeDecisions(site: string): Promise<void> {
  const folder = join(site, 'decisions')
  const files = (await readdir(folder)).filter((file) => file.endsWith('.md') && file !== 'index.md').sort()
  const rows: string[] = []
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8')
    rows.push(`- [${title(text, file)}](./${file})  \n  ${summary(text)}`)
  }
  const intro = 'What was decided, why, and what it costs: one page each.'
  await writeFile(join(folder, 'index.md'), `# Decisions\n\n${intro}\n\n${rows.join('\n')}\n`)
}
