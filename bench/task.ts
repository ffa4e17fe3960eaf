/** One run. What it gives is consumed, so that nothing is optimised away; a promise is waited for. */
export type Run = () => unknown

/** A peer that keeps its own clock, such as one in another process. */
export interface TimedPeer {
  /** Runs so many times, and gives the milliseconds that they took and the processor time they used. */
  readonly time: (calls: number) => Promise<{ ms: number; cpuMs: number }>
  /** Which of its forms this is, where a peer has several: `2 threads`. */
  readonly variant?: string
}

/** A peer that this machine does not have; it is named in the table, never left out in silence. */
export interface AbsentPeer {
  readonly absent: string
}

/** A peer in several forms counts by its fastest. */
export type Peer = Run | TimedPeer | AbsentPeer | readonly (TimedPeer | AbsentPeer)[]

/** One thing that is timed: ours beside its peers, on the same data. A suite `bench/NAME.bench.ts` exports `tasks`. */
export interface BenchTask {
  /** What the table calls it, with its size: `gemm f32 1024 tn`. */
  readonly task: string
  /** Makes the data and both sides; called once, right before the task is timed. */
  prepare(): PreparedTask | Promise<PreparedTask>
}

export interface PreparedTask {
  readonly ours: Run
  /** By name, as the table shows it. */
  readonly peers: Readonly<Record<string, Peer>>
  /**
   * Whether ours and the peer of this name gave the same result, within the tolerance that the task names; called
   * after the timing. A peer that is absent is not asked about.
   */
  equal(peer: string): boolean | Promise<boolean>
  /** Frees what `prepare` took. */
  finish?(): void | Promise<void>
}
