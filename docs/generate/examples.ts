import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { escapeHtml, siteLinks, summary, title } from './markdown.ts'

interface Example {
  name: string
  title: string
  summary: string
  /** The first picture that the README shows, if any. */
  picture: string | undefined
}

/** One page per example: its README, its pictures, its program; and a gallery of them all. */
export async function writeExamples(root: string, site: string): Promise<void> {
  const source = join(root, 'examples')
  const names = (await readdir(source)).filter((name) => existsSync(join(source, name, 'main.ts'))).sort()
  const examples: Example[] = []
  for (const name of names) examples.push(await writeExample(join(source, name), join(site, 'examples', name), name))
  await mkdir(join(site, 'examples'), { recursive: true })
  await writeFile(join(site, 'examples', 'index.md'), gallery(examples))
}

async function writeExample(source: string, target: string, name: string): Promise<Example> {
  const readme = await readFile(join(source, 'README.md'), 'utf8')
  await mkdir(target, { recursive: true })
  if (existsSync(join(source, 'pictures')))
    await cp(join(source, 'pictures'), join(target, 'pictures'), { recursive: true })
  // A link to a source file becomes one to its place below, which a page of the site can show.
  const text = siteLinks(readme).replaceAll(/\]\((?:\.\/)?([\w-]+)\.ts\)/g, '](#$1-ts)')
  await writeFile(join(target, 'index.md'), `${text.trimEnd()}\n\n${await wholeProgram(source)}`)
  const picture = /!\[[^\]]*\]\((?:\.\/)?(pictures\/[^)\s]+)\)/.exec(readme)?.[1]
  return { name, title: title(readme, join(source, 'README.md')), summary: summary(readme), picture }
}

/** Every source file of an example, the one that is run first. */
async function wholeProgram(source: string): Promise<string> {
  const files = (await readdir(source)).filter((file) => file.endsWith('.ts')).sort()
  const sections = ['## The whole program']
  for (const file of ['main.ts', ...files.filter((name) => name !== 'main.ts')]) {
    const code = await readFile(join(source, file), 'utf8')
    sections.push(`### ${file} {#${file.replace('.', '-')}}`, `\`\`\`ts\n${code.trimEnd()}\n\`\`\``)
  }
  return sections.join('\n\n') + '\n'
}

function gallery(examples: readonly Example[]): string {
  const cards = examples.map(({ name, title: heading, summary: text, picture }) => {
    const image = picture === undefined ? '' : `<img src="./${name}/${picture}" alt="" loading="lazy">`
    return `<a class="card" href="./${name}/">${image}<strong>${escapeHtml(heading)}</strong><span>${escapeHtml(text)}</span></a>`
  })
  const intro =
    'Programs that use the published packages as you would. Each is one folder with one `main.ts`: `npm start` runs it.'
  return `---\naside: false\npageClass: gallery\n---\n\n# Examples\n\n${intro}\n\n<div class="cards">\n${cards.join('\n')}\n</div>\n`
}
