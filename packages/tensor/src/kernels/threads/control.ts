// The words through which the calling thread and its workers talk: one shared array of 32-bit integers, with the
// kernel's arguments and texts behind them. worker-code.ts uses the same numbers, as it cannot import.
//
// TICKET holds a job's number and the next chunk that nobody has taken (job << CHUNK_BITS | chunk). A thread takes a
// chunk by swapping in the next one; the swap fails when the job has changed meanwhile, so a worker that overslept can
// never work with the arguments of two jobs mixed.

export const CHUNK_BITS = 10
/** This chunk number says that the job is being written, or over. */
export const CLOSED: number = (1 << CHUNK_BITS) - 1
/** The most chunks a job may have: one each may be claimed in vain by every thread, still below CLOSED. */
export const MOST_CHUNKS = 900
export const JOB_MASK: number = (1 << (31 - CHUNK_BITS)) - 1

export const word = {
  TICKET: 0,
  /** Chunks of the job that are finished. */
  DONE: 1,
  /** Workers asleep on TICKET. */
  SLEEPERS: 2,
  /** 1 while the caller sleeps on DONE. */
  CALLER_SLEEPS: 3,
  /** 1 once a kernel has thrown in a worker; TEXT tells what. */
  FAILED: 4,
  CHUNKS: 5,
  GRAIN: 6,
  COUNT: 7,
  SLOT: 8,
  KERNEL: 9,
  ARGUMENTS: 10,
  /** How many code units TEXT holds. */
  TEXT_LENGTH: 11,
} as const

/** Byte offsets into the shared array. */
export const offset = {
  /** Up to MOST_ARGUMENTS doubles. */
  ARGUMENTS: 128,
  /** Up to 512 UTF-16 code units: what a failed kernel said. */
  TEXT: 640,
  /** MOST_FAMILIES pairs: offset and length of a module's bytes. */
  FAMILIES: 1664,
  /**
   * For each thread, the number of the worker that has its seat: a worker whose seat was given to another, or to
   * nobody, ends. Seats change only while no job is open.
   */
  SEATS: 2176,
  /** For each thread, the number of the worker that has reported for work. */
  PRESENT: 2432,
  /** The modules' bytes, one after another. */
  MODULES: 2688,
} as const

export const MOST_ARGUMENTS = 60
export const MOST_FAMILIES = 64
export const MOST_THREADS = 64
/** All modules together; ours are some 10 kB each. Untouched pages cost nothing. */
export const CONTROL_BYTES: number = 4 * 2 ** 20
