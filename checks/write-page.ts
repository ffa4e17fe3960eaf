import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { format, resolveConfig } from 'prettier'

/** Writes a generated Markdown page the way the formatter wants it, so that `npm run check` has nothing to say. */
export async function writePage(path: string, markdown: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, await format(markdown, { ...(await resolveConfig(path)), filepath: path }))
}
