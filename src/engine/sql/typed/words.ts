import { findRecord, PART_PREFIX, type PartList } from '#model/collections.ts';
import { nameOf } from '#model/commands/lookup.ts';
import type { Collection, Document, Ref, Relationship, Table, Verbatim } from '#model/types.ts';

const NOUNS: { readonly [C in Collection]?: string } = {
  schemas: 'schema',
  types: 'type',
  sequences: 'sequence',
  tables: 'table',
  views: 'view',
  routines: 'routine',
  triggers: 'trigger',
};

const PART_NOUNS: { readonly [L in PartList]: string } = {
  columns: 'column',
  keys: 'key',
  exclusions: 'exclusion',
  checks: 'check',
  indexes: 'index',
  policies: 'policy',
  dependencies: 'dependency',
};

/** A record or part for people: `view active_orders`, `check total_positive of orders`. */
export function refInWords(document: Document, ref: Ref): string {
  const found = findRecord(document, ref.record);
  if (found === undefined) return ref.record;
  const { collection, record } = found;
  const name = nameOf(document, ref.record);
  if (collection === 'relationships') {
    const { child, parent } = record as Relationship;
    return `foreign key of ${nameOf(document, child)} to ${nameOf(document, parent)}`;
  }
  if (collection === 'verbatim') return `statement ${(record as Verbatim).sql.split('\n', 1)[0]?.slice(0, 80) ?? ''}`;
  if (ref.part !== undefined) {
    for (const list of Object.keys(PART_PREFIX) as PartList[]) {
      const parts = (record as Partial<Table>)[list] as readonly { id: string; name?: string }[] | undefined;
      const part = parts?.find(({ id }) => id === ref.part);
      if (part !== undefined) return `${PART_NOUNS[list]}${part.name === undefined ? '' : ` ${part.name}`} of ${name}`;
    }
  }
  return `${NOUNS[collection] ?? collection} ${name}`;
}
