/** One number for both directions, or `[vertical, horizontal]`. */
export type Pair = number | readonly [vertical: number, horizontal: number]

/** Rows and columns of zeros around an image: `[[top, bottom], [left, right]]`. */
export type Pads2d = readonly [readonly [top: number, bottom: number], readonly [left: number, right: number]]

/** How a window moves over an image. */
export interface Window2dOptions {
  /** Steps between windows. Default 1. */
  strides?: Pair
  /** Distance between neighbouring values of a window. Default 1: they touch. */
  dilations?: Pair
  /**
   * What to put around the image. `'same'`: zeros such that the output has the input's size divided by the stride,
   * rounded up; an odd one out goes below and to the right, as in TensorFlow. `'valid'` (the default): nothing.
   */
  pad?: 'same' | 'valid' | Pads2d
}

/** The sizes of a convolution. */
export interface Conv2dShape extends Window2dOptions {
  readonly kind?: 'conv2d'
  readonly input: readonly [batch: number, height: number, width: number, channels: number]
  readonly filter: readonly [height: number, width: number, inputChannels: number, outputChannels: number]
}

/** The sizes of a convolution in which every channel has filters of its own. */
export interface DepthwiseConv2dShape extends Window2dOptions {
  readonly kind?: 'depthwiseConv2d'
  readonly input: readonly [batch: number, height: number, width: number, channels: number]
  readonly filter: readonly [height: number, width: number, inputChannels: number, multiplier: number]
}

/** The sizes of a pool. */
export interface Pool2dShape extends Window2dOptions {
  readonly kind?: 'pool2d'
  readonly input: readonly [batch: number, height: number, width: number, channels: number]
  readonly window: Pair
}

interface Window2d {
  readonly output: readonly [batch: number, height: number, width: number, channels: number]
  readonly strides: readonly [vertical: number, horizontal: number]
  readonly dilations: readonly [vertical: number, horizontal: number]
  readonly pad: Pads2d
}

/** A checked convolution: every size is known. Plain data, and itself a shape. */
export interface Conv2dGeometry extends Window2d {
  readonly kind: 'conv2d'
  readonly input: Conv2dShape['input']
  readonly filter: Conv2dShape['filter']
}

/** A checked depthwise convolution. */
export interface DepthwiseConv2dGeometry extends Window2d {
  readonly kind: 'depthwiseConv2d'
  readonly input: DepthwiseConv2dShape['input']
  readonly filter: DepthwiseConv2dShape['filter']
}

/** A checked pool. */
export interface Pool2dGeometry extends Window2d {
  readonly kind: 'pool2d'
  readonly input: Pool2dShape['input']
  readonly window: readonly [height: number, width: number]
}

export type Geometry2d = Conv2dGeometry | DepthwiseConv2dGeometry | Pool2dGeometry

/** Geometries that were made here, frozen, so that nobody checks them again. */
const checked = new WeakSet<object>()

/**
 * Checks the sizes of a convolution, and works out the output's and the padding.
 *
 * @example
 * ```ts
 * import { conv2dGeometry } from '@lab/tensor/kernels'
 *
 * const geometry = conv2dGeometry({ input: [32, 28, 28, 1], filter: [3, 3, 1, 16], strides: 2, pad: 'same' })
 * geometry.output // → [32,14,14,16]
 * geometry.pad // → [[0,1],[0,1]]
 * ```
 */
export function conv2dGeometry(shape: Conv2dShape | Conv2dGeometry): Conv2dGeometry {
  if (isChecked('conv2d', shape)) return shape
  checkConvolution('conv2dGeometry', shape)
  const { input, filter } = shape
  const window = slide('conv2dGeometry', shape, [filter[0], filter[1]], filter[3])
  return remember({ kind: 'conv2d', input: [...input], filter: [...filter], ...window })
}

/**
 * Checks the sizes of a depthwise convolution. Output channel c·multiplier + m is filter m of input channel c.
 *
 * @example
 * ```ts
 * import { depthwiseConv2dGeometry } from '@lab/tensor/kernels'
 *
 * depthwiseConv2dGeometry({ input: [1, 8, 8, 3], filter: [3, 3, 3, 2] }).output // → [1,6,6,6]
 * ```
 */
export function depthwiseConv2dGeometry(
  shape: DepthwiseConv2dShape | DepthwiseConv2dGeometry,
): DepthwiseConv2dGeometry {
  if (isChecked('depthwiseConv2d', shape)) return shape
  checkConvolution('depthwiseConv2dGeometry', shape)
  const { input, filter } = shape
  const window = slide('depthwiseConv2dGeometry', shape, [filter[0], filter[1]], filter[2] * filter[3])
  return remember({ kind: 'depthwiseConv2d', input: [...input], filter: [...filter], ...window })
}

/**
 * Checks the sizes of a pool.
 *
 * @example
 * ```ts
 * import { pool2dGeometry } from '@lab/tensor/kernels'
 *
 * pool2dGeometry({ input: [1, 8, 8, 3], window: 2, strides: 2 }).output // → [1,4,4,3]
 * ```
 */
export function pool2dGeometry(shape: Pool2dShape | Pool2dGeometry): Pool2dGeometry {
  if (isChecked('pool2d', shape)) return shape
  const who = 'pool2dGeometry'
  const { input } = shape
  checkTuple(who, 'input', input, 0)
  const window = pairOf(who, 'window', shape.window)
  return remember({ kind: 'pool2d', input: [...input], window, ...slide(who, shape, window, input[3]) })
}

function isChecked<G extends Geometry2d>(kind: G['kind'], shape: { readonly kind?: string }): shape is G {
  if (shape.kind !== undefined && shape.kind !== kind) {
    throw new TypeError(`${kind}Geometry: got the sizes of a ${shape.kind}. Make them with ${kind}Geometry.`)
  }
  return checked.has(shape)
}

function remember<G extends Geometry2d>(geometry: G): G {
  for (const value of Object.values(geometry)) if (Array.isArray(value)) value.forEach(Object.freeze)
  for (const value of Object.values(geometry)) Object.freeze(value)
  checked.add(Object.freeze(geometry))
  return geometry
}

function slide(
  who: string,
  { input, ...options }: Window2dOptions & { input: readonly [number, number, number, number] },
  window: readonly [number, number],
  channels: number,
): Window2d {
  const strides = pairOf(who, 'strides', options.strides ?? 1)
  const dilations = pairOf(who, 'dilations', options.dilations ?? 1)
  const given = options.pad ?? 'valid'
  const sides = [0, 1].map((side) => {
    const name = side === 0 ? 'high' : 'wide'
    const size = input[side + 1]
    const reach = (window[side] - 1) * dilations[side] + 1
    const [before, after] = padsOf(who, given, side, padSame(size, reach, strides[side]))
    const room = size + before + after - reach
    // An image without rows has none in the output either, when the padding is `same`.
    if (room < 0 && !(given === 'same' && size === 0)) {
      throw new RangeError(
        `${who}: a window that reaches over ${reach} does not fit an image ${size + before + after} ${name}, padding ` +
          "included. Use a smaller window or dilation, or pad: 'same'.",
      )
    }
    return { before, after, size: Math.max(0, Math.floor(room / strides[side]) + 1) }
  })
  const [vertical, horizontal] = sides
  return {
    output: [input[0], vertical.size, horizontal.size, channels],
    strides,
    dilations,
    pad: [
      [vertical.before, vertical.after],
      [horizontal.before, horizontal.after],
    ],
  }
}

/** TensorFlow's rule: as many as the last window lacks, the smaller half first. */
function padSame(size: number, reach: number, stride: number): [before: number, after: number] {
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + reach - size)
  return size === 0 ? [0, 0] : [Math.floor(total / 2), Math.ceil(total / 2)]
}

function padsOf(
  who: string,
  pad: 'same' | 'valid' | Pads2d,
  side: number,
  same: readonly [number, number],
): readonly [number, number] {
  if (pad === 'same') return same
  if (pad === 'valid') return [0, 0]
  const valid = Array.isArray(pad) && pad.length === 2 && pad.every((pads) => isTuple(pads, 2, 0))
  if (!valid) {
    throw new RangeError(
      `${who}: pad must be 'same', 'valid' or [[top, bottom], [left, right]] in whole numbers, 0 or more, ` +
        `got ${JSON.stringify(pad)}.`,
    )
  }
  return pad[side]
}

function pairOf(who: string, name: string, value: Pair): readonly [number, number] {
  const pair = typeof value === 'number' ? ([value, value] as const) : value
  if (!isTuple(pair, 2, 1)) {
    throw new RangeError(
      `${who}: ${name} must be a whole number, 1 or more, or [vertical, horizontal], got ${JSON.stringify(value)}.`,
    )
  }
  return [pair[0], pair[1]]
}

function checkTuple(who: string, name: string, sizes: readonly number[], least: number): void {
  if (isTuple(sizes, 4, 0) && sizes[0] >= least && sizes[1] >= least) return
  throw new RangeError(
    `${who}: ${name} must hold four whole numbers, ` +
      `${least === 1 ? 'height and width 1 or more' : '0 or more'}, got [${sizes}].`,
  )
}

function isTuple(value: readonly number[], length: number, least: number): boolean {
  return Array.isArray(value) && value.length === length && value.every((v) => Number.isSafeInteger(v) && v >= least)
}

function checkConvolution(who: string, { input, filter }: Conv2dShape | DepthwiseConv2dShape): void {
  checkTuple(who, 'input', input, 0)
  checkTuple(who, 'filter', filter, 1)
  if (input[3] !== filter[2]) {
    throw new RangeError(
      `${who}: the input has ${input[3]} channels and the filter is for ${filter[2]}. Input [batch, height, width, ` +
        'channels], filter [height, width, input channels, …].',
    )
  }
}
