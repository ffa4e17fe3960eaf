import type { DownloadProgress } from '../load-options.ts'

const WIDTH = 24
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)

/** A progress bar on a terminal, or nothing where the stream is a file or a pipe. */
export function terminalBar(
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>,
): ((progress: DownloadProgress) => void) | undefined {
  if (!stream.isTTY) return undefined
  let shown = -1
  return ({ name, file, received, total }) => {
    const filled = Math.floor((WIDTH * received) / total)
    const percent = Math.floor((100 * received) / total)
    if (percent === shown) return
    shown = percent
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled)
    const end = received === total ? '\n' : ''
    stream.write(`\r${name}/${file} ${bar} ${percent}% of ${megabytes(total)} MB${end}`)
  }
}
