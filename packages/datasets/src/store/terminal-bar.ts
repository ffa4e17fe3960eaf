import type { DownloadProgress } from '../load-options.ts'

const WIDTH = 24
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)

/** A progress bar on stderr, or nothing where stderr is a file or a pipe. */
export function terminalBar(): ((progress: DownloadProgress) => void) | undefined {
  const { stderr } = process
  if (!stderr.isTTY) return undefined
  let shown = -1
  return ({ name, file, received, total }) => {
    const filled = Math.floor((WIDTH * received) / total)
    const percent = Math.floor((100 * received) / total)
    if (percent === shown) return
    shown = percent
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled)
    const end = received === total ? '\n' : ''
    stderr.write(`\r${name}/${file} ${bar} ${percent}% of ${megabytes(total)} MB${end}`)
  }
}
