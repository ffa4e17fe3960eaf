import { homedir } from 'node:os'
import { join } from 'node:path'

/** The platform's folder for things that can be downloaded again. */
export function cacheDir(): string {
  const { LAB_DATASETS_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  if (LAB_DATASETS_CACHE) return LAB_DATASETS_CACHE
  if (XDG_CACHE_HOME) return join(XDG_CACHE_HOME, 'lab-datasets')
  if (process.platform === 'win32' && LOCALAPPDATA) return join(LOCALAPPDATA, 'lab-datasets')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'lab-datasets')
  return join(homedir(), '.cache', 'lab-datasets')
}
