/**
 * What went wrong, in one word a program can branch on.
 *
 * - `truncated`: the file ends too early
 * - `damaged`: the file contradicts itself or its format
 * - `unsupported`: the file is sound, but holds what cannot be an array of numbers or strings here
 * - `argument`: what was asked for or passed in does not fit
 * - `source`: whatever gives the bytes failed; `cause` has its error
 * - `memory`: the machine refused the memory that a sound file needs
 */
export type ArrayFileErrorCode = 'truncated' | 'damaged' | 'unsupported' | 'argument' | 'source' | 'memory'

/** Every error about an array file: the message says who, what and what to do; `code` says which kind. */
export class ArrayFileError extends Error {
  readonly code: ArrayFileErrorCode

  constructor(code: ArrayFileErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'ArrayFileError'
    this.code = code
  }
}
