import { DatasetError } from '../dataset-error.ts'
import type { RemoteFile } from '../store/store.ts'
import facts from './facts.json' with { type: 'json' }

/**
 * Whether a file may be passed on: `allowed` (with its notice), `unclear` (its publisher states no licence, or states
 * one second hand: download it, and don't pass it on), or `forbidden` (for research, under terms of its own).
 */
export type Redistribution = 'allowed' | 'unclear' | 'forbidden'

const redistributionOf: Record<string, Redistribution> = {
  A: 'allowed',
  B: 'unclear',
  C: 'forbidden',
}

/** What is known about one file: where it is, how it is checked, what its licence is. */
export interface FileFacts extends RemoteFile {
  readonly licence: string
  readonly redistribution: Redistribution
}

/** What is known about the files of a set. */
export interface SetFacts {
  readonly about: string
  readonly files: readonly FileFacts[]
}

const sets: Readonly<Record<string, { about: string; licences: string[]; files: Record<string, string> }>> = facts

/** Facts about a set's files; refuses a name that is not in the catalogue. */
export function factsOf(set: string): SetFacts {
  const found = Object.hasOwn(sets, set) ? sets[set] : undefined
  if (found === undefined) {
    throw new DatasetError(
      'unknown',
      `loadFiles: there is no data set "${set}". There are: ${Object.keys(sets).join(', ')}.`,
    )
  }
  const files = Object.entries(found.files).map(([path, line]): FileFacts => {
    const [sha256 = '', bytes, licence, ...urls] = line.split(' ')
    const stated = found.licences[Number(licence)] ?? ''
    return {
      set,
      path,
      bytes: Number(bytes),
      sha256,
      urls,
      licence: stated.slice(2),
      redistribution: redistributionOf[stated[0] ?? ''] ?? 'forbidden',
    }
  })
  return { about: found.about, files }
}
