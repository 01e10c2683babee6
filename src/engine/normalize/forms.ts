import {
  allBits,
  type Bits,
  bitCount,
  bitItems,
  bitsKey,
  bitsOf,
  hasBit,
  intersection,
  intersects,
  isEmpty,
  isSubset,
  minus,
  noBits,
  sameBits,
  union,
  without,
} from '#lib/bitset.ts';
import type { Budget } from '../budget.ts';
import { type Closer, closer, unionOf } from './closure.ts';
import { mergeLefts, minimalCover, reduceLeft } from './cover.ts';
import type { Bounded, Fd, FdSet } from './dependencies.ts';
import { eachKey, inSomeKey, isPrime, type Keys, keysOfCover } from './keys.ts';
import type { NormalForm } from './verdict.ts';

export type BrokenForm = '2NF' | '3NF' | 'EKNF' | 'BCNF';

/** A dependency of the cover whose left side is no key, split by the form its right side breaks. */
export interface Breach extends Fd {
  /** The lowest form it breaks. */
  readonly form: BrokenForm;
}

export interface Forms {
  /** The highest form proved. */
  readonly highest: NormalForm;
  /** Each form: proved, disproved, or undecided when absent. */
  readonly is: { readonly [F in BrokenForm]?: boolean };
  readonly breaches: readonly Breach[];
  readonly keys: Bounded<Keys>;
}

/** Closures times dependencies that a question over all keys may cost before it is left open: about half a second. */
const MAX_WORK = 4_000_000;
/** The same where the answer only tells which of two forms above a broken one a dependency breaks. */
const LITTLE_WORK = 100_000;

interface Case {
  readonly known: Closer;
  readonly all: Bits;
  readonly keys: Bounded<Keys>;
  readonly budget: Budget;
}

/** A partial dependency of attributes that are in no key: the smallest part of some key that determines them. */
function partialDependency(at: Case): Fd | false | undefined {
  const keys = at.keys.value;
  const size = at.known.set.size;
  let work = 0;
  for (const key of eachKey(keys)) {
    for (const item of bitItems(key)) {
      work += at.known.set.fds.length + 1;
      const left = without(key, item);
      const reached = intersection(at.known.close(left), keys.nonPrime);
      const first = bitItems(reached)[0];
      if (first === undefined) continue;
      const reduced = reduceLeft(at.known, left, bitsOf(size, [first]));
      return { left: reduced, right: intersection(at.known.close(reduced), keys.nonPrime) };
    }
    if (work >= MAX_WORK || at.budget.shouldStop()) return undefined;
  }
  return at.keys.complete ? false : undefined;
}

/**
 * Attributes that may show some key to be elementary: those that need every part of it. A group's attributes never need
 * a part that no chain of dependencies leads from; what the others need is found by leaving each part out.
 */
function witnesses(at: Case): Bits {
  const { core, groups } = at.keys.value;
  if (groups.length < 2) return at.all;
  const size = at.known.set.size;
  const parts = [...bitItems(core).map((item) => bitsOf(size, [item])), ...groups.map((group) => group.attributes)];
  const chosen = unionOf(noBits(size), parts);
  let shown = minus(at.all, chosen);
  for (const part of parts) {
    if (isEmpty(shown)) break;
    shown = minus(shown, at.known.close(minus(chosen, part)));
  }
  for (const group of groups) {
    const sources = sourcesOf(at.known.set, group.attributes);
    if (parts.every((part) => isSubset(part, sources))) shown = union(shown, group.attributes);
  }
  return shown;
}

/** The attributes from which a chain of dependencies leads to some of `target`, itself included. */
function sourcesOf(set: FdSet, target: Bits): Bits {
  let reached = target;
  for (;;) {
    const before = reached;
    for (const fd of set.fds) if (intersects(fd.right, reached)) reached = union(reached, fd.left);
    if (sameBits(before, reached)) return reached;
  }
}

/** A key is elementary when it determines some attribute that no proper part of it determines (Zaniolo, ACM TODS 7(3), 1982). */
function isElementaryKey(at: Case, key: Bits, shown: Bits): boolean {
  let rest = minus(shown, key);
  for (const item of bitItems(key)) {
    if (isEmpty(rest)) return false;
    rest = minus(rest, at.known.close(without(key, item)));
  }
  return !isEmpty(rest);
}

/** Which of the prime attributes asked for are in an elementary key: proved ones, and whether the others are disproved. */
function elementaryPrimes(at: Case, asked: Bits, maxWork: number): { proved: Bits; decided: boolean } {
  let proved = noBits(at.known.set.size);
  if (isEmpty(asked)) return { proved, decided: true };
  const shown = witnesses(at);
  if (isEmpty(shown)) return { proved, decided: true };
  let work = 0;
  for (const key of eachKey(at.keys.value)) {
    const fresh = minus(intersection(key, asked), proved);
    work += isEmpty(fresh) ? 1 : bitCount(key) * (at.known.set.fds.length + 1);
    if (!isEmpty(fresh) && isElementaryKey(at, key, shown)) proved = union(proved, fresh);
    if (isSubset(asked, proved)) return { proved, decided: true };
    if (work >= maxWork || at.budget.shouldStop()) return { proved, decided: false };
  }
  return { proved, decided: at.keys.complete };
}

/**
 * The normal form of a whole heading under functional dependencies: exact for 2NF, 3NF, EKNF and BCNF unless the number
 * of keys passes the budget; then what is proved is said and the rest is left open.
 *
 * Testing a cover is enough for 3NF, EKNF and BCNF of a *whole* heading: if an implied dependency breaks the form, so does
 * the cover's dependency that fires last in its derivation. (Of a part of a heading this is false: project first.)
 * 2NF looks at every key, as a partial dependency may be implied without being in the cover.
 * @param maxGroupKeys where the enumeration of keys inside one group stops.
 */
export function findForms(set: FdSet, budget: Budget, maxGroupKeys?: number): Bounded<Forms> {
  const minimal = minimalCover(set, budget);
  const cover = mergeLefts(minimal);
  const known = closer(cover);
  const at: Case = { known, all: allBits(set.size), keys: keysOfCover(minimal, budget, maxGroupKeys), budget };
  const violating = cover.fds.filter((fd) => !isSubset(at.all, known.close(fd.left)));
  const split = violating.map((fd) => splitByPrimality(at.keys.value, fd));

  const is: { [F in BrokenForm]?: boolean } = { BCNF: violating.length === 0 };
  const third = split.some(({ nonPrime }) => nonPrime.length > 0) ? false : !split.some(({ open }) => open.length > 0) || undefined;
  if (third !== undefined) is['3NF'] = third;

  const primes = bitsOf(
    set.size,
    split.flatMap(({ prime }) => prime),
  );
  const elementary = elementaryPrimes(at, primes, third === false ? LITTLE_WORK : MAX_WORK);
  const outside = minus(primes, elementary.proved);
  if (third === false || (elementary.decided && !isEmpty(outside))) is.EKNF = false;
  else if (third === true && isEmpty(outside)) is.EKNF = true;

  const breaches = split.flatMap((one) => breachesOf(at, one, elementary.decided ? outside : noBits(set.size)));
  if (breaches.some((breach) => breach.form === '2NF')) is['2NF'] = false;
  else if (third !== true) {
    const partial = partialDependency(at);
    if (partial !== undefined) is['2NF'] = partial === false;
    if (partial !== undefined && partial !== false) breaches.unshift({ ...partial, form: '2NF' });
  }
  return conclude(is, breaches, at.keys);
}

interface SplitFd {
  readonly fd: Fd;
  readonly prime: readonly number[];
  readonly nonPrime: readonly number[];
  /** Attributes of which primality was not settled. */
  readonly open: readonly number[];
}

function splitByPrimality(keys: Keys, fd: Fd): SplitFd {
  const items = bitItems(minus(fd.right, fd.left));
  return {
    fd,
    prime: items.filter((item) => isPrime(keys, item) === true),
    nonPrime: items.filter((item) => isPrime(keys, item) === false),
    open: items.filter((item) => isPrime(keys, item) === undefined),
  };
}

function breachesOf(at: Case, { fd, prime, nonPrime, open }: SplitFd, notElementary: Bits): Breach[] {
  const size = at.known.set.size;
  const breaches: Breach[] = [];
  const add = (form: BrokenForm, items: readonly number[]) => {
    if (items.length > 0) breaches.push({ form, left: fd.left, right: bitsOf(size, items) });
  };
  add(inSomeKey(at.keys.value, fd.left) ? '2NF' : '3NF', nonPrime);
  add(
    'EKNF',
    prime.filter((item) => hasBit(notElementary, item)),
  );
  add('BCNF', [...prime.filter((item) => !hasBit(notElementary, item)), ...open]);
  return breaches;
}

const ORDER = ['2NF', '3NF', 'EKNF', 'BCNF'] as const;

function conclude(is: Forms['is'], breaches: readonly Breach[], keys: Bounded<Keys>): Bounded<Forms> {
  // A form above that is proved proves those below; one below that is disproved disproves those above.
  const settled: { [F in BrokenForm]?: boolean } = { ...is };
  for (const form of [...ORDER].reverse()) {
    const above = ORDER[ORDER.indexOf(form) + 1];
    if (settled[form] === undefined && above !== undefined && settled[above] === true) settled[form] = true;
  }
  let highest: NormalForm = '1NF';
  let open: BrokenForm | undefined;
  for (const form of ORDER) {
    if (settled[form] === true) highest = form;
    else {
      if (settled[form] === undefined) open = form;
      break;
    }
  }
  const unique = new Map(breaches.map((breach) => [`${breach.form} ${bitsKey(breach.left)} ${bitsKey(breach.right)}`, breach]));
  const value: Forms = { highest, is: settled, breaches: [...unique.values()], keys };
  if (open === undefined) return { value, complete: true };
  const broken = ORDER.find((form) => settled[form] === false);
  const proved = broken === undefined ? '' : `not ${broken} (proved); `;
  return {
    value,
    complete: false,
    reason: `${proved}${open} undecided: ${keys.reason ?? 'too many combinations of keys to look at each'}`,
  };
}
