/** An abort signal that fires when the caller's does, or when nothing was heard for a while. */
export interface Patience extends Disposable {
  readonly signal: AbortSignal
  /** Something arrived: wait anew. */
  heard(): void
}

export function patience(milliseconds: number, caller: AbortSignal | undefined): Patience {
  const silence = new AbortController()
  const give = (): void => silence.abort(new Error(`nothing arrived for ${milliseconds / 1000} seconds`))
  let timer = setTimeout(give, milliseconds)
  return {
    signal: caller === undefined ? silence.signal : AbortSignal.any([caller, silence.signal]),
    heard() {
      clearTimeout(timer)
      timer = setTimeout(give, milliseconds)
    },
    [Symbol.dispose]() {
      clearTimeout(timer)
    },
  }
}
