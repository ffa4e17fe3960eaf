import { DatasetError } from '../dataset-error.ts'

/** Text of a file; bytes that are not of its encoding are refused, not replaced. */
export function decode(bytes: Uint8Array, name: string, encoding: 'utf-8' | 'latin1' = 'utf-8'): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new DatasetError('format', `${name}: is not ${encoding} text. The file is damaged.`, { cause })
  }
}

/** A number, strictly: what Number accepts, but not nothing. */
export function toNumber(field: string, name: string, where: string): number {
  const value = field.trim() === '' ? Number.NaN : Number(field)
  if (!Number.isNaN(value)) return value
  throw new DatasetError('format', `${name}, ${where}: "${field.slice(0, 40)}" is not a number. The file is damaged.`)
}
