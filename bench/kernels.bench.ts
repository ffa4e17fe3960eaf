// Every kernel family beside its peers: stock tfjs on its WASM backend for single precision, else the best JavaScript
// that does the job. The families' tasks are in kernels/.
import { globSync } from 'node:fs'
import type { BenchTask } from './task.ts'

const files = globSync('kernels/*.ts', { cwd: import.meta.dirname }).sort()
const families = await Promise.all(
  files.map((file) => import(`./${file}`) as Promise<{ tasks?: readonly BenchTask[] }>),
)

export const tasks: readonly BenchTask[] = families.flatMap(({ tasks: own }) => own ?? [])
