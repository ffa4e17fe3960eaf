// The program that every consumer runs. It uses every entry point, and its digest must be the same in every runtime.
import { datasetNames, makeBlobs } from '@lab/datasets'
import { writeNpy } from '@lab/tensor/io'
import { arena, axpy, defaultHeap, dot, exp, gemm, pow, sin, softmax, sort, sum, tanh } from '@lab/tensor/kernels'
import { randomState } from '@lab/tensor/random'

export interface Outcome {
  /** FNV-1a over the bits of all that was computed. */
  digest: string
  /** How many threads the kernels had. */
  threads: number
}

export async function program(): Promise<Outcome> {
  const heap = defaultHeap()
  await heap.ready()
  const stream = randomState(42)
  using scratch = arena(heap)
  // Large enough that the work is split between threads where there are any.
  const x = scratch.copy(stream.normal(0, 1, 200_000))
  const y = scratch.copy(stream.standardGamma(2.5, 200_000))
  exp(x, x)
  axpy(-0.5, x, y)
  const a = scratch.copy(Float32Array.from(stream.normal(0, 0.1, 250 * 300)))
  const c = scratch.alloc('f32', 250 * 250)
  gemm({ a, b: a, c, m: 250, n: 250, k: 300, transB: true })
  tanh(c, c)
  const shares = scratch.alloc('f32', 250 * 250)
  softmax(c, shares, { rows: 250, cols: 250 })
  sin(c, c)
  pow(shares, c, c)
  const sums = scratch.alloc('f32', 250)
  sum(c, sums, { outer: 250, size: 250 })
  sort(y)
  const blobs = makeBlobs({ nSamples: 100, centers: 3, seed: 42 })
  const names = new TextEncoder().encode(datasetNames.join())
  const file = writeNpy({ dtype: 'f32', shape: [250], data: sums.view.slice() })
  const digest = fnv1a([Float64Array.of(dot(x, y)), y.view.slice(), c.view.slice(), file, blobs.x.data, names])
  return { digest, threads: heap.threads }
}

/** Bits, not values: -0 and 0, and one NaN and another, are not the same here. */
function fnv1a(parts: readonly (Uint8Array | Float32Array | Float64Array)[]): string {
  let hash = 0xcbf29ce484222325n
  for (const part of parts) {
    for (const byte of new Uint8Array(part.buffer, part.byteOffset, part.byteLength)) {
      hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
    }
  }
  return hash.toString(16).padStart(16, '0')
}
