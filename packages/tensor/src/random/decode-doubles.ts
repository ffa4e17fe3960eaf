/** Little-endian doubles from base64: how the number tables of this folder are stored. */
export function decodeDoubles(base64: string): Float64Array {
  const text = atob(base64)
  const view = new DataView(new ArrayBuffer(text.length))
  for (let i = 0; i < text.length; i++) view.setUint8(i, text.charCodeAt(i))
  return Float64Array.from({ length: text.length / 8 }, (_, i) => view.getFloat64(8 * i, true))
}
