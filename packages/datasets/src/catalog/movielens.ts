import { toColumns } from '../readers/columns.ts'
import { readCsv } from '../readers/csv.ts'
import { decode } from '../readers/text.ts'
import { tableOf, type ColumnsOf, type Table } from '../table.ts'
import type { Definition } from './definition.ts'

const ratings = { user_id: 'number', movie_id: 'number', rating: 'number', timestamp: 'number' } as const

const genres = {
  unknown: 'number',
  Action: 'number',
  Adventure: 'number',
  Animation: 'number',
  "Children's": 'number',
  Comedy: 'number',
  Crime: 'number',
  Documentary: 'number',
  Drama: 'number',
  Fantasy: 'number',
  'Film-Noir': 'number',
  Horror: 'number',
  Musical: 'number',
  Mystery: 'number',
  Romance: 'number',
  'Sci-Fi': 'number',
  Thriller: 'number',
  War: 'number',
  Western: 'number',
} as const

const movie = { movie_id: 'number', title: 'text', release_date: 'text?', imdb_url: 'text?' } as const
const movies: typeof movie & typeof genres = { ...movie, ...genres }
/** The file's own columns; of the third nothing is filled in. */
const movieColumns = ['movie_id', 'title', 'release_date', 'video_release_date', 'imdb_url', ...Object.keys(genres)]

/** A hundred thousand ratings, and the films they are of. */
export interface Movielens {
  readonly ratings: Table<ColumnsOf<typeof ratings>>
  readonly movies: Table<ColumnsOf<typeof movies>>
}

export const movielens100k: Definition<Movielens> = {
  about: '100,000 ratings of 1,682 films by 943 people',
  from: 'movielens-100k',
  files: ['u.data', 'u.item'],
  read(files) {
    const [ratingFile, movieFile] = files
    if (ratingFile === undefined || movieFile === undefined) throw new Error('MovieLens needs two files.')
    const ratingRows = readCsv(decode(ratingFile.bytes, ratingFile.name), ratingFile.name, { separator: '\t' })
    const movieText = decode(movieFile.bytes, movieFile.name, 'latin1')
    const movieRows = readCsv(movieText, movieFile.name, { separator: '|', quote: null })
    return {
      ratings: tableOf(toColumns(ratingRows, Object.keys(ratings), ratings, ratingFile.name)),
      movies: tableOf(toColumns(movieRows, movieColumns, movies, movieFile.name)),
    }
  },
}
