import { expect, expectTypeOf, test, type TestContext } from 'vitest'
import { definitions, type DatasetName } from './catalog/datasets.ts'
import { fileSetNames } from './catalog/file-set-names.ts'
import { factsOf } from './catalog/file-facts.ts'
import { datasetNames, load, loadFiles, type Dataset, type Matrix } from './index.ts'

const folder = process.env['LAB_DATASETS']
// The data are their publishers', so none of them is in this repository.
if (!folder) {
  console.warn(
    'Skipped the tests that read real data sets. To run them: LAB_DATASETS=<folder that holds <set>/<file>> npm test',
  )
}

test('every file in the catalogue has a hash, a size, a licence and an address', () => {
  for (const name of fileSetNames) {
    for (const file of factsOf(name).files) {
      expect(file.sha256, file.path).toMatch(/^[0-9a-f]{64}$/)
      expect(file.bytes, file.path).toBeGreaterThanOrEqual(0)
      expect(file.licence, file.path).not.toBe('')
      expect(file.urls.length, file.path).toBeGreaterThan(0)
      for (const url of file.urls) expect(new URL(url).protocol, file.path).toMatch(/^https?:$/)
    }
  }
})

test('every definition names files of the catalogue', () => {
  for (const { from, files, about } of Object.values(definitions)) {
    const known = factsOf(from).files.map(({ path }) => path)
    for (const file of files) expect(known).toContain(file)
    expect(about).not.toBe('')
  }
})

test('a name that is not there lists those that are', async () => {
  // @ts-expect-error the name is misspelt
  await expect(load('irish')).rejects.toThrow('load: there is no data set "irish". There are: ab-test, ')
  // @ts-expect-error the name is misspelt
  await expect(loadFiles('toString')).rejects.toThrow('loadFiles: there is no data set "toString".')
  await expect(loadFiles('iris', { only: ['iris.xls'] })).rejects.toThrow('It has: iris.csv, iris_header.csv.')
})

test('the type of a set knows its labels and its columns', () => {
  type Iris = Dataset<'iris'>
  expectTypeOf<Iris['y'][number]>().toEqualTypeOf<'setosa' | 'versicolor' | 'virginica'>()
  expectTypeOf<Iris['x']>().toEqualTypeOf<Matrix>()
  expectTypeOf<Dataset<'penguins'>['columns']['sex'][number]>().toEqualTypeOf<'FEMALE' | 'MALE' | null>()
  expectTypeOf<Dataset<'penguins'>['columns']['body_mass_g']>().toEqualTypeOf<Float64Array>()
  // @ts-expect-error penguins have no such column
  expectTypeOf<Parameters<Dataset<'penguins'>['column']>[0]>().toEqualTypeOf<'fare'>()
})

/** Rows and columns, counted with other programs (`wc -l`, Python's csv) when the catalogue was made. */
const sizes: { readonly [Name in DatasetName]?: readonly [rows: number, columns: number] } = {
  'ab-test': [10_000, 2],
  'airline-passengers': [144, 2],
  'ames-housing': [2930, 82],
  anscombe: [44, 3],
  'auto-insurance': [63, 2],
  'breast-cancer': [569, 31],
  'california-housing': [20_640, 10],
  chile: [2700, 8],
  co2: [2284, 2],
  'cookie-cats': [90_189, 5],
  'credit-default': [10_000, 4],
  'credit-scoring': [4454, 14],
  'daily-female-births': [365, 2],
  'daily-min-temperatures': [3650, 2],
  diabetes: [442, 11],
  diamonds: [53_940, 10],
  digits: [1797, 65],
  elnino: [61, 13],
  'eu-stock-markets': [1860, 4],
  flights: [144, 3],
  geyser: [272, 3],
  healthexp: [274, 4],
  'heart-disease': [918, 10],
  iris: [150, 5],
  linnerud: [20, 6],
  longley: [16, 8],
  macrodata: [203, 14],
  'mall-customers': [200, 5],
  mammography: [11_183, 7],
  'monthly-car-sales': [108, 2],
  'monthly-sunspots': [2820, 2],
  'movie-reviews': [2000, 2],
  mpg: [398, 9],
  nile: [100, 2],
  penguins: [344, 7],
  'seattle-weather': [1461, 6],
  'shampoo-sales': [36, 2],
  'sms-spam': [5574, 2],
  sunspots: [309, 2],
  taxis: [6433, 14],
  'telco-churn': [7043, 21],
  tips: [244, 7],
  titanic: [891, 15],
  'titanic-passengers': [891, 12],
  'wheat-seeds': [210, 8],
  wine: [178, 14],
}
const notTables: readonly DatasetName[] = ['fashion-mnist', 'mnist', 'movielens-100k', 'tinyshakespeare']

test('every set has its size in this file', () => {
  expect([...Object.keys(sizes), ...notTables].toSorted()).toEqual(datasetNames)
})

function needsData(context: TestContext): void {
  if (!folder) context.skip('LAB_DATASETS names no folder')
}

test.for(Object.entries(sizes))('%s has its rows and columns', async ([name, [rows, columns]], context) => {
  needsData(context)
  const table = (await load(name as Exclude<DatasetName, (typeof notTables)[number]>)) as Dataset<'iris'>
  expect([table.rows, table.columnNames.length]).toEqual([rows, columns])
  for (const column of table.columnNames) expect(table.column(column).length, column).toBe(rows)
  expect(table.licence).not.toBe('')
  expect(table.source.length).toBeGreaterThan(0)
})

test('numbers and labels are where they belong', async (context) => {
  needsData(context)
  const [iris, cancer, digits, telco, housing, spots] = await Promise.all([
    load('iris'),
    load('breast-cancer'),
    load('digits'),
    load('telco-churn'),
    load('california-housing'),
    load('mammography'),
  ])
  const howMany = (labels: readonly unknown[], label: unknown): number => labels.filter((one) => one === label).length
  expect(iris.classes.map((label) => howMany(iris.y, label))).toEqual([50, 50, 50])
  expect([...iris.x.data.subarray(0, 4)]).toEqual(iris.featureNames.map((name) => iris.column(name)[0]))
  expect([howMany(cancer.y, 'malignant'), howMany(cancer.y, 'benign')]).toEqual([212, 357])
  expect([Math.min(...digits.x.data), Math.max(...digits.x.data), new Set(digits.y).size]).toEqual([0, 16, 10])
  expect(telco.column('TotalCharges').filter(Number.isNaN).length).toBe(11)
  expect(housing.column('total_bedrooms').filter(Number.isNaN).length).toBe(207)
  expect(howMany(spots.y, 'calcification')).toBe(260)
})

test('diabetes has columns of mean 0 and length 1', async (context) => {
  needsData(context)
  const { x, featureNames, column } = await load('diabetes')
  for (const name of featureNames) {
    expect(column(name).reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12)
    expect(column(name).reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 12)
  }
  expect([x.rows, x.cols]).toEqual([442, 10])
})

test.for(['mnist', 'fashion-mnist'] as const)('%s has its pictures', async (name, context) => {
  needsData(context)
  const { height, width, classes, train, test: unseen } = await load(name)
  expect([height, width, classes.length, train.count, unseen.count]).toEqual([28, 28, 10, 60_000, 10_000])
  expect([train.images.length, unseen.images.length]).toEqual([60_000 * 784, 10_000 * 784])
  expect(new Set(train.labels).size).toBe(10)
})

test('texts and ratings are read whole', async (context) => {
  needsData(context)
  const [shakespeare, reviews, sms, { ratings, movies }] = await Promise.all([
    load('tinyshakespeare'),
    load('movie-reviews'),
    load('sms-spam'),
    load('movielens-100k'),
  ])
  expect(shakespeare.text.length).toBe(1_115_394)
  expect(reviews.column('label').filter((label) => label === 'pos').length).toBe(1000)
  expect(sms.column('label').filter((label) => label === 'spam').length).toBe(747)
  expect([ratings.rows, movies.rows]).toEqual([100_000, 1682])
  expect(new Set(ratings.column('user_id')).size).toBe(943)
  expect(movies.column('title').some((title) => title.includes('é'))).toBe(true)
})

test.for(fileSetNames)('the files of %s are those of the catalogue', async (name, context) => {
  needsData(context)
  const { files } = await loadFiles(name)
  const known = factsOf(name).files
  expect(Object.keys(files)).toEqual(known.map(({ path }) => path))
  for (const { path, bytes } of known) expect(files[path]?.bytes.length, path).toBe(bytes)
})
