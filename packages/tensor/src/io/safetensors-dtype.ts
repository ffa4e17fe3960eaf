import type { SafetensorsDtype } from './array-data.ts'

/** The format's name of each dtype, in the order in which the reference writes them: the widest first. */
const names: Readonly<Record<SafetensorsDtype, string>> = {
  u64: 'U64',
  i64: 'I64',
  f64: 'F64',
  c64: 'C64',
  f32: 'F32',
  u32: 'U32',
  i32: 'I32',
  bf16: 'BF16',
  f16: 'F16',
  u16: 'U16',
  i16: 'I16',
  f8_e5m2fnuz: 'F8_E5M2FNUZ',
  f8_e4m3fnuz: 'F8_E4M3FNUZ',
  f8_e8m0: 'F8_E8M0',
  f8_e4m3: 'F8_E4M3',
  f8_e5m2: 'F8_E5M2',
  i8: 'I8',
  u8: 'U8',
  f6_e3m2: 'F6_E3M2',
  f6_e2m3: 'F6_E2M3',
  f4: 'F4',
  bool: 'BOOL',
}

const ranks = /* @__PURE__ */ new Map(Object.keys(names).map((dtype, rank) => [dtype, rank]))
const dtypes = /* @__PURE__ */ new Map(Object.entries(names).map(([dtype, name]) => [name, dtype as SafetensorsDtype]))

/** The dtype that the format calls so. */
export function dtypeOfName(name: string): SafetensorsDtype | undefined {
  return dtypes.get(name)
}

/** What the format calls a dtype; undefined for what it lacks. */
export function nameOfDtype(dtype: string): string | undefined {
  return Object.hasOwn(names, dtype) ? names[dtype as SafetensorsDtype] : undefined
}

/** The place of a dtype in the order in which tensors are written. */
export function rankOfDtype(dtype: SafetensorsDtype): number {
  return ranks.get(dtype)!
}
