/** Whether both orders put the elements in the same places. */
export function isOneOrder(shape: readonly number[]): boolean {
  return shape.includes(0) || shape.filter((size) => size > 1).length < 2
}

/** Copies elements of `itemLength` bytes from Fortran order (first index fastest) into C order (last index fastest). */
export function fromFortranOrder(bytes: Uint8Array, shape: readonly number[], itemLength: number): Uint8Array {
  if (isOneOrder(shape)) return bytes
  // Whole words move faster than bytes; as integers, so that no NaN changes on its way.
  const words = itemLength % 4 === 0 ? Uint32Array : itemLength % 2 === 0 ? Uint16Array : Uint8Array
  const placed = bytes.byteOffset % words.BYTES_PER_ELEMENT === 0 ? bytes : bytes.slice()
  const from = new words(placed.buffer as ArrayBuffer, placed.byteOffset, placed.byteLength / words.BYTES_PER_ELEMENT)
  const to = new words(from.length)
  const moved = moves(shape, itemLength / words.BYTES_PER_ELEMENT)
  for (const [start, end] of moved.planes) moveTiles(from.subarray(start), to.subarray(end), moved)
  return new Uint8Array(to.buffer)
}

interface Moves {
  /** Words of one element. */
  readonly parts: number
  /** Where each plane of the first and the last axis begins, before and after. */
  readonly planes: Iterable<readonly [from: number, to: number]>
  readonly rows: number
  readonly columns: number
  /** Words from one column to the next before, and from one row to the next after. */
  readonly columnStep: number
  readonly rowStep: number
}

/** The first axis lies side by side before, the last one after: they are swapped plane by plane. */
function moves(shape: readonly number[], parts: number): Moves {
  const count = shape.reduce((product, size) => product * size, parts)
  const [rows, columns] = [shape[0]!, shape.at(-1)!]
  const middle = shape.slice(1, -1)
  return {
    parts,
    rows,
    columns,
    columnStep: count / columns,
    rowStep: count / rows,
    planes: planesOf(middle, rows * parts, columns * parts),
  }
}

function* planesOf(middle: readonly number[], fromStep: number, toStep: number): Generator<[number, number]> {
  const planes = middle.reduce((product, size) => product * size, 1)
  for (let plane = 0; plane < planes; plane++) {
    // The number of the plane counts its indices with the last one fastest; before, the first one was.
    let [rest, before, step] = [plane, 0, planes]
    for (const size of middle.toReversed()) {
      step /= size
      before += (rest % size) * step
      rest = Math.floor(rest / size)
    }
    yield [before * fromStep, plane * toStep]
  }
}

type WordArray = Uint32Array | Uint16Array | Uint8Array

/** So many rows and columns at a time that the cache holds both sides. */
const TILE = 32

function moveTiles(from: WordArray, to: WordArray, { parts, rows, columns, columnStep, rowStep }: Moves): void {
  for (let firstRow = 0; firstRow < rows; firstRow += TILE) {
    const lastRow = Math.min(rows, firstRow + TILE)
    for (let firstColumn = 0; firstColumn < columns; firstColumn += TILE) {
      const lastColumn = Math.min(columns, firstColumn + TILE)
      for (let row = firstRow; row < lastRow; row++) {
        let out = row * rowStep + firstColumn * parts
        for (let column = firstColumn; column < lastColumn; column++) {
          const at = column * columnStep + row * parts
          for (let part = 0; part < parts; part++) to[out++] = from[at + part]!
        }
      }
    }
  }
}
