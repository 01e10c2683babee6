import { addBit, type Bits, bitItems, hasBit, isSubset, minus, noBits } from '#lib/bitset.ts';
import type { Fd, FdSet } from './dependencies.ts';

/** A dependency that fired, and the attributes it added. */
export interface Step {
  /** Position of the dependency in the set. */
  readonly fd: number;
  readonly added: readonly number[];
}

/** Attribute closures over one set of dependencies, prepared once and asked often. */
export interface Closer {
  readonly set: FdSet;
  /** Every attribute that `from` determines, itself included. @param skip position of a dependency to leave out. */
  close(from: Bits, skip?: number): Bits;
  /** Whether `from` determines all of `target`: stops as soon as it does. */
  determines(from: Bits, target: Bits, skip?: number): boolean;
  /** The closure with the order in which dependencies fired. */
  derive(from: Bits): { readonly closure: Bits; readonly steps: readonly Step[] };
  /** Takes a dependency out of every later closure, or puts it back. */
  use(fd: number, active: boolean): void;
}

/** Adds to `closure` and to the end of `queue` what is in `right` and new. @returns the new length of the queue. */
function pushFresh(closure: Bits, right: Bits, queue: Int32Array, tail: number): number {
  let end = tail;
  for (let i = 0; i < right.length; i++) {
    let word = (right[i] as number) & ~(closure[i] as number);
    if (word === 0) continue;
    closure[i] = (closure[i] as number) | word;
    while (word !== 0) {
      const low = word & -word;
      queue[end++] = (i << 5) + 31 - Math.clz32(low);
      word ^= low;
    }
  }
  return end;
}

/**
 * The linear-time closure of Beeri and Bernstein (ACM TODS 4(1), 1979): each dependency counts the attributes of its
 * left side that are still missing; each attribute knows the dependencies it is on the left of; a dependency fires when
 * its counter reaches zero. The counter that fires *is* the derivation, so explaining costs nothing extra.
 */
export function closer(set: FdSet): Closer {
  const { size, fds } = set;
  const { needed, starts, occurrences, unconditional } = indexOf(size, fds);
  const inactive = new Uint8Array(fds.length);
  const missing = new Int32Array(fds.length);
  const queue = new Int32Array(size);
  const nothing = noBits(size);

  function run(from: Bits, skip: number, target?: Bits, steps?: Step[]): Bits {
    missing.set(needed);
    const closure = nothing.slice();
    let tail = pushFresh(closure, from, queue, 0);
    const fire = (position: number): boolean => {
      if (position === skip || inactive[position] === 1) return false;
      const end = pushFresh(closure, (fds[position] as Fd).right, queue, tail);
      if (end === tail) return false;
      steps?.push({ fd: position, added: [...queue.subarray(tail, end)] });
      tail = end;
      return target !== undefined && isSubset(target, closure);
    };
    for (const position of unconditional) if (fire(position)) return closure;
    for (let head = 0; head < tail && (tail < size || steps !== undefined); head++) {
      const attribute = queue[head] as number;
      const end = starts[attribute + 1] as number;
      for (let at = starts[attribute] as number; at < end; at++) {
        const position = occurrences[at] as number;
        const left = (missing[position] as number) - 1;
        missing[position] = left;
        if (left === 0 && fire(position)) return closure;
      }
    }
    return closure;
  }

  return {
    set,
    close: (from, skip = -1) => run(from, skip),
    determines: (from, target, skip = -1) => isSubset(target, from) || isSubset(target, run(from, skip, target)),
    derive(from) {
      const steps: Step[] = [];
      return { closure: run(from, -1, undefined, steps), steps };
    },
    use(fd, active) {
      inactive[fd] = active ? 0 : 1;
    },
  };
}

/** For each attribute the dependencies it is on the left of, in one flat array. */
function indexOf(size: number, fds: readonly Fd[]) {
  const needed = new Int32Array(fds.length);
  const starts = new Int32Array(size + 1);
  const unconditional: number[] = [];
  const lefts = fds.map((fd) => bitItems(fd.left));
  lefts.forEach((left, position) => {
    needed[position] = left.length;
    if (left.length === 0) unconditional.push(position);
    for (const item of left) starts[item + 1] = (starts[item + 1] as number) + 1;
  });
  for (let item = 0; item < size; item++) starts[item + 1] = (starts[item + 1] as number) + (starts[item] as number);
  const occurrences = new Int32Array(starts[size] as number);
  const next = starts.slice();
  lefts.forEach((left, position) => {
    for (const item of left) {
      const slot = next[item] as number;
      occurrences[slot] = position;
      next[item] = slot + 1;
    }
  });
  return { needed, starts, occurrences, unconditional };
}

/**
 * The steps of a derivation that are needed to reach `target`, in firing order: what a person is shown as the proof.
 * @param steps as recorded by {@link Closer.derive} from `from`.
 */
export function proofOf(set: FdSet, from: Bits, steps: readonly Step[], target: Bits): readonly Step[] {
  const wanted = minus(target, from);
  const needed: Step[] = [];
  for (let at = steps.length - 1; at >= 0; at--) {
    const step = steps[at] as Step;
    if (!step.added.some((item) => hasBit(wanted, item))) continue;
    needed.push(step);
    for (const item of bitItems(minus((set.fds[step.fd] as Fd).left, from))) addBit(wanted, item);
  }
  return needed.reverse();
}

/** Whether the dependency follows from the set. */
export function implies(known: Closer, fd: Fd): boolean {
  return known.determines(fd.left, fd.right);
}

/** Whether two sets over one heading say the same. */
export function equivalent(one: FdSet, other: FdSet): boolean {
  const first = closer(one);
  const second = closer(other);
  return one.fds.every((fd) => implies(second, fd)) && other.fds.every((fd) => implies(first, fd));
}

/** The union of several sets of attributes. */
export function unionOf(empty: Bits, sets: readonly Bits[]): Bits {
  const all = empty.slice();
  for (const one of sets) for (let i = 0; i < all.length; i++) all[i] = (all[i] as number) | (one[i] as number);
  return all;
}
