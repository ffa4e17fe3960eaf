import { DatasetError } from '../dataset-error.ts'
import type { Matrix } from '@lab/tensor/random'
import { toNumber } from '../readers/text.ts'
import { tableOf, type Column, type Table } from '../table.ts'

/** A column of numbers for every feature. */
export type Features<Feature extends string> = { readonly [Name in Feature]: Float64Array }

/** Numeric features and what to predict from them. */
export interface Supervised<Feature extends string, Target extends Column, Y> extends Table<
  Features<Feature> & { readonly target: Target }
> {
  /** One row per sample, one column per feature. */
  readonly x: Matrix
  /** What to predict: the column `target`. */
  readonly y: Y
  readonly featureNames: readonly Feature[]
}

/** Numeric features and the class of every row. */
export interface Classification<Label extends string, Feature extends string> extends Supervised<
  Feature,
  readonly Label[],
  readonly Label[]
> {
  /** Every class, in the order of the file's own numbering. */
  readonly classes: readonly Label[]
}

/** Numeric features and a number to predict for every row. */
export type Regression<Feature extends string> = Supervised<Feature, Float64Array, Float64Array>

/** A class by number, 0 to 9, as pictures of digits and of clothes have. */
export type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9

/** Every digit, in order. */
export const digits: readonly Digit[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]

/** Rows of numbers out of rows of text. */
export function toMatrix(rows: readonly (readonly string[])[], name: string): Matrix {
  const cols = rows[0]?.length ?? 0
  const data = new Float64Array(rows.length * cols)
  rows.forEach((row, i) => {
    row.forEach((field, j) => {
      data[i * cols + j] = toNumber(field, name, `row ${i + 1}, field ${j + 1}`)
    })
  })
  return { data, rows: rows.length, cols }
}

/** One column of a matrix. */
export function columnOf({ data, rows, cols }: Matrix, j: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => data[i * cols + j] ?? Number.NaN)
}

/** The columns from `from` up to `to`. */
export function columnsOf({ data, rows, cols }: Matrix, from: number, to: number): Matrix {
  const width = to - from
  const kept = new Float64Array(rows * width)
  for (let i = 0; i < rows; i++) kept.set(data.subarray(i * cols + from, i * cols + to), i * width)
  return { data: kept, rows, cols: width }
}

/** A matrix whose last column numbers the classes from `first`. */
export function classification<Label extends string, Feature extends string>(
  all: Matrix,
  featureNames: readonly Feature[],
  classes: readonly Label[],
  { name, first = 0 }: { name: string; first?: number },
): Classification<Label, Feature> {
  const x = columnsOf(all, 0, featureNames.length)
  const y = Array.from(columnOf(all, featureNames.length), (code, i) => {
    const label = classes[code - first]
    if (label !== undefined) return label
    throw new DatasetError(
      'format',
      `${name}, row ${i + 1}: ${code} is not the number of a class. The file is damaged.`,
    )
  })
  return { ...tableOf({ ...features(x, featureNames), target: y }), x, y, featureNames, classes }
}

/** Features, and the number to predict. */
export function regression<Feature extends string>(
  x: Matrix,
  featureNames: readonly Feature[],
  y: Float64Array,
): Regression<Feature> {
  return { ...tableOf({ ...features(x, featureNames), target: y }), x, y, featureNames }
}

/** The columns of a matrix by name. */
export function features<Feature extends string>(x: Matrix, names: readonly Feature[]): Features<Feature> {
  // fromEntries forgets the names; these are exactly them.
  return Object.fromEntries(names.map((name, j) => [name, columnOf(x, j)])) as Features<Feature>
}
