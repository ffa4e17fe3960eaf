import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server on this machine's loopback, for one test. */
export interface FileServer extends AsyncDisposable {
  readonly url: string
  /** The Range header of every request so far; undefined where there was none. */
  readonly ranges: (string | undefined)[]
  /** Breaks every connection. Called when the client has what was sent: bytes still on their way would be lost. */
  cut(): void
}

export type Answer = (request: IncomingMessage, response: ServerResponse, visit: number) => void

/** Serves every request by `answer`, which also hears how many requests came before. */
export async function fileServer(answer: Answer): Promise<FileServer> {
  const ranges: (string | undefined)[] = []
  const server = createServer((request, response) => {
    ranges.push(request.headers.range)
    answer(request, response, ranges.length - 1)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/file.bin`,
    ranges,
    cut: () => server.closeAllConnections(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The well-behaved answer: the whole body, or the part that Range asks for. */
export function serve(body: Uint8Array): Answer {
  return (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const headers = { 'content-length': body.length - from }
    if (from === 0) response.writeHead(200, headers)
    else response.writeHead(206, { ...headers, 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` })
    response.end(body.subarray(from))
  }
}

/** Sends the first bytes of what was asked for and then nothing more; `cut` breaks the connection. */
export function begin(body: Uint8Array, bytes: number): Answer {
  return (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const range = `bytes ${from}-${body.length - 1}/${body.length}`
    response.writeHead(from === 0 ? 200 : 206, {
      'content-length': body.length - from,
      ...(from === 0 ? {} : { 'content-range': range }),
    })
    response.write(body.subarray(from, from + bytes))
  }
}
