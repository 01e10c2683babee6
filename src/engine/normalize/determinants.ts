import { type Bits, bitItems, bitsKey, bitsOf, intersects, isSubset, minus, union } from '#lib/bitset.ts';
import type { Budget } from '../budget.ts';
import { type Closer, closer } from './closure.ts';
import { type Bounded, complete, cut, type Fd, type FdSet } from './dependencies.ts';
import { shrinkToKey } from './keys.ts';

/** Dependencies at which the search for all of them ends. */
const MAX_ATOMS = 2000;

/**
 * Every smallest set of attributes that determines one attribute, other than the attribute itself: Lucchesi and Osborn's
 * step (JCSS 17, 1978) with that attribute in place of the whole heading.
 */
function determinantsOf(known: Closer, item: number, budget: Budget, max: number): Bounded<Bits[]> {
  const target = bitsOf(known.set.size, [item]);
  const found: Bits[] = [target];
  const seen = new Set<string>();
  for (let at = 0; at < found.length; at++) {
    const determinant = found[at] as Bits;
    for (const fd of known.set.fds) {
      if (!intersects(fd.right, determinant)) continue;
      const candidate = union(fd.left, minus(determinant, fd.right));
      const key = bitsKey(candidate);
      if (seen.has(key)) continue;
      seen.add(key);
      if (found.some((one) => isSubset(one, candidate))) continue;
      if (found.length > max || budget.shouldStop()) return cut(found.slice(1), 'too many implied dependencies to look at each');
      found.push(shrinkToKey(known, candidate, target));
    }
  }
  return complete(found.slice(1));
}

/**
 * All dependencies with one attribute on the right and nothing extraneous on the left that a set implies: its atomic closure.
 * Every minimal cover is a part of it. May be exponentially many: when cut short, `value` holds some of them.
 * @param cover a cover of the set.
 */
export function atomicClosure(cover: FdSet, budget: Budget, max: number = MAX_ATOMS): Bounded<Fd[]> {
  const { size } = cover;
  const known = closer(cover);
  const atoms: Fd[] = [];
  const rights = new Set(cover.fds.flatMap((fd) => bitItems(fd.right)));
  for (const item of rights) {
    const found = determinantsOf(known, item, budget, max - atoms.length);
    atoms.push(...found.value.map((left) => ({ left, right: bitsOf(size, [item]) })));
    if (!found.complete) return cut(atoms, found.reason ?? 'undecided');
  }
  return complete(atoms);
}

/**
 * Whether a minimal cover other than this one exists: when some dependency of it follows from the rest of the atomic
 * closure, a cover can be made without it. `undefined` when the atomic closure was not found in full and does not show it.
 * @param minimal a minimal cover, one attribute on each right side.
 */
export function hasOtherCover(minimal: FdSet, atoms: Bounded<readonly Fd[]>): boolean | undefined {
  const { size } = minimal;
  const all = [...minimal.fds, ...atoms.value];
  const known = closer({ size, fds: all });
  const keys = all.map((fd) => `${bitsKey(fd.left)}>${bitsKey(fd.right)}`);
  const other = minimal.fds.some((fd, at) => {
    const same = keys.flatMap((key, position) => (key === keys[at] ? [position] : []));
    for (const position of same) known.use(position, false);
    const follows = known.determines(fd.left, fd.right);
    for (const position of same) known.use(position, true);
    return follows;
  });
  return other || (atoms.complete ? false : undefined);
}

/**
 * A cover with the fewest dependencies (Maier, J. ACM 27(4), 1980): a dependency whose left side determines an equivalent
 * left side without the help of its equivalents is added to that one. Finding the fewest *attributes* is NP-hard; this is not.
 * @param cover a canonical cover.
 */
export function minimumCover(cover: FdSet): FdSet {
  const known = closer(cover);
  const classes = new Map<string, number[]>();
  cover.fds.forEach((fd, at) => {
    const key = bitsKey(known.close(fd.left));
    classes.set(key, [...(classes.get(key) ?? []), at]);
  });
  const fds: (Fd | undefined)[] = [...cover.fds];
  for (const members of classes.values()) {
    if (members.length < 2) continue;
    // What holds without the equivalence class: left sides are compared by it alone.
    for (const at of members) known.use(at, false);
    for (const at of members) {
      const fd = fds[at] as Fd;
      const into = members.find(
        (other) => other !== at && fds[other] !== undefined && known.determines(fd.left, (fds[other] as Fd).left),
      );
      if (into === undefined) continue;
      const target = fds[into] as Fd;
      fds[into] = { left: target.left, right: minus(union(target.right, fd.right), target.left) };
      fds[at] = undefined;
    }
    for (const at of members) known.use(at, true);
  }
  return { size: cover.size, fds: fds.filter((fd) => fd !== undefined) };
}
