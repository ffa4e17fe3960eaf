// What stands at the left of each part of the site, read from the folders that hold its pages.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DefaultTheme } from 'vitepress'
import { escapeHtml } from '../generate/markdown.ts'

type Item = DefaultTheme.SidebarItem

const site = join(import.meta.dirname, '..', '.site')

/** The pages of a folder: those with an `order` first and in that order, then by name. */
export function pages(folder: string): Item[] {
  return list(folder, 'file')
    .filter((file) => file.endsWith('.md') && file !== 'index.md')
    .map((file) => ({ text: title(`${folder}/${file}`), link: `/${folder}/${file.slice(0, -3)}`, file }))
    .sort((a, b) => order(`${folder}/${a.file}`) - order(`${folder}/${b.file}`) || a.file.localeCompare(b.file))
    .map(({ text, link }) => ({ text, link }))
}

/** The folders below a folder that have an index page of their own. */
export function folders(folder: string): Item[] {
  return list(folder, 'folder')
    .filter((name) => existsSync(join(site, folder, name, 'index.md')))
    .map((name) => ({ text: title(`${folder}/${name}/index.md`), link: `/${folder}/${name}/` }))
}

/** Every entry point of the API, with its exports by kind below it. */
export function entryPoints(folder = 'api'): Item[] {
  const below = list(folder, 'folder').filter((name) => !kinds.includes(name))
  const deeper = below.flatMap((name) => entryPoints(`${folder}/${name}`))
  if (folder === 'api' || !existsSync(join(site, folder, 'index.md'))) return deeper
  const exports = kinds.flatMap((kind) => pages(`${folder}/${kind}`))
  return [{ text: folder.slice('api/'.length), link: `/${folder}/`, collapsed: true, items: exports }, ...deeper]
}

const kinds = ['functions', 'classes', 'variables', 'interfaces', 'type-aliases']

function list(folder: string, what: 'file' | 'folder'): string[] {
  if (!existsSync(join(site, folder))) return []
  return readdirSync(join(site, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() === (what === 'folder'))
    .map(({ name }) => name)
    .sort()
}

/** A page's title as HTML, which is what a sidebar shows: `TableOf<S>` must not begin a tag. */
function title(file: string): string {
  const text = /^# (.+)$/m.exec(readFileSync(join(site, file), 'utf8'))?.[1]
  if (text === undefined) throw new Error(`${file} has no title. Begin it with "# …".`)
  return escapeHtml(text.replaceAll(/[`\\]/g, ''))
}

function order(file: string): number {
  return Number(/^order:\s*(\d+)$/m.exec(readFileSync(join(site, file), 'utf8'))?.[1] ?? 50)
}
