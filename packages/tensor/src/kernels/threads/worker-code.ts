/**
 * What a worker thread runs, as text: no bundler has a file to find, and no transpiler a function to rewrite. The numbers
 * are those of control.ts. A worker polls for some 50 µs after its last piece of work, and then sleeps until it is
 * woken: waking takes longer than most jobs.
 */
export const workerCode = `
'use strict'
const TICKET = 0, DONE = 1, SLEEPERS = 2, CALLER_SLEEPS = 3, FAILED = 4, CHUNKS = 5, GRAIN = 6, COUNT = 7, SLOT = 8,
  KERNEL = 9, ARGUMENTS = 10, TEXT_LENGTH = 11, CHUNK_BITS = 10, CLOSED = 1023, POLLS = 20000

function serve({ memory, control, thread, id }) {
  const words = new Int32Array(control)
  const values = new Float64Array(control, 128, 60)
  const text = new Uint16Array(control, 640, 512)
  const table = new Int32Array(control, 1664, 128)
  const seats = new Int32Array(control, 2176, 64)
  const present = new Int32Array(control, 2432, 64)
  const families = []

  const familyAt = (slot) => {
    if (families[slot] === undefined) {
      const start = table[2 * slot]
      const bytes = new Uint8Array(control, start, table[2 * slot + 1]).slice()
      const module = new WebAssembly.Module(bytes)
      const { exports } = new WebAssembly.Instance(module, { env: { memory } })
      families[slot] = WebAssembly.Module.exports(module).map(({ name }) => exports[name])
    }
    return families[slot]
  }

  const fail = (error) => {
    if (Atomics.exchange(words, FAILED, 1) === 1) return
    const message = String(error && error.message || error).slice(0, text.length)
    for (let i = 0; i < message.length; i++) text[i] = message.charCodeAt(i)
    Atomics.store(words, TEXT_LENGTH, message.length)
  }

  const finish = () => {
    Atomics.add(words, DONE, 1)
    if (Atomics.load(words, CALLER_SLEEPS) === 1) Atomics.notify(words, DONE)
  }

  const work = (job) => {
    const chunks = words[CHUNKS], grain = words[GRAIN], count = words[COUNT], arity = words[ARGUMENTS]
    const slot = words[SLOT], index = words[KERNEL]
    const args = Array.from(values.subarray(0, arity))
    let kernel
    try {
      kernel = familyAt(slot)[index]
    } catch {
      return // no memory for the module in this thread: the others do the work
    }
    args.push(0, 0, thread)
    for (;;) {
      const ticket = Atomics.load(words, TICKET)
      const chunk = ticket & CLOSED
      if (ticket >>> CHUNK_BITS !== job || chunk >= chunks) return
      if (Atomics.compareExchange(words, TICKET, ticket, ticket + 1) !== ticket) continue
      args[arity] = chunk * grain
      args[arity + 1] = Math.min(count, (chunk + 1) * grain)
      try {
        kernel(...args)
      } catch (error) {
        fail(error)
      }
      finish()
    }
  }

  Atomics.store(present, thread, id)
  let done = -1
  for (;;) {
    let ticket = Atomics.load(words, TICKET)
    for (let i = 0; i < POLLS && (ticket >>> CHUNK_BITS === done || (ticket & CLOSED) === CLOSED); i++) {
      ticket = Atomics.load(words, TICKET)
    }
    // After the ticket was read, since seats change only between jobs.
    if (Atomics.load(seats, thread) !== id) return
    const job = ticket >>> CHUNK_BITS
    if (job === done || (ticket & CLOSED) === CLOSED) {
      Atomics.add(words, SLEEPERS, 1)
      Atomics.wait(words, TICKET, ticket)
      Atomics.sub(words, SLEEPERS, 1)
    } else {
      work(job)
      done = job
    }
  }
}
`

/** Appended where a worker is started by Node, Deno or Bun. */
export const nodeStart = `serve(process.getBuiltinModule('node:worker_threads').workerData)`

/** Appended where a worker is started by a page. */
export const webStart = `onmessage = ({ data }) => { postMessage('started'); serve(data); close() }`
