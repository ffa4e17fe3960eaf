import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'

export type Tf = typeof tf

/** Stock tfjs on its WASM backend, one thread: the peer of every f32 kernel. */
export async function tfjsWasm(): Promise<Tf> {
  const require = createRequire(import.meta.url)
  setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`)
  setThreadsCount(1)
  await tf.setBackend('wasm')
  await tf.ready()
  return tf
}
