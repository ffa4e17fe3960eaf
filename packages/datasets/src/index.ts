export { load, datasetNames, type Dataset } from './load.ts'
export { loadFiles, type DatasetFile, type DatasetFiles, type LoadFilesOptions } from './load-files.ts'
export type { LoadOptions, DownloadProgress } from './load-options.ts'
export type { Origin } from './get-files.ts'
export type { Redistribution } from './catalog/file-facts.ts'
export { DatasetError, type DatasetErrorCode } from './dataset-error.ts'
export type { DatasetName, Datasets } from './catalog/datasets.ts'
export type { FileSetName } from './catalog/definition.ts'
export type { Classification, Digit, Regression, Supervised } from './catalog/supervised.ts'
export type { Pictures, PictureSet } from './catalog/pictures.ts'
export type { Column, Table } from './table.ts'
export type { Matrix } from '@lab/tensor/random'

export { makeBlobs, type Blobs, type BlobsOptions } from './generators/blobs.ts'
export {
  makeClassification,
  type ClassificationOptions,
  type FeatureKind,
  type GeneratedClassification,
} from './generators/classification.ts'
export { makeRegression, type GeneratedRegression, type RegressionOptions } from './generators/regression.ts'
export {
  makeCircles,
  makeMoons,
  type CirclesOptions,
  type MoonsOptions,
  type TwoCurves,
} from './generators/moons-and-circles.ts'
export {
  makeSCurve,
  makeSwissRoll,
  type Manifold,
  type SCurveOptions,
  type SwissRollOptions,
} from './generators/manifolds.ts'
export { makeFriedman1, type Friedman1Options } from './generators/friedman.ts'
export { makeLowRankMatrix, type LowRankOptions } from './generators/low-rank-matrix.ts'
export type { SeedOption } from './generators/stream.ts'
