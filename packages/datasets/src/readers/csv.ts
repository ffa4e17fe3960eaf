import { DatasetError } from '../dataset-error.ts'

/** How a file of separated values is written. */
export interface CsvFormat {
  /** Default `,`. */
  separator?: string
  /** The quotation mark, or null where quotes are ordinary letters. Default `"`. */
  quote?: string | null
  /** Runs of the separator count as one (columns aligned by blanks). Default false. */
  runs?: boolean
}

/**
 * Rows of fields as text: quotes, doubled quotes, line breaks within quotes, CRLF. Empty lines are skipped.
 * Refuses an unclosed quote, text after a closing quote, and rows of unequal length.
 */
export function readCsv(text: string, name: string, format: CsvFormat = {}): string[][] {
  const { separator = ',', quote = '"', runs = false } = format
  const rows: string[][] = []
  let line = 1
  let at = 0
  while (at < text.length) {
    const row: string[] = []
    const startLine = line
    for (;;) {
      if (quote !== null && text[at] === quote) {
        const closed = closingQuote(text, at + 1, quote)
        if (closed === -1) throw broken(name, startLine, 'a quote is opened and never closed')
        const field = text.slice(at + 1, closed)
        line += count(field, '\n')
        row.push(field.replaceAll(quote + quote, quote))
        at = closed + 1
      } else {
        const end = endOfField(text, at, separator)
        row.push(text.slice(at, end))
        at = end
      }
      if (text[at] !== separator) break
      do at++
      while (runs && text[at] === separator)
    }
    if (text[at] === '\r') at++
    if (at < text.length && text[at] !== '\n') throw broken(name, startLine, 'text follows a closing quote')
    at++
    line++
    const isBlank = row.length === 1 && row[0] === ''
    if (isBlank) continue
    const width = rows[0]?.length ?? row.length
    if (row.length !== width) throw broken(name, startLine, `it has ${row.length} fields where the first has ${width}`)
    rows.push(row)
  }
  return rows
}

/** Position of the quote that closes a field; a doubled quote is a letter. */
function closingQuote(text: string, from: number, quote: string): number {
  for (let at = text.indexOf(quote, from); at !== -1; at = text.indexOf(quote, at + 2)) {
    if (text[at + 1] !== quote) return at
  }
  return -1
}

/** A carriage return ends a field only before a line feed or at the very end; elsewhere it is a letter. */
function endOfField(text: string, from: number, separator: string): number {
  for (let at = from; at < text.length; at++) {
    const letter = text[at]
    if (letter === separator || letter === '\n') return at
    if (letter === '\r' && (at + 1 === text.length || text[at + 1] === '\n')) return at
  }
  return text.length
}

function count(text: string, letter: string): number {
  let found = 0
  for (let at = text.indexOf(letter); at !== -1; at = text.indexOf(letter, at + 1)) found++
  return found
}

const broken = (name: string, line: number, what: string): DatasetError =>
  new DatasetError('format', `${name}, line ${line}: ${what}. The file is damaged or not in this format.`)
