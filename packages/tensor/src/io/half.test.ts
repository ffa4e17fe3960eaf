import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOf, golden } from '../../fixtures/array-files.ts'
import { bfloatFromFloats, floatsFromBfloat, floatsFromHalf, halfFromFloats } from './half.ts'

const all16 = Uint16Array.from({ length: 65_536 }, (_, i) => i)
const digest = (data: Float32Array | Uint16Array): string => createHash('sha256').update(data).digest('hex')

const halves = all16.filter((bits) => (bits & 0x7fff) <= 0x7c00)

test("every half is NumPy's number", () => {
  expect(digest(floatsFromHalf(halves))).toBe(golden.half.singlesOfHalves)
})

test("singles around every half, and around the middle between two, become NumPy's halves", () => {
  const own = new Uint32Array(floatsFromHalf(halves).buffer)
  const bits = [0, 0xfff, 0x1000, 0x1001].flatMap((step) => Array.from(own, (single) => single + step))
  const around = new Float32Array(Uint32Array.from(bits).buffer).filter((value) => !Number.isNaN(value))
  expect(digest(halfFromFloats(around))).toBe(golden.half.halvesAround)
})

test("random singles become NumPy's halves", () => {
  const singles = new Float32Array(bytesOf(golden.half.random).buffer)
  const expected = new Uint16Array(bytesOf(golden.half.halvesOfRandom).buffer)
  halfFromFloats(singles).forEach((half, i) => {
    // A NaN's payload is free.
    if (Number.isNaN(singles[i]!)) expect(half & 0x7fff).toBeGreaterThan(0x7c00)
    else expect(half).toBe(expected[i])
  })
})

test.each([
  ['half', floatsFromHalf, halfFromFloats],
  ['bfloat16', floatsFromBfloat, bfloatFromFloats],
])('every %s is written back as it was read, NaN and its payload too', (_name, read, write) => {
  expect(write(read(all16))).toEqual(all16)
})

test('a bfloat16 is the upper half of a single', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 65_535 }), (bits) => {
      const single = new Uint32Array(floatsFromBfloat(Uint16Array.of(bits)).buffer)
      expect(single[0]).toBe(bits * 65_536)
    }),
  )
})

test('a single becomes the nearest bfloat16, of two equally near the even one', () => {
  fc.assert(
    fc.property(
      fc.float({ noNaN: true, noDefaultInfinity: true, max: Math.fround(3e38), min: Math.fround(-3e38) }),
      (x) => {
        const nearest = bfloatFromFloats(Float32Array.of(x))[0]!
        const value = (bits: number): number => floatsFromBfloat(Uint16Array.of(bits))[0]!
        const distance = Math.abs(value(nearest) - x)
        for (const other of [nearest - 1, nearest + 1].filter((bits) => bits >> 15 === nearest >> 15 && bits >= 0)) {
          const further = Math.abs(value(other) - x)
          expect(further > distance || (further === distance && nearest % 2 === 0)).toBe(true)
        }
      },
    ),
  )
})

test('what is too large for a bfloat16 is infinite, and a NaN stays one though its payload is cut off', () => {
  expect(bfloatFromFloats(Float32Array.of(3.4028235e38, -Infinity))).toEqual(Uint16Array.of(0x7f80, 0xff80))
  const faintNaN = new Float32Array(Uint32Array.of(0x7f800001).buffer)
  expect(bfloatFromFloats(faintNaN)[0]! & 0x7fff).toBeGreaterThan(0x7f80)
  expect(halfFromFloats(faintNaN)[0]! & 0x7fff).toBeGreaterThan(0x7c00)
})
