import { DatasetError } from '../dataset-error.ts'
import type { CsvFormat } from '../readers/csv.ts'
import { rowsOf } from './csv-table.ts'
import { onlyFile, type Definition, type NamedBytes } from './definition.ts'
import {
  classification,
  columnOf,
  columnsOf,
  regression,
  toMatrix,
  type Classification,
  type Regression,
} from './supervised.ts'
import type { Matrix } from '@lab/tensor/random'

// Files of bare numbers: the names are those of the papers and pages that describe them.

/** Measurements of a kernel. */
export type KernelFeature =
  'area' | 'perimeter' | 'compactness' | 'kernel length' | 'kernel width' | 'asymmetry' | 'groove length'
const kernelFeatures: readonly KernelFeature[] = [
  'area',
  'perimeter',
  'compactness',
  'kernel length',
  'kernel width',
  'asymmetry',
  'groove length',
]
/** 210 kernels of wheat: seven measurements, three varieties. */
export type WheatSeeds = Classification<'Kama' | 'Rosa' | 'Canadian', KernelFeature>

export const wheatSeeds: Definition<WheatSeeds> = {
  about: 'Three varieties of wheat by the shapes of their kernels',
  from: 'wheat-seeds',
  files: ['wheat-seeds.csv'],
  read(files) {
    const { all, name } = numbers(onlyFile(files), 8)
    return classification(all, kernelFeatures, ['Kama', 'Rosa', 'Canadian'], { name, first: 1 })
  },
}

/** 63 regions: number of claims, payment for all of them. */
export type AutoInsurance = Regression<'claims'>

export const autoInsurance: Definition<AutoInsurance> = {
  about: 'Payments for all claims (thousands of kronor) by the number of claims, Swedish regions',
  from: 'auto-insurance',
  files: ['auto-insurance.csv'],
  read(files) {
    const { all } = numbers(onlyFile(files), 2)
    return regression(columnsOf(all, 0, 1), ['claims'], columnOf(all, 1))
  },
}

/** What was measured of a spot; the source gives no names. */
export type MammographyFeature = 'x0' | 'x1' | 'x2' | 'x3' | 'x4' | 'x5'
/** 11,183 spots in mammograms: six measurements, two classes, one of them rare. */
export type Mammography = Classification<'normal' | 'calcification', MammographyFeature>

export const mammography: Definition<Mammography> = {
  about: 'Spots in mammograms: 2.3% are micro-calcifications',
  from: 'imbalanced',
  files: ['mammography.csv'],
  read(files) {
    // Its labels are '-1' and '1', in single quotes.
    const { all, name } = numbers(onlyFile(files), 7, { quote: "'" })
    const codes = all.data.map((value, i) => (i % all.cols === 6 && value === -1 ? 0 : value))
    const names: readonly MammographyFeature[] = ['x0', 'x1', 'x2', 'x3', 'x4', 'x5']
    return classification({ ...all, data: codes }, names, ['normal', 'calcification'], { name })
  },
}

function numbers(file: NamedBytes, width: number, format?: CsvFormat): { all: Matrix; name: string } {
  const { rows, name } = rowsOf(file, format)
  const all = toMatrix(rows, name)
  if (all.cols === width) return { all, name }
  throw new DatasetError('format', `${name}: has ${all.cols} columns, not ${width}. The file is damaged.`)
}
