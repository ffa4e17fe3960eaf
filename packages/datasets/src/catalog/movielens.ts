import { toColumns } from '../readers/columns.ts'
import { readCsv } from '../readers/csv.ts'
import { decode } from '../readers/text.ts'
import { tableOf, type Table } from '../table.ts'
import type { Definition } from './definition.ts'

/** Genres of films. */
export type Genre =
  | 'unknown'
  | 'Action'
  | 'Adventure'
  | 'Animation'
  | "Children's"
  | 'Comedy'
  | 'Crime'
  | 'Documentary'
  | 'Drama'
  | 'Fantasy'
  | 'Film-Noir'
  | 'Horror'
  | 'Musical'
  | 'Mystery'
  | 'Romance'
  | 'Sci-Fi'
  | 'Thriller'
  | 'War'
  | 'Western'
const genres: readonly Genre[] = [
  'unknown',
  'Action',
  'Adventure',
  'Animation',
  "Children's",
  'Comedy',
  'Crime',
  'Documentary',
  'Drama',
  'Fantasy',
  'Film-Noir',
  'Horror',
  'Musical',
  'Mystery',
  'Romance',
  'Sci-Fi',
  'Thriller',
  'War',
  'Western',
]

const ratings = { user_id: 'number', movie_id: 'number', rating: 'number', timestamp: 'number' } as const
const movies = { movie_id: 'number', title: 'text', release_date: 'text?', imdb_url: 'text?' } as const
/** The file's own columns; of the fourth nothing is filled in. */
const movieColumns = ['movie_id', 'title', 'release_date', 'video_release_date', 'imdb_url', ...genres]

// fromEntries forgets the names; these are exactly them.
const genreSchema = Object.fromEntries(genres.map((genre) => [genre, 'number'])) as {
  readonly [Name in Genre]: 'number'
}

/** A hundred thousand ratings, and the films they are of. */
export interface Movielens {
  readonly ratings: Table<{
    readonly user_id: Float64Array
    readonly movie_id: Float64Array
    readonly rating: Float64Array
    /** Seconds since 1970. */
    readonly timestamp: Float64Array
  }>
  /** A column for every genre: 1 for films of it, else 0. */
  readonly movies: Table<
    {
      readonly movie_id: Float64Array
      readonly title: readonly string[]
      readonly release_date: readonly (string | null)[]
      readonly imdb_url: readonly (string | null)[]
    } & { readonly [Name in Genre]: Float64Array }
  >
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
      movies: tableOf({
        ...toColumns(movieRows, movieColumns, movies, movieFile.name),
        ...toColumns(movieRows, movieColumns, genreSchema, movieFile.name),
      }),
    }
  },
}
