import { ArrayFileError } from './array-file-error.ts'
import type { NpyDtype } from './array-data.ts'
import { layouts } from './layout.ts'
import { pythonText, type PythonValue } from './python-literal.ts'

/** How the elements of an npy file lie. */
export interface NpyItem {
  readonly dtype: NpyDtype | 'str'
  /** Bytes of one element. */
  readonly length: number
  /** Bytes whose order `bigEndian` is about: a number, a part of a complex one, a character. */
  readonly word: number
  readonly bigEndian: boolean
  /** What the header says, for errors. */
  readonly text: string
}

/** NumPy's kind and size of each dtype. */
const codes: Readonly<Record<NpyDtype, string>> = {
  f64: 'f8',
  f32: 'f4',
  f16: 'f2',
  i64: 'i8',
  i32: 'i4',
  i16: 'i2',
  i8: 'i1',
  u64: 'u8',
  u32: 'u4',
  u16: 'u2',
  u8: 'u1',
  bool: 'b1',
  c64: 'c8',
  c128: 'c16',
}

const dtypes = /* @__PURE__ */ new Map(Object.entries(codes).map(([dtype, code]) => [code, dtype as NpyDtype]))

/** Why a kind of element is refused, and what to save instead. */
const refusals: readonly (readonly [RegExp, string])[] = [
  [
    /^[<>=|]?O/,
    'Python objects, which only Python can unpickle. Save numbers or strings instead: np.save(path, np.array(a.tolist())).',
  ],
  [/^[<>=|]?[mM]8/, "dates or time spans. Save them as whole numbers, a.view('i8'), and keep their unit beside them."],
  [/^[<>=|]?[fc](12|16|24|32)$/, "numbers of more than 64 bits. Save them as a.astype('f8') or a.astype('c16')."],
  [/^[<>=|]?V/, "raw records. Save their bytes: a.view('u1')."],
]

/** What the `descr` of a header stands for. */
export function parseDescr(who: string, descr: PythonValue): NpyItem {
  const text = typeof descr === 'string' ? descr : pythonText(descr)
  if (typeof descr !== 'string') {
    throw new ArrayFileError(
      'unsupported',
      `${who}: the file holds records with fields (descr ${text}). Save each field as an array of its own: np.savez(path, **{name: a[name] for name in a.dtype.names}).`,
    )
  }
  const [, order, kind = '', digits] = /^([<>=|]?)([a-zA-Z])(\d*)$/.exec(descr) ?? []
  const bigEndian = order === '>'
  const size = Number(digits)
  if ((kind === 'S' || kind === 'U') && digits !== '') {
    const word = kind === 'U' ? 4 : 1
    if (size > 0 && Number.isSafeInteger(size * word))
      return { dtype: 'str', length: size * word, word, bigEndian, text }
  }
  const dtype = dtypes.get(`${kind}${digits}`)
  if (dtype !== undefined) {
    const word = layouts[dtype].words.BYTES_PER_ELEMENT
    return { dtype, length: layouts[dtype].bits / 8, word, bigEndian, text }
  }
  const known = refusals.find(([pattern]) => pattern.test(descr))
  if (known) throw new ArrayFileError('unsupported', `${who}: the file holds descr '${text}': ${known[1]}`)
  throw new ArrayFileError(
    'damaged',
    `${who}: the header's descr '${text}' is no type that NumPy writes: the file is damaged. Get it again.`,
  )
}

/** The descr of a dtype as NumPy writes it on a little-endian machine. */
export function descrOf(dtype: NpyDtype): string {
  const single = layouts[dtype].words.BYTES_PER_ELEMENT === 1
  return `${single ? '|' : '<'}${codes[dtype]}`
}

/** Whether an npy file can hold the dtype. */
export function isNpyDtype(dtype: string): dtype is NpyDtype {
  return Object.hasOwn(codes, dtype)
}
