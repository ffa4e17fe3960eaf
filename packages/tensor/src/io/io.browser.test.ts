import { expect, test } from 'vitest'
import { arrayOf, bytesOf, golden, plain, streamOf, valuesOf } from '../../fixtures/array-files.ts'
import { openFile, openNpz, openSafetensors, readNpy, saveFile, writeNpy, writeNpz, writeSafetensors } from './index.ts'

test("NumPy's files, as somebody would choose them in a page, and back", async () => {
  for (const { file, dtype, shape, values, canonical, fortran } of golden.npy) {
    const chosen = new File([bytesOf(file)], 'chosen.npy')
    const array = await readNpy(chosen, dtype === 'str' ? { dtype } : {})
    expect(plain(array)).toEqual({ dtype, shape, values: valuesOf(dtype, values) })
    if (canonical && !fortran) expect(writeNpy(array)).toEqual(bytesOf(file))
  }
})

test("Python's archives, and one of ours compressed here", async () => {
  for (const { file, arrays } of golden.npz) {
    const given = new Map(arrays.map(({ name, dtype, shape, values }) => [name, arrayOf(dtype, shape, values)]))
    for (const source of [new Blob([bytesOf(file)]), await writeNpz(given, { compress: true })]) {
      const archive = await openNpz(source)
      for (const { name, dtype, shape, values } of arrays) {
        const array = await archive.read(name, dtype === 'str' ? { dtype } : {})
        expect(plain(array)).toEqual({ dtype, shape, values: valuesOf(dtype, values) })
      }
    }
  }
})

test('a damaged archive is refused here as well', async () => {
  const bytes = bytesOf(golden.npz[1]!.file)
  for (let at = 60; at < 160; at++) bytes[at]! ^= 0x55
  await expect((await openNpz(bytes)).read('x')).rejects.toMatchObject({ name: 'ArrayFileError' })
})

test('tensors as a response gives them', async () => {
  for (const { file, tensors } of golden.safetensors) {
    const body = new Response(bytesOf(file)).body!
    const seen: string[] = []
    for await (const [name] of (await openSafetensors(body)).entries()) seen.push(name)
    expect(seen.toSorted()).toEqual(tensors.map(({ name }) => name).toSorted())
  }
  const x = { dtype: 'bf16', shape: [2], data: Float32Array.of(1, -2) } as const
  expect(await (await openSafetensors(streamOf(writeSafetensors({ x }), 9))).read('x')).toEqual(x)
})

test('a page has no files of its own, and is told what to do', async () => {
  await expect(openFile('a.npy')).rejects.toThrow('openFile: a page cannot open a.npy. Pass the readers a File')
  await expect(saveFile('a.npy', [])).rejects.toThrow('saveFile: a page cannot save a.npy. Offer a Blob')
})
