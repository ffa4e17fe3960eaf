/** An abort signal that fires when the caller's does, or when nothing was heard for a while. */
export interface Patience {
  readonly signal: AbortSignal
  /** Something arrived: wait anew. */
  heard(): void
}

/** Runs a request that counts as dead after so many milliseconds without a sign of life. */
export async function withPatience<T>(
  milliseconds: number,
  caller: AbortSignal | undefined,
  request: (patience: Patience) => Promise<T>,
): Promise<T> {
  const silence = new AbortController()
  const giveUp = (): void => silence.abort(new Error(`nothing arrived for ${milliseconds / 1000} seconds`))
  let timer = setTimeout(giveUp, milliseconds)
  try {
    return await request({
      signal: caller === undefined ? silence.signal : AbortSignal.any([caller, silence.signal]),
      heard() {
        clearTimeout(timer)
        timer = setTimeout(giveUp, milliseconds)
      },
    })
  } finally {
    clearTimeout(timer)
  }
}
