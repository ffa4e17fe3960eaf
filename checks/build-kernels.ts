import { buildKernels } from '../packages/tensor/kernels/build.ts'

/** Before any test: compiles the kernel families whose sources have changed. */
export async function setup(): Promise<void> {
  const built = await buildKernels()
  if (built.length > 0) console.log(`kernels built: ${built.join(', ')}`)
}
