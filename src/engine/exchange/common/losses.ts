import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Table } from '#model/types.ts';
import { recordLabel } from '../../sql/describe-record.ts';
import type { Loss } from '../../sql/receipt.ts';
import { FEATURES, type Feature, featuresOf } from './features.ts';

/**
 * What a document has and a language cannot say at all.
 * @param says the features that it can say. @param label the language's name, for the reason.
 */
export function lossesBeyond(document: Document, says: ReadonlySet<Feature>, label: string): Loss[] {
  return featuresOf(document)
    .filter(({ feature }) => !says.has(feature))
    .map(({ object, feature }) => ({ object, feature, reason: `${label} has no word for ${FEATURES[feature]}.` }));
}

/** A table's name with its schema, for losses. */
export function pathOf(document: Document, table: Table): string {
  return recordLabel(document, 'tables', table).replace(/^table /, '');
}

/** Losses as they are met while writing, each once. */
export class Losses {
  readonly #found = new Map<string, Loss>();

  constructor(first: readonly Loss[] = []) {
    for (const loss of first) this.say(loss.object, loss.feature, loss.reason);
  }

  say(object: string, feature: string, reason: string): void {
    this.#found.set(JSON.stringify([object, feature, reason]), { object, feature, reason });
  }

  all(): readonly Loss[] {
    return [...this.#found.values()];
  }
}

/** Tables that stand for themselves in other languages: no partitions; in order of schema and name. */
export function tablesOf(document: Document): readonly Table[] {
  const key = (table: Table) => `${recordIn(document, 'schemas', table.schema)?.name ?? ''}\u0000${table.name}`;
  return Object.values(document.tables)
    .filter((table) => table.partitionOf === undefined)
    .sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.id < b.id ? -1 : 1));
}

/** The name of an object's schema, unless it is the one that names without a schema mean. */
export function schemaOf(document: Document, object: { readonly schema: string }): string | undefined {
  const schema = recordIn(document, 'schemas', object.schema);
  return schema === undefined || schema.implicit === true ? undefined : schema.name;
}

/** The columns of a table's primary key, in its order; empty when it has none. */
export function primaryColumns(document: Document, table: Table): readonly Column[] {
  const key = table.keys.find((one) => one.kind === 'primary');
  const columns = columnsOf(document, table);
  return key?.columns.flatMap((id) => columns.find((one) => one.id === id) ?? []) ?? [];
}
