// How rows are shown: a table for people, a line of JSON for programs.
import type { AbsentRow, Row } from './rows.ts'

/** Above this many cores busy with something else, a timing says little. */
const noisy = 0.2

function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}

/** One line for a program: `{"task","ours_ms","peer","peer_ms","ratio","equal"}`; nulls and why for an absent peer. */
export function jsonLine(row: Row | AbsentRow): string {
  const { task, peer } = row
  if ('absent' in row) {
    return JSON.stringify({ task, ours_ms: null, peer, peer_ms: null, ratio: null, equal: null, absent: row.absent })
  }
  const { oursMs, peerMs, ratio, equal, othersLoad } = row
  const line = { task, ours_ms: oursMs, peer, peer_ms: peerMs, ratio, equal }
  return JSON.stringify(othersLoad > noisy ? { ...line, noisy: Number(othersLoad.toFixed(2)) } : line)
}

const header = ['task', 'ours ms', 'peer', 'peer ms', 'ratio', 'equal', '']

function cells(row: Row | AbsentRow): string[] {
  if ('absent' in row) return [row.task, '', row.peer, '', '', '', `absent: ${row.absent}`]
  const noise = row.othersLoad > noisy ? `noisy: others kept ${row.othersLoad.toFixed(1)} cores busy` : ''
  const peer = row.variant ? `${row.peer} (${row.variant})` : row.peer
  const equal = row.equal ? 'yes' : 'NO'
  return [row.task, figure(row.oursMs), peer, figure(row.peerMs), `${row.ratio.toFixed(2)}×`, equal, noise]
}

/** The rows as a Markdown table, which is as readable in a terminal. */
export function markdownTable(rows: readonly (Row | AbsentRow)[]): string {
  const lines = [header, ...rows.map(cells)]
  const widths = header.map((_, column) => Math.max(3, ...lines.map((line) => line[column]!.length)))
  const numeric = new Set([1, 3, 4])
  const format = (line: readonly string[]): string =>
    `| ${line.map((cell, i) => (numeric.has(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join(' | ')} |`
  const rule = widths.map((width, i) => (numeric.has(i) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)))
  return [format(header), format(rule), ...lines.slice(1).map(format)].join('\n')
}
