import { DatasetError } from '../dataset-error.ts'
import { readIdx } from '../readers/idx.ts'
import { inflate } from '../readers/inflate.ts'
import type { Definition, FileSetName, NamedBytes } from './definition.ts'

/** Pictures of equal size, one byte a pixel, and the class of each. */
export interface Pictures {
  readonly count: number
  /** Picture after picture, row after row: pixel (r, c) of picture i is at `(i * height + r) * width + c`. */
  readonly images: Uint8Array<ArrayBuffer>
  /** The class of each picture, as a position in `classes`. */
  readonly labels: Uint8Array<ArrayBuffer>
}

/** A training and a test set of pictures. */
export interface PictureSet<Label> {
  readonly height: number
  readonly width: number
  readonly classes: readonly Label[]
  readonly train: Pictures
  readonly test: Pictures
}

/** The four gzipped IDX files that MNIST and its likes come as. */
export function idxPictures<Label>(
  about: string,
  from: FileSetName,
  classes: readonly Label[],
): Definition<PictureSet<Label>> {
  const kinds = ['train', 't10k']
  return {
    about,
    from,
    files: kinds.flatMap((kind) => [`${kind}-images-idx3-ubyte.gz`, `${kind}-labels-idx1-ubyte.gz`]),
    async read(files) {
      const [trainImages, trainLabels, testImages, testLabels] = files
      const [train, test] = [
        await pictures(trainImages, trainLabels, classes.length),
        await pictures(testImages, testLabels, classes.length),
      ]
      return { height: train.height, width: train.width, classes, train: train.pictures, test: test.pictures }
    },
  }
}

async function pictures(
  imageFile: NamedBytes | undefined,
  labelFile: NamedBytes | undefined,
  classes: number,
): Promise<{ height: number; width: number; pictures: Pictures }> {
  if (imageFile === undefined || labelFile === undefined) throw new Error('Pictures need two files.')
  const { shape, data: images } = readIdx(await inflate(imageFile.bytes, 'gzip', imageFile.name), imageFile.name)
  const { data: labels, shape: labelShape } = readIdx(
    await inflate(labelFile.bytes, 'gzip', labelFile.name),
    labelFile.name,
  )
  const [count = 0, height = 0, width = 0] = shape
  if (shape.length !== 3 || labelShape.length !== 1 || labels.length !== count || labels.some((l) => l >= classes)) {
    throw new DatasetError('format', `${imageFile.name} and ${labelFile.name} do not belong together. One is damaged.`)
  }
  return { height, width, pictures: { count, images, labels } }
}
