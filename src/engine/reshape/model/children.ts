import { err, ok, type Result } from '#lib/result.ts';
import type { Column } from '#model/column-types.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Id, Table } from '#model/types.ts';
import { usualOf } from '#model/usual-types.ts';
import type { ReshapeOf } from '../types.ts';
import { childTable, columnsBy, gone, likeColumn, type Modelled, type Tools, tableIn, takeOut } from './parts.ts';

const noKey = (table: Table) => err('no-key', `${table.name} has no primary key, so no row can refer to it: give it one first.`);

/** The widest of columns of one type: `varchar(40)` of `varchar(20)` and `varchar(40)`. */
function widest(columns: readonly Column[]): Column {
  const size = ({ type }: Column) =>
    type.kind === 'custom' || type.args === undefined ? Number.POSITIVE_INFINITY : Number(type.args[0] ?? 0);
  return columns.reduce((best, one) => (size(one) > size(best) ? one : best));
}

/** Foreign keys that every column of an attribute has alike: the child's column gets it. */
function linkOfAll(tools: Tools, table: Table, columns: readonly Id[], child: Id, value: Id): CommandCall[] {
  const links = columns.map((id) =>
    (linksOf(tools.document).byChild.get(table.id) ?? []).find(
      (one) => one.childColumns.length === 1 && one.childColumns[0] === id,
    ),
  );
  const [first] = links;
  if (first === undefined || links.some((one) => one?.parent !== first.parent || one.parentColumns[0] !== first.parentColumns[0]))
    return [];
  const { onDelete, onUpdate, parent, parentColumns } = first;
  const relationship = {
    id: tools.ids.next('rel', 'value'),
    child,
    parent: parent === table.id ? table.id : parent,
    childColumns: [value],
    parentColumns,
    ...(onDelete === undefined || onDelete === 'set null' ? {} : { onDelete }),
    ...(onUpdate === undefined ? {} : { onUpdate }),
  };
  return [{ name: 'addRelationship', args: { relationship } }];
}

const hasIndex = (table: Table, columns: readonly Id[]) =>
  table.indexes.some(({ elements }) => elements.length === 1 && columns.includes(elements[0]?.column ?? ''));

/** `phone1, phone2, phone3`, or the first and the last of many. */
function fewNames(columns: readonly Column[]): string {
  const names = columns.map(({ name }) => name);
  return names.length <= 4 ? names.join(', ') : `${names[0]} … ${names.at(-1)}`;
}

/** Columns of several things become rows: the parent's key, which of them it was, and what it held. */
export function modelRepeating(tools: Tools, asked: ReshapeOf<'repeating'>): Result<Modelled> {
  const table = tableIn(tools.document, asked.table);
  const columns = asked.attributes.flatMap((one) => one.columns);
  if (table === undefined || columnsBy(table, columns) === undefined) return gone();
  const single = asked.attributes.length === 1;
  const { types } = usualOf(tools.document);
  const made = childTable(
    tools,
    table,
    asked.name,
    { name: asked.position, type: types.integer },
    asked.attributes.map(({ name, columns: ids }) => ({
      name,
      // A row is there because something was: alone it cannot be NULL.
      make: (id, own) => likeColumn(widest(columnsBy(table, ids) ?? []), id, own, !single),
    })),
  );
  if (made === undefined) return noKey(table);
  const out = takeOut(tools, table, columns);
  if (!out.ok) return out;
  const links = asked.attributes.flatMap(({ columns: ids }, at) =>
    linkOfAll(tools, table, ids, made.table.id, made.values[at] as Id),
  );
  const indexes = asked.attributes.flatMap(({ columns: ids }, at): CommandCall[] =>
    hasIndex(table, ids)
      ? [{ name: 'addIndex', args: { table: made.table.id, part: { elements: [{ column: made.values[at] as Id }] } } }]
      : [],
  );
  return ok({
    label: `Move ${fewNames(columnsBy(table, columns) ?? [])} of ${table.name} to ${asked.name}`,
    calls: [...made.calls, ...links, ...indexes, ...out.value],
    made: [made.table.id],
  });
}

/** A value of the list: what was said of the whole list or of the other table's key is not said of it. */
function plain(column: Column, id: Id, name: string): Column {
  const { comment: _, ...like } = likeColumn(column, id, name, false);
  return like;
}

/** A text with a list becomes rows. */
export function modelList(tools: Tools, asked: ReshapeOf<'list'>): Result<Modelled> {
  const { document, ids } = tools;
  const table = tableIn(document, asked.table);
  const [column] = (table === undefined ? undefined : columnsBy(table, [asked.column])) ?? [];
  const target = asked.refers === undefined ? undefined : tableIn(document, asked.refers);
  if (table === undefined || column === undefined || (asked.refers !== undefined && target === undefined)) return gone();
  const keyId = target?.keys.find(({ kind }) => kind === 'primary')?.columns[0];
  const key = target?.columns.find(({ id }) => id === keyId);
  const { types } = usualOf(document);
  const made = childTable(tools, table, asked.name, { name: 'position', type: types.integer }, [
    { name: asked.value, make: (id, name) => plain(key ?? { ...column, type: types.text }, id, name) },
  ]);
  if (made === undefined) return noKey(table);
  const out = takeOut(tools, table, [column.id]);
  if (!out.ok) return out;
  const value = made.values[0] as Id;
  const link: CommandCall[] =
    target === undefined || key === undefined
      ? []
      : [
          {
            name: 'addRelationship',
            args: {
              relationship: {
                id: ids.next('rel', asked.value),
                child: made.table.id,
                parent: target.id,
                childColumns: [value],
                parentColumns: [key.id],
              },
            },
          },
        ];
  const index: CommandCall = { name: 'addIndex', args: { table: made.table.id, part: { elements: [{ column: value }] } } };
  return ok({
    label: `Give each value of ${table.name}.${column.name} a row of ${asked.name}`,
    calls: [...made.calls, ...link, index, ...out.value],
    made: [made.table.id],
  });
}

/** A JSON array becomes rows, each with its element. */
export function modelElements(tools: Tools, asked: ReshapeOf<'elements'>): Result<Modelled> {
  const table = tableIn(tools.document, asked.table);
  const [column] = (table === undefined ? undefined : columnsBy(table, [asked.column])) ?? [];
  if (table === undefined || column === undefined) return gone();
  const { types } = usualOf(tools.document);
  const made = childTable(tools, table, asked.name, { name: 'position', type: types.integer }, [
    { name: asked.value, make: (id, name) => likeColumn(column, id, name, false) },
  ]);
  if (made === undefined) return noKey(table);
  const out = takeOut(tools, table, [column.id]);
  if (!out.ok) return out;
  return ok({
    label: `Give each element of ${table.name}.${column.name} a row of ${asked.name}`,
    calls: [...made.calls, ...out.value],
    made: [made.table.id],
  });
}

/** A text with a list becomes an array of texts. */
export function modelArray(tools: Tools, asked: ReshapeOf<'array'>): Result<Modelled> {
  const table = tableIn(tools.document, asked.table);
  const [column] = (table === undefined ? undefined : columnsBy(table, [asked.column])) ?? [];
  if (table === undefined || column === undefined) return gone();
  return ok({
    label: `Make ${table.name}.${column.name} an array`,
    calls: [
      {
        name: 'setColumn',
        args: { table: table.id, id: column.id, patch: { type: { ...usualOf(tools.document).types.text, dims: 1 } } },
      },
    ],
    made: [],
  });
}
