import { DatasetError } from '../dataset-error.ts'
import { toColumns } from '../readers/columns.ts'
import { decode } from '../readers/text.ts'
import { zipMembers } from '../readers/zip.ts'
import { tableOf, type Table } from '../table.ts'
import { rowsOf } from './csv-table.ts'
import { onlyFile, type Definition } from './definition.ts'

const sms = { label: ['ham', 'spam'], message: 'text' } as const
/** 5,574 text messages, wanted (ham) or not (spam). */
export type SmsSpam = Table<{ readonly label: readonly ('ham' | 'spam')[]; readonly message: readonly string[] }>

export const smsSpam: Definition<SmsSpam> = {
  about: 'Text messages, wanted (ham) and not (spam)',
  from: 'sms-spam',
  files: ['sms.tsv'],
  read(files) {
    // Its quotes are letters: read as CSV quotes they would swallow line breaks, and two messages.
    const { rows, name } = rowsOf(onlyFile(files), { separator: '\t', quote: null })
    return tableOf(toColumns(rows, ['label', 'message'], sms, name))
  },
}

/** 2,000 reviews of films, good (pos) or bad (neg). */
export type MovieReviews = Table<{ readonly label: readonly ('neg' | 'pos')[]; readonly text: readonly string[] }>

export const movieReviews: Definition<MovieReviews> = {
  about: 'Long reviews of films, half of them good (pos), half bad (neg)',
  from: 'movie-reviews',
  files: ['movie_reviews.zip'],
  async read(files) {
    const { bytes, name } = onlyFile(files)
    const label: ('neg' | 'pos')[] = []
    const text: string[] = []
    for (const member of zipMembers(bytes, name)) {
      const [, kind] = /\/(neg|pos)\/[^/]+\.txt$/.exec(member.path) ?? []
      if (kind !== 'neg' && kind !== 'pos') continue
      label.push(kind)
      text.push(decode(await member.read(), `${name}#${member.path}`))
    }
    if (text.length === 0) throw new DatasetError('format', `${name}: holds no reviews. The file is another one.`)
    return tableOf<MovieReviews['columns']>({ label, text })
  },
}

/** One text. */
export interface TextDataset {
  readonly text: string
}

export const tinyshakespeare: Definition<TextDataset> = {
  about: 'A million letters of Shakespeare, to learn to write from',
  from: 'tinyshakespeare',
  files: ['input.txt'],
  read(files) {
    const { bytes, name } = onlyFile(files)
    return { text: decode(bytes, name) }
  },
}
