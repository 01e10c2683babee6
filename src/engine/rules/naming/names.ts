import type { Ref, Table } from '#model/types.ts';
import type { ObjectContext } from '../define.ts';

export interface NamedThing {
  readonly name: string;
  readonly ref: Ref;
  readonly noun: string;
}

const NOUN: Readonly<Record<string, string>> = {
  schemas: 'schema',
  types: 'type',
  sequences: 'sequence',
  tables: 'table',
  views: 'view',
  routines: 'function',
  triggers: 'trigger',
};

/** The names of a record: its own, and those of its parts. Constraint and index names come last. */
export function namesIn({ collection, record }: ObjectContext): NamedThing[] {
  const own = (record as { readonly name?: string }).name;
  const names: NamedThing[] =
    own === undefined ? [] : [{ name: own, ref: { record: record.id }, noun: NOUN[collection] ?? 'object' }];
  if (collection !== 'tables') return names;
  const table = record as Table;
  for (const column of table.columns) names.push({ name: column.name, ref: { record: table.id, part: column.id }, noun: 'column' });
  const parts = [...table.keys, ...table.checks, ...table.exclusions, ...table.indexes, ...table.policies];
  for (const part of parts)
    if (part.name !== undefined)
      names.push({ name: part.name, ref: { record: table.id, part: part.id }, noun: 'constraint or index' });
  return names;
}

/** Names of the columns that a record has in its own right. */
export function columnNames({ collection, record }: ObjectContext): string[] {
  return collection === 'tables' ? (record as Table).columns.map((column) => column.name) : [];
}
