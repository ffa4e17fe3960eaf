// Copies of short and long runs of bytes.

/** From this many bytes on the engine's own copy, a call out of WebAssembly, is the faster. */
const LONG: usize = 4096

/** Copies `bytes` bytes; the two runs may not overlap. */
// @ts-ignore: decorator
@inline
export function copyRun(from: usize, to: usize, bytes: usize): void {
  if (bytes >= LONG) {
    memory.copy(to, from, bytes)
  } else if (bytes >= 16) {
    const last = bytes - 16
    let at: usize = 0
    for (; at + 64 <= last; at += 64) {
      v128.store(to + at, v128.load(from + at))
      v128.store(to + at, v128.load(from + at, 16), 16)
      v128.store(to + at, v128.load(from + at, 32), 32)
      v128.store(to + at, v128.load(from + at, 48), 48)
    }
    for (; at < last; at += 16) v128.store(to + at, v128.load(from + at))
    // The last vector may write bytes for the second time: cheaper than a loop over what is left.
    v128.store(to + last, v128.load(from + last))
  } else {
    let at: usize = 0
    for (; at + 4 <= bytes; at += 4) store<u32>(to + at, load<u32>(from + at))
    for (; at < bytes; at++) store<u8>(to + at, load<u8>(from + at))
  }
}
