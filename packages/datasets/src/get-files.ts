import { store } from '#store'
import type { FileFacts, Redistribution } from './catalog/file-facts.ts'
import { DatasetError } from './dataset-error.ts'
import type { LoadOptions } from './load-options.ts'
import type { StoredFile } from './store/store.ts'

/** Where a data set comes from, and what may be done with it. */
export interface Origin {
  readonly name: string
  /** What it is, in a line. */
  readonly description: string
  /** The licence as its publisher states it, if at all. */
  readonly licence: string
  readonly redistribution: Redistribution
  /** The addresses of its files. */
  readonly source: readonly string[]
}

/** A checked file with what is known about it. */
export interface GotFile {
  readonly facts: FileFacts
  readonly file: StoredFile
}

/** Gets the files of a set, in the order asked for, and what to say about where they come from. */
export async function getFiles(
  { name, set, paths }: { name: string; set: string; paths: readonly string[] | undefined },
  options: LoadOptions,
): Promise<{ files: GotFile[]; origin: Origin }> {
  // Most programs that import this package load few sets: the facts about all files wait until one is asked for.
  const { factsOf } = await import('./catalog/file-facts.ts')
  const known = factsOf(set)
  const wanted = paths === undefined ? known.files : paths.map((path) => oneOf(known.files, path))
  const files: GotFile[] = []
  for (const facts of wanted) files.push({ facts, file: await store.get(facts, options) })
  return {
    files,
    origin: {
      name,
      description: known.about,
      licence: [...new Set(wanted.map((facts) => facts.licence))].join('; '),
      redistribution: strictest(wanted),
      source: wanted.flatMap((facts) => facts.urls.slice(0, 1)),
    },
  }
}

function oneOf(files: readonly FileFacts[], path: string): FileFacts {
  const found = files.find((facts) => facts.path === path)
  if (found !== undefined) return found
  const all = files.map((facts) => facts.path).join(', ')
  throw new DatasetError('unknown', `loadFiles: "${files[0]?.set}" has no file "${path}". It has: ${all}.`)
}

function strictest(files: readonly FileFacts[]): Redistribution {
  const has = (kind: Redistribution): boolean => files.some((facts) => facts.redistribution === kind)
  if (has('forbidden')) return 'forbidden'
  return has('unclear') ? 'unclear' : 'allowed'
}
