import { DatasetError } from '../dataset-error.ts'
import type { Matrix } from '@lab/tensor/random'
import { inflate } from '../readers/inflate.ts'
import { tableOf, type Table } from '../table.ts'
import { rowsOf } from './csv-table.ts'
import { onlyFile, type Definition, type FileSetName, type NamedBytes } from './definition.ts'
import {
  classification,
  columnOf,
  columnsOf,
  digits as everyDigit,
  features,
  regression,
  toMatrix,
  type Classification,
  type Digit,
  type Regression,
  type Supervised,
} from './supervised.ts'

/** Measurements of a flower. */
export type IrisFeature = 'sepal length (cm)' | 'sepal width (cm)' | 'petal length (cm)' | 'petal width (cm)'
const irisFeatures: readonly IrisFeature[] = [
  'sepal length (cm)',
  'sepal width (cm)',
  'petal length (cm)',
  'petal width (cm)',
]

/** What was measured in a wine. */
export type WineFeature =
  | 'alcohol'
  | 'malic_acid'
  | 'ash'
  | 'alcalinity_of_ash'
  | 'magnesium'
  | 'total_phenols'
  | 'flavanoids'
  | 'nonflavanoid_phenols'
  | 'proanthocyanins'
  | 'color_intensity'
  | 'hue'
  | 'od280/od315_of_diluted_wines'
  | 'proline'
const wineFeatures: readonly WineFeature[] = [
  'alcohol',
  'malic_acid',
  'ash',
  'alcalinity_of_ash',
  'magnesium',
  'total_phenols',
  'flavanoids',
  'nonflavanoid_phenols',
  'proanthocyanins',
  'color_intensity',
  'hue',
  'od280/od315_of_diluted_wines',
  'proline',
]

/** What was measured of a tumour's cell nuclei. */
export type CellTrait =
  | 'radius'
  | 'texture'
  | 'perimeter'
  | 'area'
  | 'smoothness'
  | 'compactness'
  | 'concavity'
  | 'concave points'
  | 'symmetry'
  | 'fractal dimension'
const cellTraits: readonly CellTrait[] = [
  'radius',
  'texture',
  'perimeter',
  'area',
  'smoothness',
  'compactness',
  'concavity',
  'concave points',
  'symmetry',
  'fractal dimension',
]

/** Mean, standard error and worst value of every trait. */
export type CellFeature = `mean ${CellTrait}` | `${CellTrait} error` | `worst ${CellTrait}`
const cellFeatures: readonly CellFeature[] = [
  ...cellTraits.map((trait): CellFeature => `mean ${trait}`),
  ...cellTraits.map((trait): CellFeature => `${trait} error`),
  ...cellTraits.map((trait): CellFeature => `worst ${trait}`),
]

/** Measurements of a patient; s1 to s6 are of blood. */
export type DiabetesFeature = 'age' | 'sex' | 'bmi' | 'bp' | 's1' | 's2' | 's3' | 's4' | 's5' | 's6'
const diabetesFeatures: readonly DiabetesFeature[] = ['age', 'sex', 'bmi', 'bp', 's1', 's2', 's3', 's4', 's5', 's6']

/** Eight rows, eight columns. */
export type Eight = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7
/** A pixel by row and column. */
export type Pixel = `pixel_${Eight}_${Eight}`
const eight: readonly Eight[] = [0, 1, 2, 3, 4, 5, 6, 7]
const pixels: readonly Pixel[] = eight.flatMap((row) => eight.map((column): Pixel => `pixel_${row}_${column}`))

/** 150 irises: four measurements, three species. */
export type Iris = Classification<'setosa' | 'versicolor' | 'virginica', IrisFeature>
/** 178 wines: thirteen measurements, three growers. */
export type Wine = Classification<'class_0' | 'class_1' | 'class_2', WineFeature>
/** 569 tumours: thirty measurements, two classes. */
export type BreastCancer = Classification<'malignant' | 'benign', CellFeature>
/** 442 patients: ten measurements, progress after a year. */
export type Diabetes = Regression<DiabetesFeature>

/** 8 × 8 pictures of digits: 64 features from 0 to 16. */
export interface Digits extends Supervised<Pixel, Float64Array, readonly Digit[]> {
  readonly classes: readonly Digit[]
}

/** Three exercises and three measurements of twenty men: two matrices to relate to each other. */
export interface Linnerud extends Table<{
  readonly [Name in 'Chins' | 'Situps' | 'Jumps' | 'Weight' | 'Waist' | 'Pulse']: Float64Array
}> {
  readonly x: Matrix
  readonly y: Matrix
  readonly featureNames: readonly ('Chins' | 'Situps' | 'Jumps')[]
  readonly targetNames: readonly ('Weight' | 'Waist' | 'Pulse')[]
}

/** A file whose first line is "rows,features,class names" instead of a header. */
function counted<Label extends string, Feature extends string>(
  about: string,
  { from, file }: { from: FileSetName; file: string },
  featureNames: readonly Feature[],
  classes: readonly Label[],
): Definition<Classification<Label, Feature>> {
  return {
    about,
    from,
    files: [file],
    read(files) {
      const { bytes, name } = onlyFile(files)
      const end = bytes.indexOf(0x0a)
      const { rows: first } = rowsOf({ name, bytes: bytes.slice(0, end === -1 ? undefined : end) })
      const { rows } = rowsOf({ name, bytes: end === -1 ? new Uint8Array() : bytes.slice(end + 1) })
      const [samples, features, ...labels] = first[0] ?? []
      const agrees =
        Number(samples) === rows.length &&
        Number(features) === featureNames.length &&
        rows[0]?.length === featureNames.length + 1 &&
        labels.join() === classes.join()
      if (!agrees)
        throw new DatasetError('format', `${name}: its first line does not describe its rows. It is damaged.`)
      return classification(toMatrix(rows, name), featureNames, classes, { name })
    },
  }
}

export const iris: Definition<Iris> = counted(
  'Three species of iris by the sizes of their flowers',
  { from: 'iris', file: 'iris.csv' },
  irisFeatures,
  ['setosa', 'versicolor', 'virginica'],
)

export const wine: Definition<Wine> = counted(
  'Three growers of wine by chemical analysis',
  { from: 'wine', file: 'wine_data.csv' },
  wineFeatures,
  ['class_0', 'class_1', 'class_2'],
)

export const breastCancer: Definition<BreastCancer> = counted(
  'Breast tumours by the shapes of their cell nuclei',
  { from: 'breast-cancer', file: 'breast_cancer.csv' },
  cellFeatures,
  ['malignant', 'benign'],
)

export const diabetes: Definition<Diabetes> = {
  about: 'Progress of diabetes after a year, by ten measurements; every feature centred, its squares summing to 1',
  from: 'diabetes',
  files: ['diabetes_data_raw.csv.gz', 'diabetes_target.csv.gz'],
  async read(files) {
    const [raw, target] = await Promise.all(files.map((file) => gzippedMatrix(file, ' ')))
    if (raw?.cols !== diabetesFeatures.length || target?.rows !== raw.rows) {
      throw new DatasetError('format', 'diabetes: its two files do not belong together. They are damaged.')
    }
    return regression(unitColumns(raw), diabetesFeatures, columnOf(target, 0))
  },
}

export const digits: Definition<Digits> = {
  about: 'Handwritten digits as 8 × 8 pictures',
  from: 'digits',
  files: ['digits.csv.gz'],
  async read(files) {
    const file = onlyFile(files)
    const all = await gzippedMatrix(file, ',')
    if (all.cols !== pixels.length + 1) {
      throw new DatasetError('format', `${file.name}: has ${all.cols} columns, not 65. The file is damaged.`)
    }
    const base = regression(columnsOf(all, 0, pixels.length), pixels, columnOf(all, pixels.length))
    const y = Array.from(base.y, (code, i) => {
      const digit = everyDigit[code]
      if (digit !== undefined) return digit
      throw new DatasetError('format', `${file.name}, row ${i + 1}: ${code} is no digit. The file is damaged.`)
    })
    return { ...base, y, classes: everyDigit }
  },
}

export const linnerud: Definition<Linnerud> = {
  about: 'Three exercises against three measurements of the body',
  from: 'linnerud',
  files: ['linnerud_exercise.csv', 'linnerud_physiological.csv'],
  read(files) {
    const [x, y] = files.map((file) => {
      const { rows, name } = rowsOf(file, { separator: ' ', runs: true })
      return toMatrix(rows.slice(1), name)
    })
    if (x?.cols !== 3 || y?.cols !== 3 || x.rows !== y.rows) {
      throw new DatasetError('format', 'linnerud: its two files do not belong together. They are damaged.')
    }
    const featureNames = ['Chins', 'Situps', 'Jumps'] as const
    const targetNames = ['Weight', 'Waist', 'Pulse'] as const
    return {
      ...tableOf({ ...features(x, featureNames), ...features(y, targetNames) }),
      x,
      y,
      featureNames,
      targetNames,
    }
  },
}

async function gzippedMatrix({ bytes, name }: NamedBytes, separator: string): Promise<Matrix> {
  const { rows } = rowsOf({ bytes: await inflate(bytes, 'gzip', name), name }, { separator })
  return toMatrix(rows, name)
}

/** Every column centred and divided by the length of what remains, as scikit-learn gives this set. */
function unitColumns({ data, rows, cols }: Matrix): Matrix {
  const unit = new Float64Array(data.length)
  for (let j = 0; j < cols; j++) {
    const column = columnOf({ data, rows, cols }, j)
    const mean = column.reduce((sum, value) => sum + value, 0) / rows
    const centred = column.map((value) => value - mean)
    const length = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0))
    centred.forEach((value, i) => {
      unit[i * cols + j] = value / length
    })
  }
  return { data: unit, rows, cols }
}
