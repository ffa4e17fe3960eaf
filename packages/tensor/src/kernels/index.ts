export { Arena, arena } from './arena.ts'
export { Block } from './block.ts'
export type { BlockOwner } from './block.ts'
export { concat } from './concat.ts'
export type { ConcatOptions } from './concat.ts'
<<<<<<< HEAD
export { conv2d, conv2dFilterGradient, conv2dInputGradient } from './conv2d.ts'
export type { Conv2dOperands } from './conv2d.ts'
export { depthwiseConv2d, depthwiseConv2dFilterGradient, depthwiseConv2dInputGradient } from './depthwise-conv2d.ts'
export type { DepthwiseConv2dOperands } from './depthwise-conv2d.ts'
export type { DType, DTypeOf, DTypeViews } from './dtype.ts'
export { abs, ceil, floor, neg, reciprocal, round, rsqrt, sign, sqrt, square } from './elementary.ts'
=======
export { cumsum } from './cumsum.ts'
export type { CumsumOptions } from './cumsum.ts'
export type { DType, DTypeViews } from './dtype.ts'
export { argmax, argmin, max, min } from './extremes.ts'
>>>>>>> sorting
export type { FamilyBinary, Kernel, LoadedFamily } from './family.ts'
export { gather, scatterAdd } from './gather.ts'
export type { GatherOptions } from './gather.ts'
export { gemm } from './gemm.ts'
export type { GemmOptions } from './gemm.ts'
export { gemv } from './gemv.ts'
export type { GemvOptions } from './gemv.ts'
export { Heap, defaultHeap } from './heap.ts'
export type { HeapOptions, Split } from './heap.ts'
<<<<<<< HEAD
export { ownMemory } from './memory.ts'
export type { MemorySource, OwnMemoryOptions } from './memory.ts'
<<<<<<< HEAD
export { clip, elu, leakyRelu, relu, relu6 } from './rectifiers.ts'
export type { ClipOptions, EluOptions, LeakyReluOptions } from './rectifiers.ts'
=======
export { averagePool2d, averagePool2dGradient, maxPool2d, maxPool2dGradient } from './pool2d.ts'
export type { AveragePool2dOptions } from './pool2d.ts'
>>>>>>> conv
export { slice } from './slice.ts'
export type { SliceOptions } from './slice.ts'
export type { FloatDType } from './stored-matrix.ts'
export { syrk } from './syrk.ts'
export type { SyrkOptions } from './syrk.ts'
export { cos, erf, exp, expm1, gelu, log, log1p, sigmoid, sin, softplus, tanh } from './transcendental.ts'
=======
export type { MemorySource } from './memory.ts'
export type { AxisOptions } from './reduction.ts'
export { slice } from './slice.ts'
export type { SliceOptions } from './slice.ts'
export { argsort, sort } from './sort.ts'
export type { SortOptions } from './sort.ts'
export { mean, prod, sum, sumOfSquares } from './sum.ts'
export type { SumOf } from './sum.ts'
export { topk } from './topk.ts'
export type { TopkOptions } from './topk.ts'
>>>>>>> sorting
export { transpose } from './transpose.ts'
export type { TransposeOptions } from './transpose.ts'
export type { Float, Unary } from './unary.ts'
export { axpy, dot, nrm2, scal } from './vector.ts'
export { conv2dGeometry, depthwiseConv2dGeometry, pool2dGeometry } from './window2d.ts'
export type {
  Conv2dGeometry,
  Conv2dShape,
  DepthwiseConv2dGeometry,
  DepthwiseConv2dShape,
  Pads2d,
  Pair,
  Pool2dGeometry,
  Pool2dShape,
  Window2dOptions,
} from './window2d.ts'
export type { Activation } from './window2d-call.ts'
