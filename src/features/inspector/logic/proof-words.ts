import type { Verdict, Violation } from '#engine/normalize/verdict.ts';
import type { Id } from '#model/types.ts';
import { count, listed } from './words.ts';

type NameOf = (column: Id) => string;

/** A violation as a proof to read. */
export interface Proof {
  readonly title: string;
  /** `{zip}⁺ = {zip, city, state}` */
  readonly closure: string;
  /** Why the closure shows it. */
  readonly because: readonly string[];
  /** What to do. */
  readonly todo: string;
}

const ORDINAL = {
  '2NF': 'second normal form',
  '3NF': 'third normal form',
  EKNF: 'elementary key normal form',
  BCNF: 'Boyce-Codd normal form',
} as const;

function set(ids: readonly Id[], name: NameOf): string {
  return `{${ids.map(name).join(', ')}}`;
}

function few(ids: readonly Id[], name: NameOf, most = 4): string {
  const names = ids.slice(0, most).map(name);
  return ids.length > most ? `${names.join(', ')} and ${ids.length - most} more` : listed(names);
}

function keysWords(verdict: Verdict, name: NameOf): string {
  const keys = verdict.candidateKeys.slice(0, 3).map((key) => set(key, name));
  const more = verdict.candidateKeys.length - keys.length;
  return `${listed(keys, 'or')}${more > 0 ? ` or ${more} more` : ''}`;
}

/** The proof of one violation, in the words of the definitions (Codd 1971, 1974; Zaniolo 1982). */
export function proofOf(verdict: Verdict, violation: Violation, name: NameOf): Proof {
  const left = few(violation.determinant, name);
  const right = few(violation.dependent, name);
  const because = [`It misses ${few(violation.missing, name)}, so ${left} is no key.`];
  if (violation.form === '2NF') {
    because.push(
      `${left} is part of a candidate key (${keysWords(verdict, name)}), and ${right} in none: they repeat with every row of that part.`,
    );
  } else if (violation.form === '3NF') {
    because.push(
      `${right} ${violation.dependent.length === 1 ? 'is' : 'are'} in no candidate key (${keysWords(verdict, name)}): the fact repeats with every row of the same ${left}.`,
    );
  } else {
    because.push(`Every determinant of a dependency should be a key (${keysWords(verdict, name)}).`);
  }
  return {
    title: `Why not ${ORDINAL[violation.form]}`,
    closure: `${set(violation.determinant, name)}⁺ = ${set(violation.closure, name)}`,
    because,
    todo: `Move ${right} to a table of their own with the key ${left}, or record why the copy is wanted.`,
  };
}

/** What the badge of a table means, in one or two sentences. */
export function verdictWords(verdict: Verdict): string {
  const parts: string[] = [];
  if (verdict.noKey)
    parts.push('No key is enforced, so equal rows may repeat: the form is that of all columns together as the key.');
  if (verdict.byAssumption) {
    parts.push(
      `${verdict.highest} by assumption: no dependency beside the keys is declared. Declare what you know, and the form is proved.`,
    );
  } else if (verdict.violations.length === 0 && verdict.complete) {
    parts.push(`${verdict.highest}, proved: in every dependency the determinant is a key.`);
  } else {
    parts.push(`${verdict.highest} is the highest form that holds.`);
  }
  if (!verdict.complete && verdict.reason !== undefined) parts.push(verdict.reason);
  return parts.join(' ');
}

/** How many candidate keys there are, and whether all were found. */
export function keyCountWords(verdict: Verdict): string {
  const found = verdict.candidateKeys.length;
  if (verdict.keysComplete) return `${count(found, 'key')}, complete`;
  return `${count(found, 'key')} shown of ${verdict.keyCount}`;
}
