export { load, datasetNames, type Dataset } from './load.ts'
export { loadFiles, type DatasetFile, type DatasetFiles, type LoadFilesOptions } from './load-files.ts'
export type { LoadOptions, DownloadProgress } from './load-options.ts'
export type { Origin } from './get-files.ts'
export type { Redistribution } from './catalog/file-facts.ts'
export { DatasetError, type DatasetErrorCode } from './dataset-error.ts'
export type { Clothing, DatasetName, Datasets } from './catalog/datasets.ts'
export type { CsvDatasets, TableOf } from './catalog/csv-datasets.ts'
export { exploringSchemas } from './catalog/schemas/exploring.ts'
export { housingSchemas } from './catalog/schemas/housing.ts'
export { peopleSchemas } from './catalog/schemas/people.ts'
export { seriesSchemas } from './catalog/schemas/series.ts'
export type {
  BreastCancer,
  CellFeature,
  CellTrait,
  Diabetes,
  DiabetesFeature,
  Digits,
  Eight,
  Iris,
  IrisFeature,
  Linnerud,
  Pixel,
  Wine,
  WineFeature,
} from './catalog/scikit-learn.ts'
export type {
  AutoInsurance,
  KernelFeature,
  Mammography,
  MammographyFeature,
  WheatSeeds,
} from './catalog/without-header.ts'
export type { MovieReviews, SmsSpam, TextDataset } from './catalog/texts.ts'
export type { Genre, Movielens } from './catalog/movielens.ts'
export { fileSetNames } from './catalog/file-set-names.ts'
export type { FileSetName } from './catalog/definition.ts'
export type { Classification, Digit, Features, Regression, Supervised } from './catalog/supervised.ts'
export type { Pictures, PictureSet } from './catalog/pictures.ts'
export type { Column, ColumnKind, ColumnsOf, Schema, Table } from './table.ts'
export type { Matrix } from '@lab/tensor/random'

export { makeBlobs, type Blobs, type BlobsOptions } from './generators/blobs.ts'
export {
  makeClassification,
  type ClassificationOptions,
  type FeatureKind,
  type GeneratedClassification,
} from './generators/classification.ts'
export {
  makeRegression,
  type GeneratedRegression,
  type PerTarget,
  type RegressionOptions,
} from './generators/regression.ts'
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
