import { allBits, type Bits, bitItems, bitsKey, bitsOf, intersection, sameBits } from '#lib/bitset.ts';
import type { Budget } from '../budget.ts';
import { Mixed, type Mvd } from './basis.ts';
import { type Closer, closer } from './closure.ts';
import { canonicalCover, mergeLefts } from './cover.ts';
import type { Bounded, Fd, FdSet } from './dependencies.ts';
import { type BrokenForm, findForms } from './forms.ts';
import { fourthBreachIn, type Split } from './fourth.ts';
import { chase, lostBy } from './join.ts';
import { listKeys } from './keys.ts';
import { narrow, project } from './project.ts';
import type { NormalForm } from './verdict.ts';

/** One table of a decomposition with what is proved of it, its dependencies projected exactly. */
export interface Part {
  readonly attributes: Bits;
  /** Candidate keys, at most 20. */
  readonly keys: readonly Bits[];
  readonly form: NormalForm;
  readonly is: { readonly [F in BrokenForm]?: boolean };
  /** Whether it is in 4NF under the multivalued dependencies that hold in it too; absent when undecided. */
  readonly fourth?: boolean;
  /** Projected dependencies, as a cover. */
  readonly fds: readonly Fd[];
  readonly complete: boolean;
  readonly reason?: string;
}

export interface Decomposition {
  readonly parts: readonly Part[];
  readonly lossless: boolean;
  /** Dependencies of the canonical cover that no part can check on its own. */
  readonly lost: readonly Fd[];
  /** The splits that made it, where they are the proof that the join loses nothing: with multivalued dependencies. */
  readonly splits?: readonly Split[];
}

const SHOWN_KEYS = 20;
/** Parts up to this many attributes are tested for BCNF by closing subsets. */
const SMALL = 7;

/** Whether every subset of a part determines nothing else of it, or all. */
function smallIsBcnf(known: Closer, part: Bits, items: readonly number[]): boolean {
  for (let mask = 0; mask < 2 ** items.length - 1; mask++) {
    const left = bitsOf(
      known.set.size,
      items.filter((_, at) => (mask >> at) & 1),
    );
    const inside = intersection(known.close(left), part);
    if (!sameBits(inside, left) && !sameBits(inside, part)) return false;
  }
  return true;
}

/** Judges parts of one heading and remembers what it found: orders of splitting meet the same parts again and again. */
export class PartJudge {
  readonly set: FdSet;
  readonly cover: FdSet;
  readonly known: Closer;
  readonly budget: Budget;
  readonly #mixed: Mixed | undefined;
  readonly #projected = new Map<string, Bounded<FdSet>>();
  readonly #judged = new Map<string, Part>();
  readonly #bcnf = new Map<string, boolean>();

  /** @param set every functional dependency that holds, those that follow from the multivalued ones too. */
  constructor(set: FdSet, budget: Budget, mvds: readonly Mvd[] = []) {
    this.set = set;
    this.budget = budget;
    this.cover = canonicalCover(set, budget);
    this.known = closer(this.cover);
    this.#mixed = mvds.length === 0 ? undefined : new Mixed(set, mvds);
  }

  /** A canonical cover of what holds in a part. */
  project(part: Bits): Bounded<FdSet> {
    const key = bitsKey(part);
    const known = this.#projected.get(key);
    if (known !== undefined) return known;
    const { value, ...how } = project(this.cover, part, this.budget);
    const projected = { value: mergeLefts(value), ...how };
    this.#projected.set(key, projected);
    return projected;
  }

  /** Dependencies of a part whose left side is no key of it. */
  violations(part: Bits): readonly Fd[] {
    return this.project(part).value.fds.filter((fd) => !this.known.determines(fd.left, part));
  }

  /** Whether a part is in BCNF by every dependency implied inside it; `undefined` when that was not settled. */
  isBcnf(part: Bits): boolean | undefined {
    const items = bitItems(part);
    if (items.length <= SMALL) {
      const key = bitsKey(part);
      const known = this.#bcnf.get(key) ?? smallIsBcnf(this.known, part, items);
      this.#bcnf.set(key, known);
      return known;
    }
    if (this.violations(part).length > 0) return false;
    return this.project(part).complete ? true : undefined;
  }

  judge(part: Bits): Part {
    const key = bitsKey(part);
    const known = this.#judged.get(key);
    if (known !== undefined) return known;
    const judged = this.#judgeNew(part);
    this.#judged.set(key, judged);
    return judged;
  }

  #judgeNew(attributes: Bits): Part {
    const { size } = this.set;
    const projected = this.project(attributes);
    const { set: inside, items } = narrow(projected.value, attributes);
    const forms = findForms(inside, this.budget);
    const widen = (bits: Bits) =>
      bitsOf(
        size,
        bitItems(bits).map((at) => items[at] as number),
      );
    const common = {
      attributes,
      keys: listKeys(forms.value.keys.value, SHOWN_KEYS).map(widen),
      fds: projected.value.fds,
      ...this.#fourth(attributes, forms.value.is.BCNF, projected.complete),
    };
    if (projected.complete && forms.complete) return { ...common, form: forms.value.highest, is: forms.value.is, complete: true };
    // With dependencies missing, a left side that determines the whole part is still a key of it, so what breaks BCNF does;
    // a form that seems to hold is not proved, nor are primes, and so no form below.
    const is = projected.complete ? forms.value.is : forms.value.is.BCNF === false ? { BCNF: false } : {};
    const form = projected.complete ? forms.value.highest : '1NF';
    return { ...common, form, is, complete: false, reason: projected.reason ?? forms.reason ?? 'undecided' };
  }

  #fourth(part: Bits, bcnf: boolean | undefined, complete: boolean): Pick<Part, 'fourth'> {
    if (bcnf === false) return { fourth: false };
    if (this.#mixed === undefined) return complete ? { fourth: true } : {};
    const breach = fourthBreachIn(this.#mixed, part, this.budget);
    if (breach.value !== undefined) return { fourth: false };
    return breach.complete ? { fourth: true } : {};
  }

  /** Puts a decomposition together: every part judged, the join chased, every dependency of the cover looked for. */
  assemble(parts: readonly Bits[], splits?: readonly Split[]): Bounded<Decomposition> {
    const judged = parts.map((part) => this.judge(part));
    const lost = lostBy(this.cover, parts);
    const join = splits === undefined ? this.#join(parts, lost) : { lossless: true, complete: true };
    const value = {
      parts: judged,
      lossless: join.lossless,
      lost,
      ...(splits === undefined ? {} : { splits }),
    };
    const open = judged.find((part) => !part.complete);
    if (!join.complete && !join.lossless) return { value, complete: false, reason: 'the chase of the join was not finished' };
    return open === undefined ? { value, complete: true } : { value, complete: false, reason: open.reason ?? 'undecided' };
  }

  /**
   * Whether the join of the parts is lossless. A preserving decomposition with a key in some part is (Biskup, Dayal and
   * Bernstein 1979), which is quick to see; otherwise the chase decides.
   */
  #join(parts: readonly Bits[], lost: readonly Fd[]): { readonly lossless: boolean; readonly complete: boolean } {
    const { cover, known } = this;
    const whole = allBits(cover.size);
    if (lost.length === 0 && parts.some((part) => known.determines(part, whole))) return { lossless: true, complete: true };
    return chase(cover, parts, whole, this.budget);
  }
}

/** Judges one part of a heading: projects the dependencies onto it and tests the result. */
export function judgePart(set: FdSet, attributes: Bits, budget: Budget, mvds: readonly Mvd[] = []): Part {
  return new PartJudge(set, budget, mvds).judge(attributes);
}
