// Serves a folder on loopback, and nowhere else.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, sep } from 'node:path'

const types: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
}

export interface ServeOptions {
  /** Default: any free one. */
  port?: number
  /** The folder once for each name, under `/name/`, with these headers. Default: once, at the top, with none. */
  variants?: Record<string, Record<string, string>>
}

export interface Site extends AsyncDisposable {
  url: string
}

/** Starts a server that shows the files in a folder: `index.html` for a folder, and `page.html` for `page`. */
export async function serve(folder: string, { port = 0, variants }: ServeOptions = {}): Promise<Site> {
  const server = createServer((request, response) => {
    const parts = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
      .split('/')
      .slice(1)
    const headers = variants === undefined ? {} : variants[parts.shift() ?? '']
    const file = fileFor(folder, parts)
    if (request.url === '/favicon.ico') response.writeHead(204).end()
    else if (headers === undefined || file === undefined) response.writeHead(404).end()
    else {
      response.writeHead(200, { ...headers, 'content-type': types[extname(file)] ?? 'application/octet-stream' })
      createReadStream(file).pipe(response)
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The file that answers for a path, always inside the folder: a browser resolves `..`, and others are not helped. */
function fileFor(folder: string, parts: readonly string[]): string | undefined {
  const path = join(folder, ...parts)
  if (path !== folder && !path.startsWith(folder + sep)) return undefined
  return [path, join(path, 'index.html'), `${path}.html`].find((file) => existsSync(file) && statSync(file).isFile())
}
