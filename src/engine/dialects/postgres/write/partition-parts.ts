import { recordIn } from '#model/collections.ts';
import { columnOf } from '#model/derive/columns.ts';
import type { Index, Key } from '#model/table-parts.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { elementNames } from '../invented.ts';
import { inventedName, keptName } from '../names.ts';
import { ident } from '../quote.ts';
import { objectName } from './scope.ts';

/** Partitions without what they get from their parent, and the statements that give those parts their own names. */
export interface Bare {
  readonly document: Document;
  /** By partition: `ALTER INDEX ... RENAME TO ...`. */
  readonly renames: ReadonlyMap<Id, readonly string[]>;
}

function names(document: Document, table: Table, ids: readonly Id[]): string[] {
  return ids.flatMap((id) => columnOf(document, table, id)?.name ?? []);
}

function sameKey(document: Document, table: Table, key: Key, parent: Table, other: Key): boolean {
  const own = names(document, table, key.columns);
  const theirs = names(document, parent, other.columns);
  return key.kind === other.kind && own.length === theirs.length && own.every((name, i) => name === theirs[i]);
}

function rename(document: Document, table: Table, from: string, to: string | undefined): string[] {
  if (to === undefined || keptName(to) === from) return [];
  return [`ALTER INDEX ${objectName(document, table.schema, from)} RENAME TO ${ident(to)};`];
}

function indexColumns(document: Document, table: Table, index: Index): string[] {
  return elementNames(index.elements, (id) => columnOf(document, table, id)?.name);
}

/**
 * The document with its partitions reduced to what is their own. PostgreSQL makes the keys and attached indexes of a new
 * partition from its parent's under invented names; those with names of their own are then renamed.
 */
export function barePartitions(document: Document): Bare {
  const renames = new Map<Id, string[]>();
  const tables: Record<Id, Table> = { ...document.tables };
  for (const table of Object.values(document.tables)) {
    const parent = table.partitionOf === undefined ? undefined : recordIn(document, 'tables', table.partitionOf.parent);
    if (parent === undefined) continue;
    const inherited = table.keys.filter((key) => parent.keys.some((other) => sameKey(document, table, key, parent, other)));
    const attached = table.indexes.filter((index) => index.attachedTo !== undefined);
    const statements = [
      ...inherited.flatMap((key) => {
        const columns = key.kind === 'primary' ? [] : names(document, table, key.columns);
        const made = inventedName(table.name, columns, key.kind === 'primary' ? 'pkey' : 'key');
        return rename(document, table, made, key.name);
      }),
      ...attached.flatMap((index) =>
        rename(document, table, inventedName(table.name, indexColumns(document, table, index), 'idx'), index.name),
      ),
    ];
    if (statements.length > 0) renames.set(table.id, statements);
    if (inherited.length + attached.length === 0) continue;
    tables[table.id] = {
      ...table,
      keys: table.keys.filter((key) => !inherited.includes(key)),
      indexes: table.indexes.filter((index) => !attached.includes(index)),
    };
  }
  return { document: { ...document, tables }, renames };
}
