import { recordIn } from '../collections.ts';
import type { Cardinality, Document, Id, Relationship, Table } from '../types.ts';
import { columnOf } from './columns.ts';
import type { Ends, SeenRelationship } from './look.ts';

function primaryOf(table: Table): readonly Id[] {
  return table.keys.find((key) => key.kind === 'primary')?.columns ?? [];
}

/** Column sets of a table that hold no two equal rows: keys, and unique indexes on plain columns without predicate. */
export function uniqueSets(table: Table): readonly (readonly Id[])[] {
  const sets: (readonly Id[])[] = table.keys.map((key) => key.columns);
  for (const index of table.indexes) {
    if (index.unique !== true || index.where !== undefined) continue;
    const columns = index.elements.flatMap((element) => element.column ?? []);
    if (columns.length === index.elements.length) sets.push(columns);
  }
  return sets;
}

const known = new WeakMap<Relationship, { readonly child: Table; readonly ends: Ends }>();

/**
 * The physical ends of a relationship: the child end is `0..1` when its columns are unique over the child, else `0..n`;
 * the parent end is `1` when every child column is NOT NULL, else `0..1`. Conceptual ones show what was declared, and those
 * of a projected document what they had before it was projected.
 */
export function endsOf(document: Document, relationship: Relationship): Ends {
  const seen = (relationship as Partial<SeenRelationship>).ends;
  if (seen !== undefined) return seen;
  const { declared } = relationship;
  if (relationship.childColumns.length === 0) {
    const parent = declared?.parent ?? (relationship.manyToMany === true ? '0..n' : '1');
    return { child: declared?.child ?? '0..n', parent, identifying: false };
  }
  const child = recordIn(document, 'tables', relationship.child) ?? recordIn(document, 'entities', relationship.child);
  if (child === undefined) return { child: '0..n', parent: '0..1', identifying: false };
  // An heir's columns stand elsewhere: what another table says is not remembered.
  const inherits = child.partitionOf !== undefined || child.inherits !== undefined;
  const remembered = inherits ? undefined : known.get(relationship);
  if (remembered?.child === child) return remembered.ends;
  const ends = judge(document, relationship, child);
  if (!inherits) known.set(relationship, { child, ends });
  return ends;
}

function judge(document: Document, relationship: Relationship, child: Table): Ends {
  const columns = new Set(relationship.childColumns);
  const primary = primaryOf(child);
  const mandatory = relationship.childColumns.every(
    (id) => primary.includes(id) || columnOf(document, child, id)?.nullable === false,
  );
  const single = uniqueSets(child).some((set) => set.length > 0 && set.every((id) => columns.has(id)));
  return {
    child: single ? '0..1' : '0..n',
    parent: mandatory ? '1' : '0..1',
    identifying: primary.length > 0 && relationship.childColumns.every((id) => primary.includes(id)),
  };
}

/**
 * The ends as they are meant: what was declared, where it was, else what the keys make of them. A minimum of children,
 * which no foreign key can enforce, is thus kept.
 */
export function meantEnds(document: Document, relationship: Relationship): Ends {
  const ends = endsOf(document, relationship);
  const { declared } = relationship;
  if (declared === undefined) return ends;
  return { ...ends, child: declared.child ?? ends.child, parent: declared.parent ?? ends.parent };
}

/**
 * How the declared cardinality differs from what the keys enforce. `1..n` and `1` at the child end cannot be enforced by
 * a foreign key, so they agree with `0..n` and `0..1`.
 */
export function mismatchOf(ends: Ends, declared: Relationship['declared']): { child: boolean; parent: boolean } {
  const many = (cardinality: Cardinality) => cardinality.endsWith('n');
  return {
    child: declared?.child !== undefined && many(declared.child) !== many(ends.child),
    parent: declared?.parent !== undefined && declared.parent !== ends.parent,
  };
}
