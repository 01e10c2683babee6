import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id, Relationship, Table, Trigger } from '#model/types.ts';
import type { Ledger } from './ledger.ts';

function without<T extends { readonly id: Id }>(records: Readonly<Record<Id, T>>, gone: (one: T) => boolean): Record<Id, T> {
  return Object.fromEntries(Object.entries(records).filter(([, one]) => !gone(one)));
}

/** A table that stands alone: with the columns, and the checks that bind heirs too, of what it inherited from. */
function flattened(ledger: Ledger, document: Document, table: Table): Table {
  const parents = (table.inherits ?? []).flatMap((id) => document.tables[id] ?? []);
  if (parents.length === 0) return table;
  const { inherits: _, ...rest } = table;
  ledger.lose(
    {
      id: 'table:inherits',
      group: 'table',
      what: 'inheritance of tables',
      from: 'INHERITS',
      reason: 'The heirs become tables of their own with all their columns: a query of the parent no longer finds their rows.',
    },
    { object: ledger.object(table), at: { record: table.id }, sql: `INHERITS (${parents.map(({ name }) => name).join(', ')})` },
  );
  const checks = parents.flatMap((parent) =>
    parent.checks.filter(
      (one) => one.noInherit !== true && !table.checks.some(({ name }) => name !== undefined && name === one.name),
    ),
  );
  return { ...rest, columns: columnsOf(document, table), checks: [...table.checks, ...checks] };
}

/** Partitions that are tables go: their rows are the parent's. What becomes of them is told where the parent moves. */
function mergePartitions(document: Document): Document {
  const parts = Object.values(document.tables).filter((table) => table.partitionOf !== undefined);
  if (parts.length === 0) return document;
  const gone = new Set(parts.map(({ id }) => id));
  const touches = (link: Relationship) => gone.has(link.child) || gone.has(link.parent);
  const lostLinks = new Set(
    Object.values(document.relationships)
      .filter(touches)
      .map(({ id }) => id),
  );
  const placed = (id: Id) => gone.has(id) || lostLinks.has(id);
  const tables = without(document.tables, ({ id }) => gone.has(id));
  for (const [id, table] of Object.entries(tables)) {
    if (table.columns.length > 0) continue;
    const heir = parts.find((part) => part.partitionOf?.parent === id);
    if (heir !== undefined) tables[id] = { ...table, columns: columnsOf(document, heir) };
  }
  return {
    ...document,
    tables,
    relationships: without(document.relationships, touches),
    triggers: without(document.triggers, (one: Trigger) => gone.has(one.on)),
    sequences: without(document.sequences, (one) => one.ownedBy !== undefined && gone.has(one.ownedBy.table)),
    verbatim: without(document.verbatim, (one) => one.about !== undefined && gone.has(one.about)),
    placements: without(document.placements, (one) => placed(one.object)),
    routes: without(document.routes, (one) => placed(one.relationship)),
    waivers: without(document.waivers, (one) => placed(one.at.record)),
  };
}

/** The source with its tables as other dialects can have them: none inherits, no partition is a table. */
export function prepared(ledger: Ledger): Document {
  const { source, from, to } = ledger;
  if (from !== 'postgresql' || to === 'postgresql') return source;
  const merged = mergePartitions(source);
  const tables = Object.fromEntries(Object.entries(merged.tables).map(([id, table]) => [id, flattened(ledger, merged, table)]));
  return { ...merged, tables };
}
