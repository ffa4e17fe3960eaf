// Small readers of Markdown that the generators share.

/** The text of the first heading. */
export function title(markdown: string, file: string): string {
  const heading = /^#\s+(.+)$/m.exec(markdown)?.[1]
  if (heading === undefined) throw new Error(`${file} has no title. Begin it with "# …".`)
  return heading.trim()
}

/** The first paragraph of prose, as plain text: no heading, picture, comment, code or list. */
export function summary(markdown: string): string {
  const paragraph = markdown
    .replace(/^---\n.*?\n---\n/s, '')
    .replace(/```.*?```/gs, '')
    .split(/\n\s*\n/)
    .find((block) => /^[\p{L}\p{N}`*_"“(@]/u.test(block.trim()) && !/^[-*]\s/.test(block.trim()))
  return plain(paragraph ?? '')
}

/** Markdown without its marks, on one line. */
function plain(markdown: string): string {
  return markdown
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[`*_]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** Text that may stand inside HTML. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

/**
 * Links of a README, made to fit the site: it has the same folders as the repository, but a folder's page is its index,
 * and what is in docs/ stands at the top.
 */
export function siteLinks(markdown: string): string {
  return markdown.replaceAll(/\]\((?!https?:)([^)\s]+)\)/g, (_, target: string) => {
    return `](${target.replace(/(^|\/)README\.md/, '$1index.md').replace('../docs/', '../')})`
  })
}
