import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import golden from '../../../fixtures/window2d.json' with { type: 'json' }
import { conv2dGeometry, depthwiseConv2dGeometry, pool2dGeometry } from './window2d.ts'
import type { Conv2dShape, DepthwiseConv2dShape, Pool2dShape } from './window2d.ts'

// JSON has lists where the types have tuples; the script wrote them with the right lengths.
const as = <T>(value: unknown): T => value as T

describe("sizes and 'same' padding are those of the golden script", () => {
  test.each(golden.conv2d)('$input $filter $strides $dilations $pad', (shape) => {
    const g = conv2dGeometry(as<Conv2dShape>(shape))
    expect([g.output, g.pad]).toEqual([shape.y.shape, shape.pads])
  })
  test.each(golden.depthwiseConv2d)('depthwise $input $filter $strides $dilations $pad', (shape) => {
    const g = depthwiseConv2dGeometry(as<DepthwiseConv2dShape>(shape))
    expect([g.output, g.pad]).toEqual([shape.y.shape, shape.pads])
  })
  test.each(golden.pool2d)('pool $input $window $strides $dilations $pad', (shape) => {
    const g = pool2dGeometry(as<Pool2dShape>(shape))
    expect([g.output, g.pad]).toEqual([shape.max.shape, shape.pads])
  })
})

test('same padding gives the size divided by the stride, rounded up', () => {
  const size = fc.integer({ min: 1, max: 50 })
  fc.assert(
    fc.property(size, size, size, fc.integer({ min: 1, max: 9 }), (height, window, strides, dilations) => {
      const { output, pad } = pool2dGeometry({ input: [1, height, 1, 1], window, strides, dilations, pad: 'same' })
      expect(output[1]).toBe(Math.ceil(height / strides))
      expect(pad[0][1] - pad[0][0]).toBeOneOf([0, 1])
    }),
  )
})

test('a geometry is plain data, and gives itself again', () => {
  const g = conv2dGeometry({ input: [2, 9, 8, 3], filter: [3, 2, 3, 4], strides: [2, 1], pad: 'same' })
  expect(conv2dGeometry(g)).toBe(g)
  expect(conv2dGeometry(structuredClone(g))).toEqual(g)
  expect(Object.isFrozen(g) && Object.isFrozen(g.input) && Object.isFrozen(g.pad[0])).toBe(true)
})

test('images without rows, and none at all', () => {
  expect(conv2dGeometry({ input: [0, 4, 4, 1], filter: [3, 3, 1, 2] }).output).toEqual([0, 2, 2, 2])
  expect(conv2dGeometry({ input: [1, 0, 4, 1], filter: [3, 3, 1, 2], pad: 'same' }).output).toEqual([1, 0, 4, 2])
})

describe('bad input', () => {
  const input = [1, 4, 4, 3] as const
  test.each([
    [{ input, filter: [3, 3, 2, 8] as const }, 'the input has 3 channels and the filter is for 2'],
    [{ input, filter: [5, 3, 3, 8] as const }, 'a window that reaches over 5 does not fit an image 4 high'],
    [
      { input, filter: [3, 3, 3, 8] as const, dilations: [1, 2] as const },
      'reaches over 5 does not fit an image 4 wide',
    ],
    [{ input, filter: [0, 3, 3, 8] as const }, 'filter must hold four whole numbers, height and width 1 or more'],
    [{ input: [1, 4.5, 4, 3] as const, filter: [3, 3, 3, 8] as const }, 'input must hold four whole numbers'],
    [{ input: [-1, 4, 4, 3] as const, filter: [3, 3, 3, 8] as const }, 'input must hold four whole numbers, 0 or more'],
    [{ input, filter: [3, 3, 3, 8] as const, strides: 0 }, 'strides must be a whole number, 1 or more'],
    [
      {
        input,
        filter: [3, 3, 3, 8] as const,
        pad: [
          [1, -1],
          [0, 0],
        ] as const,
      },
      "pad must be 'same', 'valid' or [[top",
    ],
  ])('%j', (shape, problem) => {
    expect(() => conv2dGeometry(shape)).toThrow(problem)
    expect(() => conv2dGeometry(shape)).toThrow('conv2dGeometry: ')
  })

  test('the sizes of something else', () => {
    const deep = depthwiseConv2dGeometry({ input, filter: [3, 3, 3, 2] })
    expect(() => conv2dGeometry(as<Conv2dShape>(deep))).toThrow('conv2dGeometry: got the sizes of a depthwiseConv2d.')
  })

  test('a shape of another rank', () => {
    expect(() => conv2dGeometry(as<Conv2dShape>({ input, filter: [3, 3] }))).toThrow('filter must hold four whole')
    expect(() => conv2dGeometry(as<Conv2dShape>({ input: [4, 4, 3], filter: [3, 3, 3, 8] }))).toThrow(
      'four whole numbers',
    )
    expect(() => pool2dGeometry(as<Pool2dShape>({ input: [1, 4, 4, 3], window: [2] }))).toThrow('window must be')
    expect(() => pool2dGeometry(as<Pool2dShape>({ input: [1, 4, 4, 3], window: 2, pad: 'full' }))).toThrow(
      'pad must be',
    )
  })
})
