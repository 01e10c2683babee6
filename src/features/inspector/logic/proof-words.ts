import { type Anomaly, anomalyWords, combinationWords } from '#engine/normalize/anomaly.ts';
import type { MultivaluedViolation, Verdict, Violation } from '#engine/normalize/verdict.ts';
import type { Id, Table } from '#model/types.ts';
import { count, listed } from './words.ts';

type NameOf = (column: Id) => string;

/** A violation as a proof to read. */
export interface Proof {
  readonly title: string;
  /** `{zip}⁺ = {zip, city, state}` */
  readonly closure: string;
  /** The dependencies that give it, in order: `zip → city`. */
  readonly derivation: readonly string[];
  /** Why the closure shows it. */
  readonly because: readonly string[];
  /** What goes wrong while it is so. */
  readonly anomaly: Anomaly;
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

/** One dependency that was used, by what it came from: a declared one, or `key:<id>`. */
function sourceText(table: Table, source: string, name: NameOf): string {
  const declared = table.dependencies.find(({ id }) => id === source);
  if (declared !== undefined)
    return `${declared.determinant.map(name).join(', ') || '∅'} → ${declared.dependent.map(name).join(', ')}`;
  const id = source.replace(/^key:/, '');
  const key = table.keys.find((one) => one.id === id)?.columns ?? [];
  return key.length === 0 ? 'a unique index' : `the key ${set(key, name)}`;
}

function whyNotPrime({ form, determinant, dependent }: Violation, verdict: Verdict, name: NameOf): string {
  const [left, right] = [few(determinant, name), few(dependent, name)];
  const [are, they] = dependent.length === 1 ? ['is', 'it is'] : ['are', 'they are'];
  const keys = keysWords(verdict, name);
  if (form === '2NF') {
    return `${left} is part of a candidate key (${keys}), and ${right} in none, so ${they} not prime: they repeat with every row of that part.`;
  }
  if (form === '3NF') {
    return `${right} ${are} in no candidate key (${keys}), so ${they} not prime: the fact repeats with every row of the same ${left}.`;
  }
  return `${right} ${are} prime, in a candidate key, which third normal form allows; but every determinant should be a key (${keys}).`;
}

/** The proof of one violation, in the words of the definitions (Codd 1971, 1974; Zaniolo 1982). */
export function proofOf(table: Table, verdict: Verdict, violation: Violation, name: NameOf): Proof {
  const { determinant, dependent, closure, missing, derivation, closureBy = derivation } = violation;
  const left = few(determinant, name);
  const right = few(dependent, name);
  const because = [
    `It misses ${few(missing, name)}, so ${left || 'nothing at all'} is no key.`,
    whyNotPrime(violation, verdict, name),
  ];
  const names = (ids: readonly Id[]) => ids.map(name);
  return {
    title: `Why not ${ORDINAL[violation.form]}`,
    closure: `${set(determinant, name)}⁺ = ${set(closure, name)}`,
    derivation: closureBy.map((source) => sourceText(table, source, name)),
    because,
    anomaly: anomalyWords(names(determinant), names(dependent), names(missing)),
    todo: `Move ${right} to a table of their own with the key ${left}, or record why the copy is wanted.`.replace(
      'of their own',
      dependent.length === 1 ? 'of its own' : 'of their own',
    ),
  };
}

/** The proof that values which combine freely share a table (Fagin 1977). */
export function multivaluedProof({ determinant, dependent }: MultivaluedViolation, table: Table, name: NameOf): Proof {
  const left = few(determinant, name) || 'nothing at all';
  const right = few(dependent, name);
  const taken = new Set([...determinant, ...dependent]);
  const rest = table.columns.flatMap(({ id }) => (taken.has(id) ? [] : [id]));
  const names = (ids: readonly Id[]) => ids.map(name);
  return {
    title: 'Why not fourth normal form',
    closure: `${few(determinant, name) || '∅'} ↠ ${right}`,
    derivation: [],
    because: [
      `${left} is no key, and for one ${left} each ${right} stands with every ${few(rest, name)}: the two have nothing to do with each other.`,
    ],
    anomaly: combinationWords(names(determinant), names(dependent), names(rest)),
    todo: `Give ${right} and ${few(rest, name)} a table each.`,
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
    parts.push(`${verdict.highest}, proved: in every functional dependency the determinant is a key.`);
  } else if (verdict.complete && verdict.violations.length > 0 && verdict.violations.every((one) => one.accepted === true)) {
    parts.push(`${verdict.highest} by choice: the redundancy that keeps it from more is accepted.`);
  } else if (verdict.complete) {
    parts.push(`${verdict.highest} is the highest form that holds.`);
  } else {
    parts.push(`At least ${verdict.highest}, proved; the rest was not decided in the time there is while you type.`);
  }
  if (!verdict.complete && verdict.reason !== undefined) parts.push(`${verdict.reason}.`.replace(/\.\.$/, '.').replace(/^n/, 'N'));
  if (verdict.derived !== undefined) parts.push('It holds values of other tables: that redundancy is accepted.');
  return parts.join(' ');
}

/** How many candidate keys there are, and whether all were found. */
export function keyCountWords(verdict: Verdict): string {
  const found = verdict.candidateKeys.length;
  if (verdict.keysComplete) return `${count(found, 'key')}, complete`;
  return `${count(found, 'key')} shown of ${verdict.keyCount}`;
}
