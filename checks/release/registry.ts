// A package registry of our own, on loopback, in memory for as long as the rehearsal lasts.
import { mkdir } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { runServer } from 'verdaccio'

export interface Registry extends AsyncDisposable {
  url: string
}

/**
 * Starts an empty verdaccio on a free port. It asks nobody for packages that it does not have: a consumer gets our own
 * scope from here and everything else from the registry that its user always uses.
 */
export async function startRegistry(folder: string): Promise<Registry> {
  await mkdir(folder, { recursive: true })
  const server = (await runServer({
    configPath: join(folder, 'config.yaml'),
    self_path: folder,
    storage: join(folder, 'storage'),
    auth: {},
    uplinks: {},
    packages: { '**': { access: '$all', publish: '$all' } },
    web: { enable: false },
    log: { type: 'stdout', level: 'error' },
    max_body_size: '200mb',
  } as unknown as string)) as Server // its types know the path of a file only; it also takes what the file would say
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** npm refuses to publish without some token; this registry takes any. */
export function tokenLine({ url }: Registry): string {
  return `${url.replace('http:', '')}:_authToken=rehearsal\n`
}
