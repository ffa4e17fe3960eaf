import asc from 'assemblyscript/asc'
import type { FamilyBinary } from '../family.ts'

/** Kernels that misbehave on purpose, for the tests of the pool. Thread 0 is the caller. */
const source = `
/** Adds i + 1 at place i, after some work, so that every thread gets a share. */
export function mark(out: usize, begin: i32, end: i32, thread: i32): void {
  for (let i = begin; i < end; i++) {
    let x: f64 = 1
    for (let j = 0; j < 500; j++) x = sqrt(x + 1)
    store<f64>(out + (i << 3), load<f64>(out + (i << 3)) + (x > 0 ? i + 1 : 0))
  }
}
/** Writes down which thread did what. */
export function whose(out: usize, begin: i32, end: i32, thread: i32): void {
  for (let i = begin; i < end; i++) {
    let x: f64 = 1
    for (let j = 0; j < 20000; j++) x = sqrt(x + 1)
    store<i32>(out + (i << 2), x > 0 ? thread : -1)
  }
}
export function trapInWorker(out: usize, begin: i32, end: i32, thread: i32): void {
  whose(out, begin, end, thread)
  if (thread > 0) unreachable()
}
export function trapInCaller(out: usize, begin: i32, end: i32, thread: i32): void {
  whose(out, begin, end, thread)
  if (thread == 0) unreachable()
}
export function hangInWorker(out: usize, begin: i32, end: i32, thread: i32): void {
  whose(out, begin, end, thread)
  while (thread > 0) {}
}
`

/** Compiles the family; takes about a second. */
export async function compileTestFamily(): Promise<FamilyBinary> {
  const outputs: Record<string, Uint8Array | string> = {}
  const flags = '--runtime stub --noAssert -O --enable simd,threads --use abort= --importMemory --sharedMemory'
  const limits = '--initialMemory 1 --maximumMemory 65536 --outFile test.wasm'
  const { error, stderr } = await asc.main(['test.ts', ...`${flags} ${limits}`.split(' ')], {
    readFile: (name) => (name === 'test.ts' ? source : null),
    writeFile: (name, contents) => {
      outputs[name] = contents
    },
    listFiles: () => [],
  })
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`)
  const base64 = Buffer.from(outputs['test.wasm']).toString('base64')
  return { name: 'test', deterministic: base64, relaxed: base64 }
}
