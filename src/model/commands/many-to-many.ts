import { castDraft } from 'mutative';
import { recordIn } from '../collections.ts';
import type { Column, ColumnType } from '../column-types.ts';
import { emptyTable } from '../create.ts';
import { foreignKeyName, referencedKey, referencingType } from '../derive/foreign-key-columns.ts';
import type { Id, Relationship, Table } from '../types.ts';
import { defineCommand } from './define.ts';
import { freeName, missing, nameOf, nameProblem, problem, put, takeId } from './lookup.ts';
import { type Place, place } from './tables.ts';

export interface AddManyToManyArgs {
  readonly left: Id;
  readonly right: Id;
  /** Name of the junction table; absent = both tables' names. */
  readonly name?: string;
  readonly schema?: Id;
  /** A conceptual many-to-many relationship that this realises; absent = one is added. */
  readonly conceptual?: Id;
  /** Attributes of the relationship itself: further columns of the junction table. */
  readonly attributes?: readonly { readonly name: string; readonly type: ColumnType; readonly nullable?: boolean }[];
  readonly place?: Place;
}

/**
 * Realises a many-to-many relationship: a junction table with a foreign key to each table and both together as its
 * primary key. The conceptual relationship stays and knows what realises it.
 */
export const addManyToMany = defineCommand<AddManyToManyArgs>({
  label: (document, args) => `Relate ${nameOf(document, args.left)} and ${nameOf(document, args.right)} many-to-many`,
  run(draft, args, { before, ids }) {
    const ends = [recordIn(before, 'tables', args.left), recordIn(before, 'tables', args.right)];
    const [left, right] = ends;
    if (left === undefined) return missing('table', args.left);
    if (right === undefined) return missing('table', args.right);
    const schema = args.schema ?? left.schema;
    const used = (name: string) => nameProblem(before, 'tables', name, schema) !== undefined;
    const name = args.name ?? freeName(`${left.name}_${right.name}`, used);
    if (used(name)) return nameProblem(before, 'tables', name, schema);
    const id = takeId(before, undefined, () => ids.next('tbl', name));
    const columns: Column[] = [];
    const relationships: Relationship[] = [];
    for (const parent of [left, right]) {
      const key = referencedKey(before, parent);
      if (key.length === 0)
        return problem('parent-without-key', `${parent.name} has no key to refer to: give it a primary key first.`);
      const own = key.map((column): Column => {
        const wanted = freeName(foreignKeyName(parent.name, column.name), (one) => columns.some((other) => other.name === one));
        return { id: ids.next('col', wanted), name: wanted, type: referencingType(column.type), nullable: false };
      });
      columns.push(...own);
      relationships.push({
        id: takeId(before, undefined, () => ids.next('rel', `${name}_${parent.name}`)),
        child: id,
        parent: parent.id,
        childColumns: own.map((column) => column.id),
        parentColumns: key.map((column) => column.id),
        onDelete: 'cascade',
      });
    }
    const primary = { id: ids.next('key', 'primary'), kind: 'primary' as const, columns: columns.map((column) => column.id) };
    for (const { name: wanted, type, nullable } of args.attributes ?? []) {
      const free = freeName(wanted, (one) => columns.some((other) => other.name === one));
      columns.push({ id: ids.next('col', free), name: free, type, nullable: nullable ?? true });
    }
    const junction: Table = { ...emptyTable(id, schema, name), columns, keys: [primary] };
    put(draft, 'tables', castDraft(junction));
    for (const one of relationships) put(draft, 'relationships', one);
    const realisedBy = [id, ...relationships.map((one) => one.id)];
    const fact = args.conceptual === undefined ? undefined : recordIn(before, 'relationships', args.conceptual);
    if (args.conceptual !== undefined && fact === undefined) return missing('relationship', args.conceptual);
    if (fact?.realisedBy?.some((one) => recordIn(before, 'tables', one) !== undefined) === true) {
      return problem('resolved', 'A table holds the pairs of this relationship already.');
    }
    put(draft, 'relationships', {
      ...(fact ?? {
        id: takeId(before, undefined, () => ids.next('rel', `${left.name}_${right.name}`)),
        child: left.id,
        parent: right.id,
      }),
      childColumns: [],
      parentColumns: [],
      manyToMany: true,
      realisedBy,
    });
    return args.place === undefined ? undefined : place(draft, id, args.place);
  },
});
