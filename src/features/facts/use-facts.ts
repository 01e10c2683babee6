import { useMemo } from 'react';
import { knownFacts } from '#engine/facts/facts.ts';
import type { KnownTable } from '#engine/facts/known.ts';
import { recordIn } from '#model/collections.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { useDocumentState } from '#state/hooks.ts';

export interface NamedTable {
  readonly table: Table;
  /** With its schema where tables are in several. */
  readonly label: string;
}

export interface FactsView {
  readonly document: Document;
  readonly known: ReadonlyMap<Id, KnownTable>;
  /** By name. */
  readonly tables: readonly NamedTable[];
}

export function namedTables(document: Document): readonly NamedTable[] {
  const all = Object.values(document.tables);
  const several = new Set(all.map((one) => one.schema)).size > 1;
  const label = (table: Table) =>
    several ? `${recordIn(document, 'schemas', table.schema)?.name ?? '?'}.${table.name}` : table.name;
  const order = new Intl.Collator('en', { numeric: true });
  return all.map((table) => ({ table, label: label(table) })).sort((a, b) => order.compare(a.label, b.label));
}

/** The open document with what is known or guessed of its tables. */
export function useFacts(): FactsView {
  const document = useDocumentState((state) => state.document);
  const known = useMemo(() => knownFacts(document), [document]);
  const tables = useMemo(() => namedTables(document), [document]);
  return { document, known, tables };
}
