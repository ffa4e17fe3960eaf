// Compiles every kernel family of this folder (AssemblyScript) twice, deterministic and relaxed-SIMD, and writes the
// bytes as base64 into src/kernels/wasm/<family>.generated.ts, so that no runtime has a file to fetch. A family whose
// sources have not changed is left alone: that takes milliseconds, so tests, benches and builds all call this first.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'

const sources = import.meta.dirname
const outputs = join(sources, '../src/kernels/wasm')
const compiler = createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js')

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
  const hash = createHash('sha256').update(flags).update(readFileSync(compiler))
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
  const folder = mkdtempSync(join(tmpdir(), 'kernels-'))
  try {
    const wasm = join(folder, `${family}.wasm`)
    const extra = relaxed ? ['--enable', 'relaxed-simd'] : []
    await promisify(execFile)(process.execPath, [
      compiler,
      join(sources, `${family}.ts`),
      ...flags.split(' '),
      ...extra,
      '-o',
      wasm,
    ])
    const bytes = readFileSync(wasm)
    refuseOwnData(family, bytes)
    return bytes.toString('base64')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function buildFamily(family: string): Promise<boolean> {
  const target = join(outputs, `${family}.generated.ts`)
  const stamp = `// ${fingerprint(join(sources, `${family}.ts`))}`
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(stamp)) return false
  const [deterministic, relaxed] = await Promise.all([compile(family, false), compile(family, true)])
  const text = [
    stamp,
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
  mkdirSync(outputs, { recursive: true })
  writeFileSync(target, text.join('\n'))
  return true
}

/** Builds what has changed, and gives the names of the families that it built. */
export async function buildKernels(): Promise<string[]> {
  const families = readdirSync(sources)
    .filter((file) => file.endsWith('.ts') && file !== basename(import.meta.filename))
    .map((file) => basename(file, '.ts'))
  const built: string[] = []
  const next = families.values()
  const lane = async (): Promise<void> => {
    for (const family of next) if (await buildFamily(family)) built.push(family)
  }
  // Each family compiles two builds at once, so half as many lanes as there are cores.
  await Promise.all(Array.from({ length: Math.max(1, availableParallelism() >> 1) }, lane))
  return built
}

if (process.argv[1] === import.meta.filename) {
  const built = await buildKernels()
  if (built.length > 0) console.log(`kernels built: ${built.join(', ')}`)
}
