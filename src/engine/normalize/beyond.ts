import { bitCount } from '#lib/bitset.ts';
import type { Budget } from '../budget.ts';
import { closeMixed, type Mvd } from './basis.ts';
import type { Bounded, FdSet } from './dependencies.ts';
import { type Forms, findForms } from './forms.ts';
import { fourthBreaches, type MvdBreach } from './fourth.ts';
import type { Keys } from './keys.ts';

/** Keys found inside one group of attributes while someone types; an open question then is said to be open. */
export const INTERACTIVE_KEYS = 200;

/** Why a form above BCNF holds or not. */
export type HigherReason =
  /** BCNF and a key of one attribute: 4NF, whatever multivalued dependencies there are. */
  | 'simple-key'
  /** 3NF and every key of one attribute: 5NF, whatever join dependencies there are. */
  | 'simple-keys'
  /** The keys explain every dependency that was given; one that was not given may break the form. */
  | 'given'
  | 'lower-form'
  | 'multivalued'
  | 'undecided';

export interface Higher {
  /** Absent when undecided. */
  readonly holds?: boolean;
  readonly because: HigherReason;
  /** The reason in one sentence. */
  readonly words: string;
}

export interface Beyond {
  readonly fourth: Higher;
  readonly fifth: Higher;
  /** Multivalued dependencies without a superkey on the left. */
  readonly breaches: readonly MvdBreach[];
}

/** What is proved of a heading under functional and multivalued dependencies together. */
export interface Judged {
  /** Keys and forms under every functional dependency that both kinds imply. */
  readonly forms: Bounded<Forms>;
  readonly beyond: Beyond;
  /** The functional dependencies with those that follow from the multivalued ones. */
  readonly set: FdSet;
}

const WORDS: Readonly<Record<HigherReason, string>> = {
  'simple-key':
    'In BCNF, and some key is one attribute: then every multivalued dependency follows from the keys (Date and Fagin 1992).',
  'simple-keys': 'In 3NF, and every key is one attribute: then every join dependency follows from the keys (Date and Fagin 1992).',
  given: 'The keys explain every dependency that was given; the form holds if there is no other.',
  'lower-form': 'A lower form is broken.',
  multivalued: 'A multivalued dependency has a left side that is no key.',
  undecided: 'Not decided.',
};

function higher(because: HigherReason, holds?: boolean): Higher {
  return { because, words: WORDS[because], ...(holds === undefined ? {} : { holds }) };
}

/** Attributes of the smallest and the largest key: decided group by group. */
function keySizes({ core, groups }: Keys): { least: number; most: number } {
  const sizes = groups.map((group) => group.keys.map(bitCount));
  const sum = (pick: (...of: number[]) => number) =>
    sizes.reduce((total, of) => total + of.reduce((a, b) => pick(a, b)), bitCount(core));
  return { least: sum(Math.min), most: sum(Math.max) };
}

/**
 * 4NF and 5NF of a heading. Two cases need no knowledge of other dependencies at all: 3NF with only simple keys is 5NF,
 * BCNF with some simple key is 4NF (Date and Fagin, ACM TODS 17(3), 1992). Otherwise 4NF is decided for what was given, and
 * so is 5NF: when the keys imply all that was given, they imply every join dependency that it implies.
 */
export function findBeyond(set: FdSet, mvds: readonly Mvd[], forms: Bounded<Forms>): Beyond {
  const { is, keys } = forms.value;
  const { least, most } = keySizes(keys.value);
  if (is['3NF'] === true && keys.complete && most <= 1) {
    return { fourth: higher('simple-key', true), fifth: higher('simple-keys', true), breaches: [] };
  }
  const breaches = mvds.length === 0 ? [] : fourthBreaches(set, mvds).filter(({ functional }) => functional !== true);
  if (is.BCNF === false) return { fourth: higher('lower-form', false), fifth: higher('lower-form', false), breaches };
  if (breaches.length > 0) return { fourth: higher('multivalued', false), fifth: higher('lower-form', false), breaches };
  if (is.BCNF === undefined) return { fourth: higher('undecided'), fifth: higher('undecided'), breaches };
  return { fourth: higher(least <= 1 ? 'simple-key' : 'given', true), fifth: higher('given', true), breaches };
}

/**
 * Keys, forms up to 5NF under functional and multivalued dependencies together.
 * @param maxGroupKeys where the enumeration of keys inside one group stops: {@link INTERACTIVE_KEYS} while someone types.
 */
export function judgeHeading(set: FdSet, mvds: readonly Mvd[], budget: Budget, maxGroupKeys?: number): Judged {
  const mixed = closeMixed(set, mvds, budget);
  const found = findForms(mixed.value, budget, maxGroupKeys);
  const forms = mixed.complete ? found : weaken(set, mvds, found, mixed.reason ?? 'undecided');
  return { forms, beyond: findBeyond(set, mvds, forms), set: mixed.value };
}

/** With dependencies maybe missing, what was found is a superkey and maybe no key: only 4NF, and what breaks it, is exact. */
function weaken(set: FdSet, mvds: readonly Mvd[], found: Bounded<Forms>, reason: string): Bounded<Forms> {
  const fourth = fourthBreaches(set, mvds);
  if (fourth.length === 0) {
    return {
      ...found,
      value: { ...found.value, highest: 'BCNF', is: { '2NF': true, '3NF': true, EKNF: true, BCNF: true }, breaches: [] },
    };
  }
  const broken = fourth.some(({ functional }) => functional === true);
  const value: Forms = { ...found.value, highest: '1NF', is: broken ? { BCNF: false } : {}, breaches: [] };
  return { value, complete: false, reason: `${broken ? 'not BCNF (proved); ' : ''}2NF undecided: ${reason}` };
}
