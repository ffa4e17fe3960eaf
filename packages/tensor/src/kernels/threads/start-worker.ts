import { nodeStart, webStart, workerCode } from './worker-code.ts'

/** What a worker needs to know. */
export interface WorkerTask {
  readonly memory: WebAssembly.Memory
  readonly control: SharedArrayBuffer
  /** 1 for the first worker: the calling thread is 0. */
  readonly thread: number
  /** No two workers of a pool have the same. */
  readonly id: number
}

/** A thread that was started. */
export interface RunningWorker {
  /** Ends it, in the middle of its work if need be. */
  terminate(): Promise<void>
}

type NodeThreads = typeof import('node:worker_threads')

/**
 * Starts a worker thread on the kernels; `onEnd` is called when it ends, for whatever reason. Worker threads of Node, Deno
 * and Bun where there are any, since those don't keep a program alive; Web Workers elsewhere.
 */
export function startWorker(task: WorkerTask, onEnd: () => void): RunningWorker {
  // Asked for at run time, so that no bundler sees an import that browsers don't have.
  const node = globalThis.process?.getBuiltinModule?.('node:worker_threads')
  return node ? startNodeWorker(node, task, onEnd) : startWebWorker(task, onEnd)
}

function startNodeWorker(node: NodeThreads, task: WorkerTask, onEnd: () => void): RunningWorker {
  // No execArgv: what the program was started with (loaders, conditions) is not for this thread.
  const worker = new node.Worker(`${workerCode}${nodeStart}`, { eval: true, workerData: task, execArgv: [], env: {} })
  worker.on('error', onEnd)
  worker.on('exit', onEnd)
  worker.unref()
  return {
    async terminate() {
      await worker.terminate()
    },
  }
}

function startWebWorker(task: WorkerTask, onEnd: () => void): RunningWorker {
  const url = URL.createObjectURL(new Blob([workerCode, webStart], { type: 'text/javascript' }))
  const worker = new Worker(url)
  worker.onerror = (event) => {
    // A page whose policy forbids such workers: say nothing, one thread does the work.
    event.preventDefault()
    onEnd()
  }
  // It speaks once, when its code has arrived.
  worker.onmessage = () => URL.revokeObjectURL(url)
  worker.postMessage(task)
  return {
    async terminate() {
      worker.terminate()
    },
  }
}
