/** Compile-time proof that a schema's output and the shared wire type are one and the same. */

/** `true` when the two types are mutually assignable in every position, else `false`. */
export type Exact<A, B> =
  (<T>() => T extends Flat<A> ? 1 : 2) extends <T>() => T extends Flat<B> ? 1 : 2 ? true : false;

/** Fails to compile for anything but `true`. */
export type Proof<T extends true> = T;

/** Intersections and interfaces spelled out, so that only the members count. */
type Flat<T> = T extends (infer U)[]
  ? Flat<U>[]
  : T extends object
    ? { [K in keyof T]: Flat<T[K]> }
    : T;
