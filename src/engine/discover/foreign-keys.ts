import { foreignKeyName } from '#model/derive/foreign-key-columns.ts';
import type { Inclusion, NamedRelation } from './inclusion.ts';
import { saysKey, shared, wordsOf } from './names.ts';
import type { ColumnProfile } from './profile/profile.ts';
import { valueAt } from './relation.ts';

/** An inclusion that may be meant as a foreign key, with what speaks for and against it. */
export interface ForeignKeyProposal {
  readonly inclusion: Inclusion;
  /** From 0 to 1. */
  readonly score: number;
  /** Share of the parent's different values that the child uses. */
  readonly coverage: number;
  readonly why: readonly string[];
}

/** Whether no two rows are equal on the columns, and none holds NULL there. */
function isKey({ relation }: NamedRelation, columns: readonly number[]): boolean {
  const seen = new Set<string>();
  for (let row = 0; row < relation.rows; row++) {
    const values = columns.map((column) => {
      const coded = relation.columns[column];
      return coded === undefined ? undefined : valueAt(coded, row);
    });
    if (values.includes(undefined)) return false;
    const key = JSON.stringify(values);
    if (seen.has(key)) return false;
    seen.add(key);
  }
  return relation.rows > 0;
}

interface Pair {
  readonly child: ColumnProfile;
  readonly parent: ColumnProfile;
}

/** How much a child column's name says that it refers to the parent's, 0 to 1: `customer_id`, `customer`, or the same name. */
export function nameScore(child: string, parent: string, parentTable: string): number {
  const expected = wordsOf(foreignKeyName(parentTable, parent));
  const own = wordsOf(child);
  if (own.join() === expected.join()) return 1;
  if (own.join() === wordsOf(parentTable).join()) return 0.9;
  const same = own.join() === wordsOf(parent).join();
  // `id` in `id` is how unrelated tables look.
  if (same && own.length === 1 && saysKey(child)) return 0.1;
  return same ? 0.9 : shared(own, expected) * 0.8;
}

/** Numbers from 1 on are in every longer such list: small ranges say little. */
function isCounting(profile: ColumnProfile): boolean {
  if (profile.kind !== 'integer') return false;
  const span = Number(profile.max) - Number(profile.min) + 1;
  return profile.distinct >= span * 0.9;
}

/**
 * Inclusions in a key of the parent as proposals of foreign keys, the likeliest first. Counted: names, whether the parent's
 * column says it identifies, how many of its values are used, whether the kinds are equal; against it: truth values, both
 * being counters from the same start, and a child column that is a counter of its own.
 * @param profiles of each table's columns.
 */
export function proposeForeignKeys(
  tables: readonly NamedRelation[],
  profiles: readonly (readonly ColumnProfile[])[],
  found: readonly Inclusion[],
): ForeignKeyProposal[] {
  const keys = new Map<string, boolean>();
  const parentIsKey = ({ parent, parentColumns }: Inclusion) => {
    const at = `${parent}:${[...parentColumns].sort((a, b) => a - b).join()}`;
    const known = keys.get(at) ?? isKey(tables[parent] as NamedRelation, parentColumns);
    keys.set(at, known);
    return known;
  };
  const proposals = found
    .filter((one) => one.child !== one.parent || one.childColumns.join() !== one.parentColumns.join())
    .filter(parentIsKey)
    // Of a key of several columns none alone is one; a superset of a key says no more than the key.
    .filter((one, _, all) => !all.some((part) => isPart(part, one)))
    .map((one) => propose(one, tables, profiles));
  return proposals.sort((a, b) => b.score - a.score);
}

/** Whether the first is the second with fewer columns. */
function isPart(part: Inclusion, whole: Inclusion): boolean {
  if (part.child !== whole.child || part.parent !== whole.parent || part.childColumns.length >= whole.childColumns.length)
    return false;
  return part.childColumns.every((column, i) => {
    const at = whole.childColumns.indexOf(column);
    return at >= 0 && whole.parentColumns[at] === part.parentColumns[i];
  });
}

function propose(
  inclusion: Inclusion,
  tables: readonly NamedRelation[],
  profiles: readonly (readonly ColumnProfile[])[],
): ForeignKeyProposal {
  const parentTable = (tables[inclusion.parent] as NamedRelation).name;
  const pairs = inclusion.childColumns.map((column, i): Pair => {
    const parent = profiles[inclusion.parent]?.[inclusion.parentColumns[i] as number] as ColumnProfile;
    return { child: profiles[inclusion.child]?.[column] as ColumnProfile, parent };
  });
  const mean = (of: (pair: Pair) => number) => pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
  const why: string[] = [];
  const name = mean(({ child, parent }) => nameScore(child.name, parent.name, parentTable));
  if (name >= 0.8) why.push('the name says so');
  const says = mean(({ parent, child }) => (saysKey(parent.name) || saysKey(child.name) ? 1 : 0));
  const coverage = mean(({ child, parent }) => (parent.distinct === 0 ? 0 : Math.min(1, child.distinct / parent.distinct)));
  why.push(`${Math.round(coverage * 100)} % of the parent's values are used`);
  const kinds = mean(({ child, parent }) => (child.kind === parent.kind ? 1 : 0));
  let score = 0.45 * name + 0.15 * says + 0.2 * coverage + 0.2 * kinds;
  if (pairs.some(({ child }) => child.kind === 'boolean' || child.distinct < 2)) {
    score *= 0.3;
    why.push('so few different values are in many lists');
  }
  if (pairs.every(({ child, parent }) => isCounting(child) && isCounting(parent)) && name < 0.8) {
    score *= 0.4;
    why.push('both count up, which any two counters do');
  }
  if (pairs.length === 1 && pairs[0]?.child.unique && name < 0.8) {
    score *= 0.7;
    why.push('each value stands once in the child');
  }
  return { inclusion, score, coverage, why };
}
