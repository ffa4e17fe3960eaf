export { openFile } from './open-file.ts'
export type { OpenFile } from './open-file.ts'
export { saveFile } from './save-file.ts'
