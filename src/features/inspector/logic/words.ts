import { recordIn } from '#model/collections.ts';
import { columnNames } from '#model/derive/columns.ts';
import { endsOf, mismatchOf } from '#model/derive/ends.ts';
import type { Cardinality, Deferral, Document, ReferentialAction, Relationship } from '#model/types.ts';

/** `1 column`, `3 columns`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[], joiner = 'and'): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} ${joiner} ${words.at(-1)}`;
}

/** A row count as people say it: `950`, `12 k`, `4.2 M`, `1.3 G`. */
export function rowsShort(rows: number): string {
  for (const [size, unit] of [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const) {
    if (rows < size) continue;
    const value = rows / size;
    return `${value >= 10 ? Math.round(value) : Math.round(value * 10) / 10} ${unit}`;
  }
  return String(Math.round(rows));
}

export const CARDINALITY: Record<Cardinality, string> = {
  '0..1': 'at most one',
  '1': 'exactly one',
  '0..n': 'any number',
  '1..n': 'one or more',
};

/** Who is child and who parent of a relationship, in one sentence; names come from the document. */
export function relationshipWords(document: Document, relationship: Relationship): string {
  const child = recordIn(document, 'tables', relationship.child)?.name ?? '(missing table)';
  const parent = recordIn(document, 'tables', relationship.parent)?.name ?? '(missing table)';
  if (relationship.manyToMany === true && relationship.childColumns.length === 0) return `Many ${child} belong to many ${parent}.`;
  const ends = endsOf(document, relationship);
  const dependent = ends.identifying ? ' and cannot exist without it' : '';
  return `Each row of ${child} has ${CARDINALITY[ends.parent]} row of ${parent}${dependent}; each row of ${parent} has ${CARDINALITY[ends.child]} of ${child}.`;
}

/** The pairs of a foreign key: `customer_id → id`. Empty for a conceptual relationship. */
export function pairWords(document: Document, relationship: Relationship): string {
  const child = recordIn(document, 'tables', relationship.child);
  const parent = recordIn(document, 'tables', relationship.parent);
  if (child === undefined || parent === undefined || relationship.childColumns.length === 0) return '';
  const from = columnNames(document, child, relationship.childColumns);
  const to = columnNames(document, parent, relationship.parentColumns);
  return `${from.join(', ')} → ${to.join(', ')}`;
}

/** What the declared cardinality contradicts, a sentence for each end; empty when it agrees. */
export function mismatchWords(document: Document, relationship: Relationship): readonly string[] {
  const ends = endsOf(document, relationship);
  const wrong = mismatchOf(ends, relationship.declared);
  const child = recordIn(document, 'tables', relationship.child)?.name ?? 'the child';
  const said: string[] = [];
  if (wrong.child && relationship.declared?.child !== undefined) {
    const fix =
      ends.child === '0..1' ? 'The foreign key’s columns are unique: drop that key.' : 'Make the foreign key’s columns unique.';
    said.push(
      `Declared ${CARDINALITY[relationship.declared.child]} of ${child}, but the keys allow ${CARDINALITY[ends.child]}. ${fix}`,
    );
  }
  if (wrong.parent && relationship.declared?.parent !== undefined) {
    const fix =
      ends.parent === '1' ? 'The foreign key’s columns are NOT NULL: allow null.' : 'Make the foreign key’s columns NOT NULL.';
    said.push(
      `Declared ${CARDINALITY[relationship.declared.parent]} parent, but the columns say ${CARDINALITY[ends.parent]}. ${fix}`,
    );
  }
  return said;
}
