import { recordIn } from '#model/collections.ts';
import { columnNames } from '#model/derive/columns.ts';
import { endsOf, mismatchOf } from '#model/derive/ends.ts';
import type { Cardinality, Document, Id } from '#model/types.ts';

const HOW_MANY: Record<Cardinality, string> = {
  '0..1': 'at most one',
  '1': 'exactly one',
  '0..n': 'any number',
  '1..n': 'at least one',
};

/** What a relationship says, for the tip beside the pointer. */
export interface EdgeWords {
  /** Such as `orders.customer_id → customers.id`. */
  readonly columns: string;
  readonly meaning: string;
  readonly warning?: string;
}

export function edgeWords(document: Document, id: Id): EdgeWords | undefined {
  const one = recordIn(document, 'relationships', id);
  const child = one === undefined ? undefined : recordIn(document, 'tables', one.child);
  const parent = one === undefined ? undefined : recordIn(document, 'tables', one.parent);
  if (one === undefined || child === undefined || parent === undefined) return undefined;
  const ends = endsOf(document, one);
  const wrong = mismatchOf(ends, one.declared);
  const from = columnNames(document, child, one.childColumns).join(', ');
  const to = columnNames(document, parent, one.parentColumns).join(', ');
  const plain = from === '' ? `${child.name} → ${parent.name}` : `${child.name} (${from}) → ${parent.name} (${to})`;
  const owned = ends.identifying ? `, as a part of its identity` : '';
  const said: string[] = [];
  if (wrong.parent) said.push(`declared: ${HOW_MANY[one.declared?.parent ?? ends.parent]} ${parent.name}`);
  if (wrong.child) said.push(`declared: ${HOW_MANY[one.declared?.child ?? ends.child]} ${child.name}`);
  return {
    columns: plain,
    meaning: `Each ${child.name} has ${HOW_MANY[ends.parent]} ${parent.name}${owned}; each ${parent.name} has ${HOW_MANY[ends.child]} ${child.name}.`,
    ...(said.length === 0 ? {} : { warning: `The keys say otherwise than what was ${said.join('; ')}.` }),
  };
}
