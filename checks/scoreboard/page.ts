// How the scoreboard is shown.
import type { Row } from './row.ts'

/** One line for a program: `{"line","passed","total","note"}`. */
export function jsonLine({ line, passed, total, note }: Row): string {
  return JSON.stringify({ line, passed, total, note })
}

/** The rows as a Markdown table. */
export function markdownTable(rows: readonly Row[]): string {
  const cell = (text: string): string => text.replaceAll('|', String.raw`\|`)
  return [
    '| what | passed | of | note |',
    '| --- | ---: | ---: | --- |',
    ...rows.map(({ line, passed, total, note }) => `| ${cell(line)} | ${passed} | ${total} | ${cell(note)} |`),
  ].join('\n')
}

/** docs/scoreboard.md. */
export function scoreboardPage(rows: readonly Row[], date: string, machine: string): string {
  const intro = `What others wrote, run against this repository by \`npm run scoreboard\` on ${date} (${machine}).`
  return `# Scoreboard\n\n${intro}\n\n${markdownTable(rows)}\n`
}
