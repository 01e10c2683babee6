import { err, ok, type Result } from '#lib/result.ts';
import type { Column } from '#model/column-types.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { emptyTable } from '#model/create.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Id, Table } from '#model/types.ts';
import { usualOf } from '#model/usual-types.ts';
import { columnsNamedByParts } from '../../dialects/postgres/expressions/moving.ts';
import type { ReshapeOf } from '../types.ts';
import { gone, type Modelled, type Tools, tableIn } from './parts.ts';

/** A copy of a table under another name: columns, keys, checks and plain indexes that hold only what is copied. */
function copyOf(
  { ids, document, parser }: Tools,
  table: Table,
  id: Id,
  name: string,
  without: ReadonlySet<Id>,
  first?: Column,
): Table {
  const copies = new Map(
    table.columns.flatMap((column) => (without.has(column.id) ? [] : [[column.id, ids.next('col', column.name)] as const])),
  );
  const to = (list: readonly Id[]) => [...(first === undefined ? [] : [first.id]), ...list.flatMap((one) => copies.get(one) ?? [])];
  const named = columnsNamedByParts(document, parser, table);
  const whole = (part: Id) => [...(named.get(part)?.columns ?? [])].every((one) => copies.has(one));
  const { owner, comment } = table;
  return {
    ...emptyTable(id, table.schema, name),
    ...(owner === undefined ? {} : { owner }),
    ...(comment === undefined ? {} : { comment }),
    columns: [
      ...(first === undefined ? [] : [first]),
      ...table.columns.flatMap((column) => {
        const copy = copies.get(column.id);
        const { notNullName: _, ...bare } = column;
        return copy === undefined ? [] : [{ ...bare, id: copy }];
      }),
    ],
    keys: table.keys.flatMap(({ kind, columns }) => {
      const own = to(columns);
      return own.length === 0 ? [] : [{ id: ids.next('key', kind), kind, columns: own }];
    }),
    checks: table.checks.flatMap(({ id: part, name: _, comment: __, ...check }) =>
      whole(part) ? [{ ...check, id: ids.next('chk', 'check') }] : [],
    ),
    indexes: table.indexes.flatMap(({ id: part, name: _, comment: __, elements, include, attachedTo: ___, ...index }) => {
      const plain = elements.every((one) => one.column !== undefined && copies.has(one.column));
      if (!plain || !whole(part) || index.unique === true || include !== undefined) return [];
      return [
        {
          ...index,
          id: ids.next('idx', 'index'),
          elements: elements.map((one) => ({ ...one, column: copies.get(one.column as Id) as Id })),
        },
      ];
    }),
  };
}

/** Each kind of code gets a table; its key is what was unique within the kind. */
export function modelLookup(tools: Tools, asked: ReshapeOf<'lookup'>): Result<Modelled> {
  const table = tableIn(tools.document, asked.table);
  if (table === undefined) return gone();
  const without = new Set([asked.type]);
  const tables = asked.kinds.map(({ name }) => copyOf(tools, table, tools.ids.next('tbl', name), name, without));
  if (tables.some(({ keys }) => !keys.some(({ kind }) => kind === 'primary')))
    return err('no-key', `Without the kind, nothing of ${table.name} would be a key: give its codes a key first.`);
  return ok({
    label: `Give each kind of ${table.name} a table`,
    calls: [
      ...tables.map((one): CommandCall => ({ name: 'addTable', args: { table: one } })),
      { name: 'removeTables', args: { ids: [table.id] } },
    ],
    made: tables.map(({ id }) => id),
  });
}

/** One table takes the rows of several; what their names said is its first column and the first of its keys. */
export function modelClones(tools: Tools, asked: ReshapeOf<'clones'>): Result<Modelled> {
  const { document, ids } = tools;
  const tables = asked.tables.flatMap(({ table }) => tableIn(document, table) ?? []);
  const [first] = tables;
  if (first === undefined || tables.length !== asked.tables.length) return gone();
  const { types } = usualOf(document);
  const column: Column = {
    id: ids.next('col', asked.column),
    name: asked.column,
    type: asked.integer ? types.integer : types.code,
    nullable: false,
  };
  const made = copyOf(tools, first, ids.next('tbl', asked.name), asked.name, new Set(), column);
  const name = (table: Table, id: Id) => table.columns.find((one) => one.id === id)?.name ?? '';
  const linksFrom = (table: Table) => linksOf(document).byChild.get(table.id) ?? [];
  // A foreign key that all of them have is one of the table that takes their rows.
  const shared = linksFrom(first).filter(({ parent, childColumns, parentColumns }) =>
    tables.every((table) =>
      linksFrom(table).some(
        (other) =>
          other.parent === parent &&
          other.parentColumns.join() === parentColumns.join() &&
          other.childColumns.map((id) => name(table, id)).join() === childColumns.map((id) => name(first, id)).join(),
      ),
    ),
  );
  const links = shared.map(({ parent, childColumns, parentColumns, onDelete, onUpdate }): CommandCall => {
    const own = childColumns.map((id) => made.columns.find((one) => one.name === name(first, id))?.id ?? id);
    const relationship = {
      id: ids.next('rel', asked.name),
      child: made.id,
      parent,
      childColumns: own,
      parentColumns,
      ...(onDelete === undefined ? {} : { onDelete }),
      ...(onUpdate === undefined ? {} : { onUpdate }),
    };
    return { name: 'addRelationship', args: { relationship } };
  });
  return ok({
    label: `Make ${tables.length} tables one: ${asked.name}`,
    calls: [
      { name: 'addTable', args: { table: made } },
      ...links,
      { name: 'removeTables', args: { ids: tables.map(({ id }) => id) } },
    ],
    made: [made.id],
  });
}
