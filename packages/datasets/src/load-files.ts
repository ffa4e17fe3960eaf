import type { FileSetName } from './catalog/definition.ts'
import type { Redistribution } from './catalog/file-facts.ts'
import { getFiles, type Origin } from './get-files.ts'
import type { LoadOptions } from './load-options.ts'

/** One file of a data set, as its publisher made it. */
export interface DatasetFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where it lies on disk; undefined in a browser. */
  readonly path: string | undefined
  readonly sha256: string
  readonly url: string
  readonly licence: string
  readonly redistribution: Redistribution
}

/** The files of a data set, and where they come from. */
export interface DatasetFiles extends Origin {
  /** By name, with `/` for folders. */
  readonly files: Readonly<Record<string, DatasetFile>>
}

/** Which files to get, besides where from. */
export interface LoadFilesOptions extends LoadOptions {
  /** Only these files. Default: all of the set. */
  only?: readonly string[] | undefined
}

/**
 * Gets the files of a data set as they are, checked and cached like those of `load`: for readers of your own, and for
 * the sets that `load` has no reader for (pictures, Parquet files, tokenizers …).
 *
 * @example
 * <!-- needs the network once -->
 * ```ts no-run
 * import { loadFiles } from '@lab/datasets'
 *
 * const { files } = await loadFiles('photos', { only: ['coffee.png'] })
 * files['coffee.png']?.bytes.length // → 466706
 * ```
 */
export async function loadFiles(name: FileSetName, options: LoadFilesOptions = {}): Promise<DatasetFiles> {
  const { files, origin } = await getFiles({ name, set: name, paths: options.only }, options)
  return {
    ...origin,
    files: Object.fromEntries(
      files.map(({ facts, file }): [string, DatasetFile] => [
        facts.path,
        {
          bytes: file.bytes,
          path: file.path,
          sha256: facts.sha256,
          url: facts.urls[0] ?? '',
          licence: facts.licence,
          redistribution: facts.redistribution,
        },
      ]),
    ),
  }
}
