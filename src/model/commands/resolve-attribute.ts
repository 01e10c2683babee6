import { castDraft } from 'mutative';
import { recordIn } from '../collections.ts';
import type { Column, ColumnType } from '../column-types.ts';
import { emptyTable } from '../create.ts';
import { foreignKeyName, referencedKey, referencingType, singular } from '../derive/foreign-key-columns.ts';
import { seenAs } from '../derive/level.ts';
import { PLAIN_LOOK } from '../derive/look.ts';
import type { Id, Relationship, Table } from '../types.ts';
import { takeColumns } from './columns.ts';
import { defineCommand } from './define.ts';
import { freeName, missing, nameOf, nameProblem, problem, put, takeId } from './lookup.ts';
import { type Place, place } from './tables.ts';

export interface ResolveAttributeArgs {
  /** A multivalued attribute that is a column so far. */
  readonly id: Id;
  /** Name of the table of values; absent = the table's and the column's. */
  readonly name?: string;
  readonly place?: Place;
}

/** The type of one value: of an array, its element. */
export function valueType(type: ColumnType): ColumnType {
  if (type.dims === undefined) return referencingType(type);
  const { dims, ...rest } = type;
  return dims > 1 ? { ...rest, dims: dims - 1 } : rest;
}

/**
 * Makes a table of a multivalued attribute: one row for each value, identified by its owner and the value. The column goes;
 * the attribute keeps it, for the concept and for taking this back.
 */
export const resolveAttribute = defineCommand<ResolveAttributeArgs>({
  label(document, { id }) {
    const one = recordIn(document, 'attributes', id);
    const column = recordIn(document, 'tables', one?.entity ?? id)?.columns.find((each) => each.id === one?.column);
    return `Give the values of ${column?.name ?? id} a table`;
  },
  run(draft, args, context) {
    const { before, ids } = context;
    const one = recordIn(before, 'attributes', args.id);
    if (one === undefined) return missing('multivalued attribute', args.id);
    const owner = recordIn(before, 'tables', one.entity);
    if (owner === undefined)
      return problem('no-table', `${nameOf(before, one.entity)} has no table: resolve its hierarchy back first.`);
    const column = owner.columns.find((each) => each.id === one.column);
    if (one.held !== undefined || column === undefined) {
      return problem('resolved', 'This attribute has a table of its own already.');
    }
    const key = referencedKey(before, owner);
    if (key.length === 0)
      return problem('parent-without-key', `${owner.name} has no key to refer to: give it a primary key first.`);
    const inKey = owner.keys.some((each) => each.kind === 'primary' && each.columns.includes(column.id));
    if (inKey || key.some((each) => each.id === column.id)) {
      return problem('column-of-key', `${column.name} identifies ${owner.name}: of such an attribute there is one value.`);
    }
    const holds = Object.values(before.relationships).some(
      (each) => each.child === owner.id && each.childColumns.includes(column.id),
    );
    if (holds)
      return problem('foreign-key-column', `${column.name} holds the key of another table: relate the two many-to-many instead.`);
    const used = (name: string) => nameProblem(before, 'tables', name, owner.schema) !== undefined;
    const name = args.name ?? freeName(`${singular(owner.name)}_${column.name}`, used);
    if (used(name)) return nameProblem(before, 'tables', name, owner.schema);
    const at = seenAs(before, { ...PLAIN_LOOK, level: 'conceptual' }).tables[owner.id]?.columns.findIndex(
      (each) => each.id === column.id,
    );
    const table = takeId(before, undefined, () => ids.next('tbl', name));
    const keys = key.map((each): Column => {
      const wanted = foreignKeyName(owner.name, each.name);
      return { id: ids.next('col', wanted), name: wanted, type: referencingType(each.type), nullable: false };
    });
    const { default: _, identity: __, generated: ___, notNullName: ____, facts: _____, ...plain } = column;
    const valueName = freeName(column.type.dims === undefined ? column.name : singular(column.name), (wanted) =>
      keys.some((each) => each.name === wanted),
    );
    const value: Column = {
      ...plain,
      id: ids.next('col', valueName),
      name: valueName,
      type: valueType(column.type),
      nullable: false,
    };
    const columns = [...keys, value];
    const values: Table = {
      ...emptyTable(table, owner.schema, name),
      columns,
      keys: [{ id: ids.next('key', 'primary'), kind: 'primary', columns: columns.map((each) => each.id) }],
    };
    const link: Relationship = {
      id: takeId(before, undefined, () => ids.next('rel', `${name}_${owner.name}`)),
      child: table,
      parent: owner.id,
      childColumns: keys.map((each) => each.id),
      parentColumns: key.map((each) => each.id),
      onDelete: 'cascade',
    };
    const failed = takeColumns(draft, owner.id, [column.id], context);
    if (failed !== undefined) return failed;
    put(draft, 'tables', castDraft(values));
    put(draft, 'relationships', castDraft(link));
    put(
      draft,
      'attributes',
      castDraft({ ...one, held: column, ...(at === undefined || at < 0 ? {} : { at }), realisedBy: [table, link.id] }),
    );
    return args.place === undefined ? undefined : place(draft, table, args.place);
  },
});
