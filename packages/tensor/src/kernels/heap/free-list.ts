/** A stretch of free bytes. */
interface Gap {
  ptr: number
  bytes: number
}

/** Keeps what is free of a memory, in order of address; neighbours that become free are joined. */
export class FreeList {
  readonly #gaps: Gap[] = []

  /** Takes `bytes` from the smallest gap that holds them; -1 when none does. */
  take(bytes: number): number {
    let best = -1
    for (let i = 0; i < this.#gaps.length; i++) {
      const size = this.#gaps[i].bytes
      if (size >= bytes && (best < 0 || size < this.#gaps[best].bytes)) best = i
    }
    if (best < 0) return -1
    const gap = this.#gaps[best]
    const { ptr } = gap
    gap.ptr += bytes
    gap.bytes -= bytes
    if (gap.bytes === 0) this.#gaps.splice(best, 1)
    return ptr
  }

  give(ptr: number, bytes: number): void {
    let i = 0
    while (i < this.#gaps.length && this.#gaps[i].ptr < ptr) i++
    const before = this.#gaps[i - 1]
    const after = this.#gaps[i]
    const joinsBefore = before !== undefined && before.ptr + before.bytes === ptr
    const joinsAfter = after !== undefined && ptr + bytes === after.ptr
    if (joinsBefore && joinsAfter) {
      before.bytes += bytes + after.bytes
      this.#gaps.splice(i, 1)
    } else if (joinsBefore) before.bytes += bytes
    else if (joinsAfter) {
      after.ptr = ptr
      after.bytes += bytes
    } else this.#gaps.splice(i, 0, { ptr, bytes })
  }

  /** How many bytes are free at the very end of a memory that ends at `end`. */
  bytesBefore(end: number): number {
    const last = this.#gaps[this.#gaps.length - 1]
    return last !== undefined && last.ptr + last.bytes === end ? last.bytes : 0
  }
}
