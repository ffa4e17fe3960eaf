// Functions of two values of an instruction or two, for floats and doubles alike.

@unmanaged
export class Add<T> {
  @inline
  prepare(): void {}

  @inline
  at(x: v128, y: v128): v128 {
    return v128.add<T>(x, y)
  }
}

@unmanaged
export class Sub<T> {
  @inline
  prepare(): void {}

  @inline
  at(x: v128, y: v128): v128 {
    return v128.sub<T>(x, y)
  }
}

@unmanaged
export class Mul<T> {
  @inline
  prepare(): void {}

  @inline
  at(x: v128, y: v128): v128 {
    return v128.mul<T>(x, y)
  }
}

@unmanaged
export class Div<T> {
  @inline
  prepare(): void {}

  @inline
  at(x: v128, y: v128): v128 {
    return v128.div<T>(x, y)
  }
}

/** NaN if either is. */
@unmanaged
export class Maximum<T> {
  @inline
  prepare(): void {}

  @inline
  at(x: v128, y: v128): v128 {
    return v128.max<T>(x, y)
  }
}

/** NaN if either is. */
@unmanaged
export class Minimum<T> {
  @inline
  prepare(): void {}

  @inline
  at(x: v128, y: v128): v128 {
    return v128.min<T>(x, y)
  }
}

@unmanaged
export class SquaredDifference<T> {
  @inline
  prepare(): void {}

  @inline
  at(x: v128, y: v128): v128 {
    const d = v128.sub<T>(x, y)
    return v128.mul<T>(d, d)
  }
}

@unmanaged
export class Equal<T> {
  @inline
  prepare(): void {}

  @inline
  at(x: v128, y: v128): v128 {
    return v128.eq<T>(x, y)
  }
}

@unmanaged
export class NotEqual<T> {
  @inline
  prepare(): void {}

  @inline
  at(x: v128, y: v128): v128 {
    return v128.ne<T>(x, y)
  }
}

@unmanaged
export class Less<T> {
  @inline
  prepare(): void {}

  @inline
  at(x: v128, y: v128): v128 {
    return v128.lt<T>(x, y)
  }
}

@unmanaged
export class LessEqual<T> {
  @inline
  prepare(): void {}

  @inline
  at(x: v128, y: v128): v128 {
    return v128.le<T>(x, y)
  }
}
