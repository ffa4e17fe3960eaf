import { DatasetError } from '../dataset-error.ts'
import type { DownloadProgress, LoadOptions } from '../load-options.ts'
import { fetchMember } from './archive.ts'
import { changedError, httpError, networkError } from './messages.ts'
import type { PartFile } from './part-file.ts'
import { withPatience, type Patience } from './patience.ts'
import { checkAnswer, chunksOf, startsAt } from './response.ts'
import type { RemoteFile } from './store.ts'

/** A connection that broke after giving something is worth going on with; one that gives nothing is not. */
const ATTEMPTS = 4

/** One file, from one address, into one part file. */
export interface Download {
  readonly file: RemoteFile
  readonly url: string
  /** Where the file will lie, for the messages. */
  readonly target: string
  readonly part: PartFile
  readonly timeout: number
  readonly signal: LoadOptions['signal']
  readonly onProgress: ((progress: DownloadProgress) => void) | undefined
}

/** Downloads into the part file until it is the whole, right file; throws otherwise. */
export async function download(job: Download): Promise<void> {
  const { file, url, part } = job
  if (url.includes('#')) return downloadMember(job)
  const resumed = part.received > 0
  // A program may have been stopped after the last byte: then only the check is left to do.
  for (let attempt = 1; part.received < file.bytes; attempt++) {
    const before = part.received
    try {
      await withPatience(job.timeout, job.signal, (patience) => receive(job, patience))
    } catch (error) {
      job.signal?.throwIfAborted()
      const cut = error instanceof DatasetError && error.code === 'network' && part.received > before
      if (!cut || attempt === ATTEMPTS) throw error
    }
  }
  if (part.sha256() === file.sha256) return
  const found = `${part.received} bytes with sha256 ${part.sha256()}`
  await part.restart()
  // What was left from before may have been the wrong half: once more, from the start.
  if (resumed) return download(job)
  throw changedError(file, url, found, GONE)
}

const GONE =
  'The download was deleted and nothing was saved. Try again; if it stays, the publisher has replaced the file: ' +
  'look for a newer version of this package.'

/** One request: from where the part file ends, or from the start if the server can't. */
async function receive(job: Download, patience: Patience): Promise<void> {
  const { file, url, target, part } = job
  const ask = (from: number): Promise<Response> =>
    // identity: offsets and lengths count the file's own bytes.
    fetch(url, {
      signal: patience.signal,
      headers: { 'accept-encoding': 'identity', ...(from > 0 ? { range: `bytes=${from}-` } : {}) },
    }).catch((error: unknown) => {
      throw networkError(file, url, error, target)
    })

  let response = await ask(part.received)
  let start = startsAt(response, part.received)
  if (start === undefined && (response.ok || response.status === 416)) {
    await response.body?.cancel()
    response = await ask(0)
    start = startsAt(response, 0)
  }
  checkAnswer(response, file, url, target)
  if (start === undefined) throw httpError(file, url, `${response.status} with a part nobody asked for`, target)
  if (start === 0) await part.restart()

  for await (const chunk of chunksOf(response, file, url, target)) {
    patience.heard()
    if (part.received + chunk.length > file.bytes) {
      await part.restart()
      throw changedError(file, url, `more than ${file.bytes} bytes`, GONE)
    }
    await part.write(chunk)
    job.onProgress?.({ name: file.set, file: file.path, received: part.received, total: file.bytes })
  }
  if (part.received < file.bytes) {
    const cut = new Error(`the answer ended after ${part.received} of ${file.bytes} bytes`)
    throw networkError(file, url, cut, target)
  }
}

async function downloadMember(job: Download): Promise<void> {
  const { file, url, target, part } = job
  const bytes = await fetchMember({ file, url, cached: target, timeout: job.timeout, signal: job.signal })
  await part.restart()
  await part.write(bytes)
  job.onProgress?.({ name: file.set, file: file.path, received: bytes.length, total: file.bytes })
  if (part.sha256() === file.sha256) return
  const found = `${bytes.length} bytes with sha256 ${part.sha256()}`
  await part.restart()
  throw changedError(file, url, found, GONE)
}
