import { changedError, httpError, networkError } from './messages.ts'
import type { RemoteFile } from './store.ts'

/** Byte offset at which a server's answer starts, checked: a server may ignore Range, or serve another one. */
export function startsAt(response: Response, asked: number): number | undefined {
  if (response.status === 200) return 0
  if (response.status !== 206 || isEncoded(response)) return undefined
  const [, start] = /^bytes (\d+)-\d+\/(?:\d+|\*)$/.exec(response.headers.get('content-range') ?? '') ?? []
  return start !== undefined && Number(start) === asked ? asked : undefined
}

/** Refuses an answer that cannot be the file, before a byte of its body is read. */
export function checkAnswer(response: Response, file: RemoteFile, url: string, cached: string | undefined): void {
  if (!response.ok) throw httpError(file, url, `${response.status} ${response.statusText}`.trim(), cached)
  const stated = response.headers.get('content-length')
  // Of a part the length says nothing about the file, and of a compressed answer neither.
  if (response.status !== 200 || stated === null || isEncoded(response)) return
  if (Number(stated) !== file.bytes) {
    throw changedError(file, url, `${stated} bytes`, 'Nothing was saved. The publisher may have replaced the file.')
  }
}

/** The chunks of a body; an error of the network becomes ours, an abort stays the caller's own. */
export async function* chunksOf(
  response: Response,
  file: RemoteFile,
  url: string,
  cached: string | undefined,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (response.body === null) return
  const reader = response.body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } catch (error) {
    throw networkError(file, url, error, cached)
  } finally {
    // Leaving early must close the connection too. A broken body has nothing left to cancel.
    await reader.cancel().catch(() => undefined)
  }
}

function isEncoded(response: Response): boolean {
  const encoding = response.headers.get('content-encoding')
  return encoding !== null && encoding !== 'identity'
}
