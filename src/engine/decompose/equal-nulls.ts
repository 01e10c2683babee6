import type { PartKey } from '#model/commands/refactor/decompose-table.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { TRAITS } from '../dialects/base/traits.ts';
import { namingOf } from '../dialects/naming.ts';
import { constraintName } from './names.ts';

/** How a dialect holds a table to one row where a key is NULL. */
type EqualNulls = 'key' | 'every key' | 'indexes';

/** Nullable columns of a key of which indexes can stand for every combination. */
const MOST_NULLABLE = 3;

/** How NULL can equal NULL in a key of a document's dialect and version; undefined where nothing can hold it. */
export function equalNullsBy(document: Document): EqualNulls | undefined {
  const { dialect = 'postgresql', version = 0 } = document.settings['settings'] ?? {};
  const { equalNullsSince, uniqueNullsEqual, expressionIndexesSince } = TRAITS[dialect];
  if (equalNullsSince !== undefined && version >= equalNullsSince) return 'key';
  if (uniqueNullsEqual === true) return 'every key';
  return expressionIndexesSince !== undefined && version >= expressionIndexesSince ? 'indexes' : undefined;
}

/** Whether NULL can have a row of its own in a table. @param remainder the table is there already: indexes are not added to it. */
export function canEqualNulls(document: Document, nullable: number, remainder: boolean): boolean {
  const by = equalNullsBy(document);
  return by === 'indexes' ? !remainder && nullable <= MOST_NULLABLE : by !== undefined;
}

/** Every choice of some of the items. */
function choices<T>(items: readonly T[]): T[][] {
  return Array.from({ length: 2 ** items.length - 1 }, (_, n) => items.filter((_one, at) => (((n + 1) >> at) & 1) === 1));
}

/**
 * For each choice of columns that are NULL, expressions that have a value in such rows only: the rest of the key, or 1 when
 * there is none. A unique index on them holds these rows apart, as it takes rows in which all its expressions are NULL for
 * different ones (all dialects; Oracle leaves them out).
 */
function nullIndexes(
  document: Document,
  table: Table,
  key: readonly Id[],
  nullable: readonly Id[],
): readonly (readonly string[])[] {
  const { ident } = namingOf(document);
  const name = (id: Id) => ident(table.columns.find((one) => one.id === id)?.name ?? id);
  return choices(nullable).map((none) => {
    const filled = nullable.filter((id) => !none.includes(id));
    const when = [...none.map((id) => `${name(id)} IS NULL`), ...filled.map((id) => `${name(id)} IS NOT NULL`)].join(' AND ');
    const rest = key.filter((id) => !none.includes(id)).map(name);
    return (rest.length === 0 ? ['1'] : rest).map((one) => `CASE WHEN ${when} THEN ${one} END`);
  });
}

/** A key in which NULL is a value like another, as the dialect can say it. @param name of the table that gets it. */
export function keyOfEqualNulls(
  document: Document,
  table: Table,
  key: readonly Id[],
  nullable: readonly Id[],
  name: string,
): PartKey {
  const by = equalNullsBy(document);
  if (by !== 'indexes') return { columns: key, nulls: by === 'every key' ? 'equal anyway' : 'equal' };
  const taken: string[] = [];
  const indexes = nullIndexes(document, table, key, nullable).map((expressions) => {
    const called = constraintName(document, 'ux', [name, 'null'], taken);
    taken.push(called);
    return { name: called, expressions };
  });
  return { columns: key, nulls: 'equal by indexes', indexes };
}
