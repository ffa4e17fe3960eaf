import type { LoadedFamily } from '../heap/family.ts'
import {
  CHUNK_BITS,
  CLOSED,
  CONTROL_BYTES,
  JOB_MASK,
  MOST_ARGUMENTS,
  MOST_CHUNKS,
  MOST_FAMILIES,
  MOST_THREADS,
  offset,
  word,
} from './control.ts'
import { startWorker } from './start-worker.ts'
import type { RunningWorker } from './start-worker.ts'

/** The caller polls this often for its workers' last pieces before it sleeps, where it may sleep. */
const POLLS = 20000

/** Milliseconds of one sleep of the caller. Its patience is counted in sleeps, so that a suspended machine costs none. */
const NAP = 50

/** Where sleeping is forbidden (a page's main thread) the caller polls; this many polls take about a millisecond. */
const POLLS_PER_MILLISECOND = 200_000

/**
 * Worker threads over one shared memory. The calling thread takes part in every job, and a job needs no worker to
 * answer: work that nobody else takes is done here. Workers start with the first job that could use them.
 */
export class ThreadPool {
  readonly #memory: WebAssembly.Memory
  readonly #patience: number
  readonly #control = new SharedArrayBuffer(CONTROL_BYTES)
  readonly #words = new Int32Array(this.#control)
  readonly #values = new Float64Array(this.#control, offset.ARGUMENTS, MOST_ARGUMENTS)
  readonly #seats = new Int32Array(this.#control, offset.SEATS, MOST_THREADS)
  readonly #present = new Int32Array(this.#control, offset.PRESENT, MOST_THREADS)
  readonly #workers = new Map<number, RunningWorker>()
  #threads = 1
  #lastId = 0
  #families = 0
  #modulesEnd: number = offset.MODULES
  #job = 0
  #refused = false

  constructor(memory: WebAssembly.Memory, patience: number) {
    this.#memory = memory
    this.#patience = patience
    this.#words[word.TICKET] = CLOSED
  }

  /** How many threads take part, the caller included. 1 where workers cannot be started. */
  get threads(): number {
    return this.#refused ? 1 : this.#threads
  }

  set threads(count: number) {
    this.#refused = false
    this.#threads = Math.min(count, MOST_THREADS)
    this.#dismiss(this.#threads)
  }

  /** Makes a module known to all workers; gives its place in their table. Each compiles it when it first needs it. */
  publish(bytes: Uint8Array): number {
    const slot = this.#families++
    if (slot >= MOST_FAMILIES || this.#modulesEnd + bytes.length > CONTROL_BYTES) {
      throw new Error(`kernels: ${slot} kernel families are loaded, and there is no room for more in one heap.`)
    }
    new Uint8Array(this.#control).set(bytes, this.#modulesEnd)
    this.#words[offset.FAMILIES / 4 + 2 * slot] = this.#modulesEnd
    this.#words[offset.FAMILIES / 4 + 2 * slot + 1] = bytes.length
    this.#modulesEnd += bytes.length
    return slot
  }

  /** Starts what is missing, and waits until all are at work (or refused). */
  async ready(): Promise<void> {
    this.#startMissing()
    for (let thread = 1; thread < this.threads;) {
      if (Atomics.load(this.#present, thread) === this.#seats[thread]) thread++
      else await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }

  /** Ends all workers and waits for their end. */
  async close(): Promise<void> {
    this.#threads = 1
    await Promise.all(this.#dismiss(1).map((worker) => worker.terminate()))
  }

  /** Runs kernel(...args, begin, end, thread) over 0 ≤ begin < end ≤ count in steps of `grain` or more. */
  run(family: LoadedFamily, name: string, args: readonly number[], count: number, grain: number): void {
    // Workers would get the first ones only, and the caller all.
    if (args.length > MOST_ARGUMENTS) {
      throw new RangeError(
        `${family.name}.${name}: ${args.length} arguments, but threads take ${MOST_ARGUMENTS}. Put some into memory.`,
      )
    }
    if (this.#workers.size < this.#threads - 1) this.#startMissing()
    const words = this.#words
    const step = Math.max(grain, Math.ceil(count / MOST_CHUNKS))
    const chunks = Math.ceil(count / step)
    this.#job = (this.#job + 1) & JOB_MASK
    const closed = (this.#job << CHUNK_BITS) | CLOSED
    Atomics.store(words, word.TICKET, closed)
    words[word.CHUNKS] = chunks
    words[word.GRAIN] = step
    words[word.COUNT] = count
    words[word.SLOT] = family.slot
    words[word.KERNEL] = family.order.indexOf(name)
    words[word.ARGUMENTS] = args.length
    for (let i = 0; i < args.length; i++) this.#values[i] = args[i]
    Atomics.store(words, word.DONE, 0)
    Atomics.store(words, word.TICKET, this.#job << CHUNK_BITS)
    if (Atomics.load(words, word.SLEEPERS) > 0) Atomics.notify(words, word.TICKET)
    try {
      this.#takePart(family.kernels[name], args, { chunks, step, count })
    } finally {
      // Also when the kernel threw here: nobody may still write to memory that the caller is about to free.
      this.#close(closed, chunks, `${family.name}.${name}`)
    }
  }

  #takePart(
    kernel: (...args: number[]) => number | void,
    args: readonly number[],
    { chunks, step, count }: { chunks: number; step: number; count: number },
  ): void {
    for (;;) {
      const chunk = Atomics.add(this.#words, word.TICKET, 1) & CLOSED
      if (chunk >= chunks) return
      try {
        kernel(...args, chunk * step, Math.min(count, (chunk + 1) * step), 0)
      } finally {
        Atomics.add(this.#words, word.DONE, 1)
      }
    }
  }

  /** Lets nobody take another chunk, and waits for those that were taken. */
  #close(closed: number, chunks: number, who: string): void {
    const ticket = Atomics.exchange(this.#words, word.TICKET, closed)
    const taken = Math.min(chunks, ticket & CLOSED)
    if (!this.#waitFor(taken)) {
      this.#abandon()
      throw new Error(
        `${who}: a worker thread died in the middle of its work, so the result is incomplete. ` +
          'Run it again: the calling thread goes on alone until heap.threads is set.',
      )
    }
    if (Atomics.exchange(this.#words, word.FAILED, 0) === 1) {
      const text = new Uint16Array(this.#control, offset.TEXT, this.#words[word.TEXT_LENGTH])
      throw new Error(`${who}: failed in a worker thread: ${String.fromCharCode(...text)}`)
    }
  }

  /** True when `taken` chunks are done; false when nothing has moved for as long as the caller is patient. */
  #waitFor(taken: number): boolean {
    const words = this.#words
    for (let i = 0; i < POLLS; i++) if (Atomics.load(words, word.DONE) === taken) return true
    const sleeps = maySleep()
    const most = Math.ceil(sleeps ? this.#patience / NAP : this.#patience * POLLS_PER_MILLISECOND)
    if (sleeps) Atomics.store(words, word.CALLER_SLEEPS, 1)
    let last = Atomics.load(words, word.DONE)
    for (let turns = 0; last !== taken && turns < most; turns++) {
      if (sleeps) Atomics.wait(words, word.DONE, last, NAP)
      const done = Atomics.load(words, word.DONE)
      if (done !== last) turns = 0
      last = done
    }
    Atomics.store(words, word.CALLER_SLEEPS, 0)
    return last === taken
  }

  #startMissing(): void {
    for (let thread = 1; thread < this.threads; thread++) {
      if (this.#workers.has(thread)) continue
      const id = ++this.#lastId
      Atomics.store(this.#seats, thread, id)
      try {
        const task = { memory: this.#memory, control: this.#control, thread, id }
        // One that was sent away has lost its seat; any other end means that threads don't work here.
        const worker = startWorker(task, () => this.#seats[thread] === id && this.#abandon())
        this.#workers.set(thread, worker)
      } catch {
        // No workers on this platform: the calling thread does the work.
        this.#abandon()
      }
    }
  }

  /** Takes the seats from `first` on away; gives the workers that had them, which end as soon as they notice. */
  #dismiss(first: number): RunningWorker[] {
    const dismissed: RunningWorker[] = []
    for (const [thread, worker] of this.#workers) {
      if (thread < first) continue
      Atomics.store(this.#seats, thread, 0)
      this.#workers.delete(thread)
      dismissed.push(worker)
    }
    Atomics.notify(this.#words, word.TICKET)
    return dismissed
  }

  /** Goes on alone. */
  #abandon(): void {
    this.#refused = true
    for (const worker of this.#dismiss(1)) void worker.terminate()
  }
}

let sleeps: boolean | undefined

/** Whether this thread may sleep: a page's main thread may not. */
function maySleep(): boolean {
  if (sleeps === undefined) {
    try {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1)
      sleeps = true
    } catch {
      sleeps = false
    }
  }
  return sleeps
}
