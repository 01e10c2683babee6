import type { Relationship } from '#model/types.ts';
import type { MutableTable } from '../../../postgres/read/state.ts';
import { TRAITS } from '../../traits.ts';
import type { DdlElement } from '../ddl.ts';
import type { Folding } from './folding.ts';

type Link = Pick<Relationship, 'childColumns' | 'notEnforced'> & { readonly name?: string | undefined };

/** The name that MySQL gives a key or index without one: its first column's, `functional_index` for an expression. */
export function inventedName(
  { dialect }: Folding,
  table: MutableTable,
  elements: readonly DdlElement[],
  base = elements[0]?.column ?? 'functional_index',
): string | undefined {
  if (!TRAITS[dialect].namesIndexesByColumn) return undefined;
  const taken = new Set([...table.keys, ...table.indexes].map((one) => one.name?.toLowerCase()).concat('primary'));
  let name = base;
  for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${base}_${i}`;
  return name;
}

/**
 * The index that the engine makes of a foreign key's columns where there is none: it stays when the foreign key is dropped.
 * It has the name of the constraint, else of the first column (MySQL's manual, "FOREIGN KEY Constraints").
 */
export function makeIndex(folding: Folding, table: MutableTable, link: Link): void {
  const columns = link.childColumns;
  const names = columns.flatMap((id) => folding.state.columnById(table, id)?.name ?? []);
  if (TRAITS[folding.dialect].indexesForeignKeys !== true || link.notEnforced === true || names.length < columns.length) return;
  const plain = table.indexes
    .filter(({ method }) => method === undefined || method === 'btree' || method === 'hash')
    .map(({ elements }) => elements.map((one) => (one.length === undefined ? one.column : undefined)));
  const whole = table.keys.map((key) => key.columns.map((id, at) => (typeof key.lengths?.[at] === 'number' ? undefined : id)));
  if ([...plain, ...whole].some((list) => columns.every((id, at) => list[at] === id))) return;
  const elements = columns.map((column) => ({ column }));
  const name =
    inventedName(
      folding,
      table,
      names.map((column) => ({ column })),
      link.name ?? names[0],
    ) ?? '';
  const id = folding.state.partId('indexes', table, name);
  folding.state.madeIndexes.add(id);
  table.indexes.push({ id, name, elements });
}

/** What an engine made for a foreign key gives way to a key, index or foreign key that begins with the same columns. */
export function giveWay({ state }: Folding, table: MutableTable, columns: readonly (string | undefined)[]): void {
  const { madeIndexes } = state;
  if (madeIndexes.size === 0) return;
  const begins = (elements: readonly { readonly column?: string }[]) => elements.every((one, at) => one.column === columns[at]);
  table.indexes = table.indexes.filter((one) => !madeIndexes.has(one.id) || !begins(one.elements));
}
