import { DatasetError } from '../dataset-error.ts'
import { zipMembers } from '../readers/zip.ts'
import { httpError, networkError } from './messages.ts'
import { withPatience } from './patience.ts'
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
export async function fetchMember(request: ArchiveRequest): Promise<Uint8Array<ArrayBuffer>> {
  const [address = '', member] = request.url.split('#')
  const archive = await fetchWhole(request, address)
  const found = zipMembers(archive, address).find(({ path }) => path === member)
  if (found !== undefined) return found.read()
  throw new DatasetError('changed', `load: ${address} holds no ${member}. The publisher may have replaced the archive.`)
}

function fetchWhole(
  { file, cached, timeout, signal }: ArchiveRequest,
  address: string,
): Promise<Uint8Array<ArrayBuffer>> {
  return withPatience(timeout, signal, async (patience) => {
    try {
      const response = await fetch(address, { signal: patience.signal }).catch((error: unknown) => {
        throw networkError(file, address, error, cached)
      })
      if (!response.ok) throw httpError(file, address, `${response.status} ${response.statusText}`.trim(), cached)
      const parts: Uint8Array<ArrayBuffer>[] = []
      for await (const chunk of chunksOf(response, file, address, cached)) {
        patience.heard()
        parts.push(chunk)
      }
      return new Uint8Array(await new Blob(parts).arrayBuffer())
    } catch (error) {
      signal?.throwIfAborted()
      throw error
    }
  })
}
