// Functions of an instruction or two, for floats and doubles alike.

@unmanaged
export class Abs<T> {
  @inline
  at(v: v128): v128 {
    return v128.abs<T>(v)
  }
}

@unmanaged
export class Neg<T> {
  @inline
  at(v: v128): v128 {
    return v128.neg<T>(v)
  }
}

@unmanaged
export class Square<T> {
  @inline
  at(v: v128): v128 {
    return v128.mul<T>(v, v)
  }
}

@unmanaged
export class Sqrt<T> {
  @inline
  at(v: v128): v128 {
    return v128.sqrt<T>(v)
  }
}

@unmanaged
export class Rsqrt<T> {
  @inline
  at(v: v128): v128 {
    return v128.div<T>(v128.splat<T>(1 as T), v128.sqrt<T>(v))
  }
}

@unmanaged
export class Reciprocal<T> {
  @inline
  at(v: v128): v128 {
    return v128.div<T>(v128.splat<T>(1 as T), v)
  }
}

@unmanaged
export class Floor<T> {
  @inline
  at(v: v128): v128 {
    return v128.floor<T>(v)
  }
}

@unmanaged
export class Ceil<T> {
  @inline
  at(v: v128): v128 {
    return v128.ceil<T>(v)
  }
}

@unmanaged
export class Round<T> {
  @inline
  at(v: v128): v128 {
    return v128.nearest<T>(v)
  }
}

/** 1, 0 or −1; NaN stays. */
@unmanaged
export class Sign<T> {
  @inline
  at(v: v128): v128 {
    const zero = v128.splat<T>(0 as T)
    const one = v128.splat<T>(1 as T)
    const sign = v128.sub<T>(v128.and(v128.gt<T>(v, zero), one), v128.and(v128.lt<T>(v, zero), one))
    return v128.bitselect(sign, v, v128.eq<T>(v, v))
  }
}

@unmanaged
export class Relu<T> {
  @inline
  at(v: v128): v128 {
    return v128.pmax<T>(v, v128.splat<T>(0 as T))
  }
}

/** Between two bounds; NaN stays. */
@unmanaged
export class Clip<T> {
  low: v128
  high: v128

  @inline
  prepare(low: f64, high: f64): void {
    this.low = v128.splat<T>(low as T)
    this.high = v128.splat<T>(high as T)
  }

  @inline
  at(v: v128): v128 {
    return v128.pmin<T>(v128.pmax<T>(v, this.low), this.high)
  }
}

@unmanaged
export class LeakyRelu<T> {
  alpha: v128

  @inline
  prepare(alpha: f64): void {
    this.alpha = v128.splat<T>(alpha as T)
  }

  @inline
  at(v: v128): v128 {
    return v128.bitselect(v128.mul<T>(v, this.alpha), v, v128.lt<T>(v, v128.splat<T>(0 as T)))
  }
}
