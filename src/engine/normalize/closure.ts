import { addBit, type Bits, bitItems, hasBit, isSubset, minus, union } from '#lib/bitset.ts';
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
  /** The closure with the order in which dependencies fired. */
  derive(from: Bits): { readonly closure: Bits; readonly steps: readonly Step[] };
  /** Takes a dependency out of every later closure, or puts it back. */
  use(fd: number, active: boolean): void;
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

  function run(from: Bits, skip: number, steps?: Step[]): Bits {
    missing.set(needed);
    const closure = from.slice();
    let tail = 0;
    for (const item of bitItems(from)) queue[tail++] = item;
    const fire = (position: number) => {
      if (position === skip || inactive[position] === 1) return;
      const fresh = bitItems(minus((fds[position] as Fd).right, closure));
      for (const item of fresh) {
        addBit(closure, item);
        queue[tail++] = item;
      }
      if (fresh.length > 0) steps?.push({ fd: position, added: fresh });
    };
    for (const position of unconditional) fire(position);
    for (let head = 0; head < tail; head++) {
      const attribute = queue[head] as number;
      for (let at = starts[attribute] as number; at < (starts[attribute + 1] as number); at++) {
        const position = occurrences[at] as number;
        missing[position] = (missing[position] as number) - 1;
        if (missing[position] === 0) fire(position);
      }
    }
    return closure;
  }

  return {
    set,
    close: (from, skip = -1) => run(from, skip),
    derive(from) {
      const steps: Step[] = [];
      return { closure: run(from, -1, steps), steps };
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
  return isSubset(fd.right, known.close(fd.left));
}

/** Whether two sets over one heading say the same. */
export function equivalent(one: FdSet, other: FdSet): boolean {
  const first = closer(one);
  const second = closer(other);
  return one.fds.every((fd) => implies(second, fd)) && other.fds.every((fd) => implies(first, fd));
}

/** The union of several sets of attributes. */
export function unionOf(empty: Bits, sets: readonly Bits[]): Bits {
  return sets.reduce((all, one) => union(all, one), empty);
}
