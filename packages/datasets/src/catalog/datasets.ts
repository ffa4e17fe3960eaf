import { csvDatasets, type CsvDatasets } from './csv-datasets.ts'
import type { Definition } from './definition.ts'
import { movielens100k, type Movielens } from './movielens.ts'
import { idxPictures, type PictureSet } from './pictures.ts'
import {
  breastCancer,
  diabetes,
  digits,
  iris,
  linnerud,
  wine,
  type BreastCancer,
  type Diabetes,
  type Digits,
  type Iris,
  type Linnerud,
  type Wine,
} from './scikit-learn.ts'
import { digits as everyDigit, type Digit } from './supervised.ts'
import { movieReviews, smsSpam, tinyshakespeare, type MovieReviews, type SmsSpam, type TextDataset } from './texts.ts'
import {
  autoInsurance,
  mammography,
  wheatSeeds,
  type AutoInsurance,
  type Mammography,
  type WheatSeeds,
} from './without-header.ts'

/** The classes of Fashion-MNIST. */
export type Clothing =
  'T-shirt/top' | 'Trouser' | 'Pullover' | 'Dress' | 'Coat' | 'Sandal' | 'Shirt' | 'Sneaker' | 'Bag' | 'Ankle boot'

const clothes: readonly Clothing[] = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
]

/** What `load` gives, by name. */
export interface Datasets extends CsvDatasets {
  iris: Iris
  wine: Wine
  'breast-cancer': BreastCancer
  diabetes: Diabetes
  digits: Digits
  linnerud: Linnerud
  'wheat-seeds': WheatSeeds
  'auto-insurance': AutoInsurance
  mammography: Mammography
  mnist: PictureSet<Digit>
  'fashion-mnist': PictureSet<Clothing>
  'sms-spam': SmsSpam
  'movie-reviews': MovieReviews
  tinyshakespeare: TextDataset
  'movielens-100k': Movielens
}

/** Name of a data set that `load` reads. */
export type DatasetName = keyof Datasets

/** How each is made. */
export const definitions: { readonly [Name in DatasetName]: Definition<Datasets[Name]> } = {
  ...csvDatasets,
  iris,
  wine,
  'breast-cancer': breastCancer,
  diabetes,
  digits,
  linnerud,
  'wheat-seeds': wheatSeeds,
  'auto-insurance': autoInsurance,
  mammography,
  mnist: idxPictures('Handwritten digits, 28 × 28, 60,000 to train and 10,000 to test', 'mnist', everyDigit),
  'fashion-mnist': idxPictures('Pieces of clothing, as large and as many as MNIST', 'fashion-mnist', clothes),
  'sms-spam': smsSpam,
  'movie-reviews': movieReviews,
  tinyshakespeare,
  'movielens-100k': movielens100k,
}
