import { ArrayFileError } from './array-file-error.ts'
import type { Disk } from './disk.ts'

/** A page has no files of its own. */
export const disk: Disk = {
  async open(path) {
    const message = `openFile: a page cannot open ${path}. Pass the readers a File that somebody chose, or the body of a response.`
    throw new ArrayFileError('source', message)
  },
  async save(path) {
    const message = `saveFile: a page cannot save ${path}. Offer a Blob of the file's bytes as a download.`
    throw new ArrayFileError('source', message)
  },
}
