import { useMemo } from 'react';
import { knownFacts } from '#engine/facts/facts.ts';
import type { KnownTable } from '#engine/facts/known.ts';
import { recordIn } from '#model/collections.ts';
import type { Document, Id, Table, View } from '#model/types.ts';
import { useDocumentState } from '#state/hooks.ts';

export interface NamedTable {
  readonly table: Table;
  /** With its schema where tables are in several. */
  readonly label: string;
}

export interface NamedView {
  readonly view: View;
  readonly label: string;
}

export interface FactsView {
  readonly document: Document;
  readonly known: ReadonlyMap<Id, KnownTable>;
  /** By name. */
  readonly tables: readonly NamedTable[];
  /** Materialized views, by name. */
  readonly views: readonly NamedView[];
}

/** What relations are called: with the schema where tables are in several. */
function labels(document: Document): (one: Table | View) => string {
  const several = new Set(Object.values(document.tables).map((one) => one.schema)).size > 1;
  return ({ schema, name }) => (several ? `${recordIn(document, 'schemas', schema)?.name ?? '?'}.${name}` : name);
}

const ORDER = new Intl.Collator('en', { numeric: true });
const byLabel = (a: { readonly label: string }, b: { readonly label: string }) => ORDER.compare(a.label, b.label);

export function namedTables(document: Document): readonly NamedTable[] {
  const label = labels(document);
  return Object.values(document.tables)
    .map((table) => ({ table, label: label(table) }))
    .sort(byLabel);
}

function namedViews(document: Document): readonly NamedView[] {
  const label = labels(document);
  return Object.values(document.views)
    .flatMap((view) => (view.materialized === true ? [{ view, label: label(view) }] : []))
    .sort(byLabel);
}

/** The open document with what is known or guessed of its tables. */
export function useFacts(): FactsView {
  const document = useDocumentState((state) => state.document);
  const known = useMemo(() => knownFacts(document), [document]);
  const tables = useMemo(() => namedTables(document), [document]);
  const views = useMemo(() => namedViews(document), [document]);
  return { document, known, tables, views };
}
