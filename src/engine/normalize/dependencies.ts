import { type Bits, bitItems, bitsOf, minus } from '#lib/bitset.ts';

/** A functional dependency over attributes numbered from 0: equal `left` implies equal `right`. */
export interface Fd {
  readonly left: Bits;
  readonly right: Bits;
}

/** A heading of `size` attributes with the dependencies that hold on it. */
export interface FdSet {
  readonly size: number;
  readonly fds: readonly Fd[];
}

/**
 * A result that may have been cut short. `complete: false` means that `value` is right as far as it goes (a lower
 * bound, a part of a list) and `reason` says in words what was not done.
 */
export interface Bounded<T> {
  readonly value: T;
  readonly complete: boolean;
  readonly reason?: string;
}

export function complete<T>(value: T): Bounded<T> {
  return { value, complete: true };
}

export function cut<T>(value: T, reason: string): Bounded<T> {
  return { value, complete: false, reason };
}

/** Builds a set from attribute numbers. */
export function fdSet(size: number, fds: readonly (readonly [left: readonly number[], right: readonly number[]])[]): FdSet {
  return { size, fds: fds.map(([left, right]) => ({ left: bitsOf(size, left), right: bitsOf(size, right) })) };
}

/** One attribute on each right side; trivial parts (attribute on both sides) are left out. */
export function splitRight(set: FdSet): Fd[] {
  return set.fds.flatMap(({ left, right }) =>
    bitItems(minus(right, left)).map((item) => ({ left, right: bitsOf(set.size, [item]) })),
  );
}
