import { DatasetError } from '../dataset-error.ts'
import { zipMembers } from '../readers/zip.ts'
import { httpError, networkError } from './messages.ts'
import { patience } from './patience.ts'
import { chunksOf } from './response.ts'
import type { RemoteFile } from './store.ts'

/** What a whole-archive download needs to know. */
export interface ArchiveRequest {
  readonly file: RemoteFile
  /** `https://…/archive.zip#path/of/the/member`. */
  readonly url: string
  readonly cached: string | undefined
  readonly timeout: number
  readonly signal: AbortSignal | undefined
}

/**
 * One file out of an archive on the network. The archive's own hash is not known, only its members', so it is held in
 * memory and never cached.
 */
export async function fetchMember({
  file,
  url,
  cached,
  timeout,
  signal,
}: ArchiveRequest): Promise<Uint8Array<ArrayBuffer>> {
  using wait = patience(timeout, signal)
  const [address = '', member] = url.split('#')
  let response: Response
  try {
    response = await fetch(address, { signal: wait.signal })
  } catch (error) {
    signal?.throwIfAborted()
    throw networkError(file, address, error, cached)
  }
  if (!response.ok) throw httpError(file, address, `${response.status} ${response.statusText}`, cached)
  const parts: Uint8Array<ArrayBuffer>[] = []
  try {
    for await (const chunk of chunksOf(response, file, address, cached)) {
      wait.heard()
      parts.push(chunk)
    }
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  }
  const found = zipMembers(new Uint8Array(await new Blob(parts).arrayBuffer()), address).find((m) => m.path === member)
  if (found === undefined) {
    throw new DatasetError(
      'changed',
      `load: ${address} holds no ${member}. The publisher may have replaced the archive.`,
    )
  }
  return found.read()
}
