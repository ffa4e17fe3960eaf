// Compiles every kernel family of this folder (AssemblyScript) twice, deterministic and relaxed-SIMD, and writes the
// bytes as base64 into src/kernels/wasm/<family>.generated.ts, so that no runtime has a file to fetch. A family whose
// sources have not changed is left alone: that takes milliseconds, so tests, benches and builds all call this first.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'

const sources = import.meta.dirname
const outputs = join(sources, '../src/kernels/wasm')
const compilerVersion = createRequire(import.meta.url)('assemblyscript/package.json').version as string

/**
 * `--runtime stub` and no garbage collector: a kernel is a function over flat memory. Declared memory is the least that
 * an import may have (one page) and the most (4 GiB), so that it fits any memory; the loader rewrites the import for
 * memories that are not shared.
 */
const flags =
  '--runtime stub --noAssert -O3 --use abort= --enable simd,threads --importMemory --sharedMemory' +
  ' --initialMemory 1 --maximumMemory 65536'

/** The family's own file and every file that it imports. */
function sourcesOf(file: string, found: Set<string> = new Set()): Set<string> {
  if (found.has(file)) return found
  found.add(file)
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)) {
    sourcesOf(join(dirname(file), `${path}.ts`), found)
  }
  return found
}

function fingerprint(file: string): string {
  const hash = createHash('sha256').update(flags).update(compilerVersion)
  for (const source of sourcesOf(file)) hash.update(basename(source)).update(readFileSync(source))
  return hash.update(readFileSync(import.meta.filename)).digest('hex')
}

/** A kernel may not bring data or start code along: its memory belongs to somebody else. */
function refuseOwnData(family: string, wasm: Buffer<ArrayBuffer>): void {
  const module = new WebAssembly.Module(wasm)
  const imports = WebAssembly.Module.imports(module).map(({ module, name }) => `${module}.${name}`)
  if (imports.join() !== 'env.memory') {
    throw new Error(`kernels/${family}.ts: imports ${imports.join(', ')}, but a kernel may import env.memory only.`)
  }
  for (let at = 8; at < wasm.length;) {
    const id = wasm[at++]
    let size = 0
    for (let shift = 0, byte = 0x80; byte & 0x80; shift += 7) size |= ((byte = wasm[at++]) & 0x7f) << shift
    if (id === 11 && size > 1) {
      throw new Error(`kernels/${family}.ts: has static data. Strings, arrays and objects are not for kernels.`)
    }
    if (id === 8) throw new Error(`kernels/${family}.ts: has start code. Make global initialisers constants.`)
    at += size
  }
}

async function compile(family: string, relaxed: boolean): Promise<string> {
  // Loaded only where something is to be compiled: it takes longer than finding that nothing is.
  const { default: asc } = await import('assemblyscript/asc')
  const args = [`${family}.ts`, ...flags.split(' '), ...(relaxed ? ['--enable', 'relaxed-simd'] : [])]
  const stderr = asc.createMemoryStream()
  let bytes: Buffer<ArrayBuffer> | undefined
  const { error } = await asc.main([...args, '--baseDir', sources, '--outFile', 'out.wasm'], {
    stderr,
    writeFile(name, contents) {
      if (name === 'out.wasm') bytes = Buffer.from(contents as Uint8Array<ArrayBuffer>)
    },
  })
  if (error || bytes === undefined) throw new Error(`kernels/${family}.ts does not compile:\n${stderr.toString()}`)
  refuseOwnData(family, bytes)
  return bytes.toString('base64')
}

async function writeFamily(family: string): Promise<void> {
  const deterministic = await compile(family, false)
  const relaxed = await compile(family, true)
  const text = [
    stampOf(family),
    `// Written by kernels/build.ts from kernels/${family}.ts. Edit that file.`,
    "import type { FamilyBinary } from '../heap/family.ts'",
    '',
    `const deterministic = '${deterministic}'`,
    '',
    `export const ${family.replace(/-(.)/g, (_, letter) => letter.toUpperCase())}Binary: FamilyBinary = {`,
    `  name: '${family}',`,
    '  deterministic,',
    // A family that multiplies and adds nowhere is the same in both builds, and is shipped once.
    `  relaxed: ${relaxed === deterministic ? 'deterministic' : `'${relaxed}'`},`,
    '}',
    '',
  ]
  // Two programs may build at once: a file appears whole or not at all.
  const part = `${targetOf(family)}.${process.pid}`
  writeFileSync(part, text.join('\n'))
  renameSync(part, targetOf(family))
}

function targetOf(family: string): string {
  return join(outputs, `${family}.generated.ts`)
}

function stampOf(family: string): string {
  return `// ${fingerprint(join(sources, `${family}.ts`))}`
}

function isStale(family: string): boolean {
  return !existsSync(targetOf(family)) || !readFileSync(targetOf(family), 'utf8').startsWith(stampOf(family))
}

/** Builds what has changed, and gives the names of the families that it built. */
export async function buildKernels(): Promise<string[]> {
  const stale = readdirSync(sources)
    .filter((file) => file.endsWith('.ts') && file !== basename(import.meta.filename))
    .map((file) => basename(file, '.ts'))
    .filter(isStale)
    // The longest take longest; dealt out in turns, the lanes end together.
    .sort((a, b) => statSync(join(sources, `${b}.ts`)).size - statSync(join(sources, `${a}.ts`)).size)
  mkdirSync(outputs, { recursive: true })
  // A lane is a process of its own, since the compiler occupies its thread, and compiles many families, since its first
  // takes as long as the next five.
  const lanes = Math.min(stale.length, Math.max(1, availableParallelism()))
  await Promise.all(
    Array.from({ length: lanes }, (_, lane) => {
      const families = stale.filter((_, i) => i % lanes === lane)
      return promisify(execFile)(process.execPath, [import.meta.filename, '--compile', ...families])
    }),
  )
  return stale.sort()
}

if (process.argv[1] === import.meta.filename) {
  const [, , command, ...families] = process.argv
  if (command === '--compile') for (const family of families) await writeFamily(family)
  else {
    const built = await buildKernels()
    if (built.length > 0) console.log(`kernels built: ${built.join(', ')}`)
  }
}
