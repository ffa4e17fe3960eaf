/** One thing that is timed: ours beside its peers, on the same data. */
export interface BenchTask {
  /** What the table calls it, with its size: `gemm f32 1024 tn`. */
  readonly task: string
  /** Makes the data and both sides; called once, right before the task is timed. */
  prepare(): Promise<PreparedTask>
}

export interface PreparedTask {
  /** One run of ours. What it gives is consumed, so that nothing is optimised away. */
  ours(): unknown
  /** One run of each peer, by name. */
  readonly peers: Readonly<Record<string, () => unknown>>
  /** Whether ours and every peer gave the same result, within the tolerance that the task names. */
  equal(): boolean
  /** Frees what `prepare` took. */
  finish?(): void
}
