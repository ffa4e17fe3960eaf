import { definitions, type DatasetName, type Datasets } from './catalog/datasets.ts'
import type { Definition } from './catalog/definition.ts'
import { DatasetError } from './dataset-error.ts'
import { getFiles, type Origin } from './get-files.ts'
import type { LoadOptions } from './load-options.ts'

/** A data set of that name, and where it comes from. */
export type Dataset<Name extends DatasetName> = Datasets[Name] & Origin

/** Every name that `load` takes. */
export const datasetNames: readonly DatasetName[] = /* @__PURE__ */ names()

/**
 * Loads a data set by name: from the folder that `LAB_DATASETS` names, else from the cache, else by a download that is
 * checked by sha256 and kept. What comes back is plain data, typed per set.
 *
 * @example
 * <!-- needs the network once -->
 * ```ts no-run
 * import { load } from '@lab/datasets'
 *
 * const { x, y, featureNames } = await load('iris')
 * x.rows // → 150
 * y[0] // → "setosa"
 * featureNames[0] // → "sepal length (cm)"
 * ```
 */
export async function load<Name extends DatasetName>(name: Name, options: LoadOptions = {}): Promise<Dataset<Name>> {
  if (!Object.hasOwn(definitions, name)) {
    throw new DatasetError('unknown', `load: there is no data set "${name}". There are: ${datasetNames.join(', ')}.`)
  }
  const definition: Definition<Datasets[Name]> = definitions[name]
  const { files, origin } = await getFiles({ name, set: definition.from, paths: definition.files }, options)
  const data = await definition.read(
    files.map(({ facts, file }) => ({ name: `${facts.set}/${facts.path}`, bytes: file.bytes })),
  )
  return { ...data, ...origin, description: definition.about }
}

function names(): DatasetName[] {
  // Object.keys says string[]; the keys of this record are exactly the names.
  return (Object.keys(definitions) as DatasetName[]).toSorted()
}
