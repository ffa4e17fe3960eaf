import { createHash, randomBytes, type Hash } from 'node:crypto'
import { copyFile, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** After an hour without a write a part belongs to a program that is gone (a server counts as dead much sooner). */
const ABANDONED = 3_600_000

/**
 * A download on its way to `target`, in a file of its own: `<target>.<pid>-<random>.part`. Nobody else writes to it, so
 * two programs that load the same file at once don't meet until the last rename, which is atomic.
 */
export interface PartFile {
  readonly received: number
  write(chunk: Uint8Array): Promise<void>
  /** Forgets what was written. */
  restart(): Promise<void>
  sha256(): string
  /** Puts the file in its place, whole and on disk. */
  finish(): Promise<void>
  /** Gives up, and leaves what has arrived (if anything) as `<target>.part`, for the next load to go on from. */
  keep(): Promise<void>
}

/** Starts a part file with what an earlier download left, if anything. */
export async function openPart(target: string): Promise<PartFile> {
  const path = `${target}.${process.pid}-${randomBytes(4).toString('hex')}.part`
  await copyLongest(target, path)
  const handle = await open(path, 'a+')
  let hash = createHash('sha256')
  let received = await hashSoFar(handle, hash)
  return {
    get received() {
      return received
    },
    async write(chunk) {
      await handle.appendFile(chunk)
      hash.update(chunk)
      received += chunk.length
    },
    async restart() {
      await handle.truncate(0)
      hash = createHash('sha256')
      received = 0
    },
    sha256: () => hash.copy().digest('hex'),
    async finish() {
      await handle.sync()
      await handle.close()
      await rename(path, target)
      await sweep(target)
    },
    async keep() {
      await handle.close()
      await sweep(target)
      await (received > 0 ? rename(path, `${target}.part`) : rm(path, { force: true }))
    },
  }
}

/** Removes the parts of downloads that are over: what they held was copied. */
async function sweep(target: string): Promise<void> {
  for (const part of await partsOf(target)) if (await isDead(part)) await rm(part, { force: true })
}

/**
 * Copies, rather than takes over, the longest part there is: its owner may be alive. Parts only ever grow, or start
 * again, so a copy is a true beginning of the file, and the sha256 at the end has the last word.
 */
async function copyLongest(target: string, path: string): Promise<void> {
  let longest: string | undefined
  let most = 0
  for (const part of await partsOf(target)) {
    const size = await stat(part).then(
      (found) => found.size,
      () => 0,
    )
    if (size > most) [longest, most] = [part, size]
  }
  // Its owner may have finished a moment ago; then there is nothing to copy.
  if (longest !== undefined) await copyFile(longest, path).catch(() => undefined)
}

async function partsOf(target: string): Promise<string[]> {
  const [folder, name] = [dirname(target), basename(target)]
  const mine = (entry: string): boolean =>
    entry.startsWith(`${name}.`) && /^(\.\d+-[0-9a-f]{8})?\.part$/.test(entry.slice(name.length))
  return (await readdir(folder)).filter(mine).map((entry) => join(folder, entry))
}

/** True if nobody can be writing to this part. */
async function isDead(part: string): Promise<boolean> {
  const owner = /\.(\d+)-[0-9a-f]{8}\.part$/.exec(part)?.[1]
  if (owner === undefined) return true
  const found = await stat(part).catch(() => undefined)
  return found !== undefined && (Date.now() - found.mtimeMs > ABANDONED || !isRunning(Number(owner)))
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // EPERM: it runs, as another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function hashSoFar(handle: FileHandle, hash: Hash): Promise<number> {
  let size = 0
  const buffer = new Uint8Array(1 << 20)
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, size)
    if (bytesRead === 0) return size
    hash.update(buffer.subarray(0, bytesRead))
    size += bytesRead
  }
}
