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
  moveWords(from, to, shape, itemLength / words.BYTES_PER_ELEMENT)
  return new Uint8Array(to.buffer)
}

function moveWords(
  from: Uint32Array | Uint16Array | Uint8Array,
  to: Uint32Array | Uint16Array | Uint8Array,
  shape: readonly number[],
  parts: number,
): void {
  const strides: number[] = []
  let stride = parts
  for (const size of shape) {
    strides.push(stride)
    stride *= size
  }
  const last = shape.length - 1
  const [rowLength, rowStride] = [shape[last]!, strides[last]!]
  const index = shape.map(() => 0)
  let start = 0
  for (let out = 0; out < to.length;) {
    for (let i = 0, at = start; i < rowLength; i++, at += rowStride) {
      for (let part = 0; part < parts; part++) to[out++] = from[at + part]!
    }
    // On to the next row: the index before the last counts up, and carries.
    for (let axis = last - 1; axis >= 0; axis--) {
      start += strides[axis]!
      if (++index[axis]! < shape[axis]!) break
      start -= strides[axis]! * shape[axis]!
      index[axis] = 0
    }
  }
}
