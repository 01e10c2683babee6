import { castDraft, type Draft } from 'mutative';
import type { Problem } from '#lib/result.ts';
import { recordIn } from '../collections.ts';
import type { Column } from '../column-types.ts';
import { columnsOf } from '../derive/columns.ts';
import { foreignKeyPairs, referencingType } from '../derive/foreign-key-columns.ts';
import { type New, withoutUndefined } from '../patch.ts';
import type { Document, Id, Relationship } from '../types.ts';
import { type CommandContext, defineCommand } from './define.ts';
import { draftOf, freeName, missing, nameOf, problem, put, takeId } from './lookup.ts';
import { recordCommands } from './record-commands.ts';

/** The columns a child gets to hold its parent's key. */
export interface ChildColumns {
  /** One for each column of the parent's key; absent = the usual names (`orders.id` gives `order_id`). */
  readonly names?: readonly string[];
  readonly nullable?: boolean;
  /** Also makes them a key of the child: one child a parent at most, or the child's identity. */
  readonly key?: 'unique' | 'primary';
  /** Uses the child's columns of these names where it has them. */
  readonly reuse?: boolean;
}

export interface AddRelationshipArgs {
  /** Absent column lists = none (conceptual), unless `createColumns` asks for them. */
  readonly relationship: New<Omit<Relationship, 'childColumns' | 'parentColumns'>> & {
    readonly childColumns?: readonly Id[];
    readonly parentColumns?: readonly Id[];
  };
  readonly createColumns?: ChildColumns;
}

interface Pairs {
  readonly childColumns: readonly Id[];
  readonly parentColumns: readonly Id[];
}

/** Gives the child columns for the parent's key, as drafts in place. Returns the pairs of the foreign key. */
export function createChildColumns(
  draft: Draft<Document>,
  child: Id,
  parent: Id,
  wanted: ChildColumns,
  { before, ids }: CommandContext,
): Pairs | Problem {
  const table = draftOf(draft, 'tables', child);
  const owner = recordIn(before, 'tables', child);
  if (table === undefined || owner === undefined) return missing('table', child);
  const pairs = foreignKeyPairs(before, child, parent);
  if (pairs.length === 0) {
    return problem('parent-without-key', `${nameOf(before, parent)} has no key to refer to: give it a primary key first.`);
  }
  const used = new Set(columnsOf(before, owner).map((column) => column.name));
  const childColumns = pairs.map((pair, at) => {
    const name = wanted.names?.[at] ?? pair.name;
    const existing = wanted.reuse === true ? columnsOf(before, owner).find((column) => column.name === name) : undefined;
    if (existing !== undefined) return existing.id;
    const column: Column = {
      id: ids.next('col', name),
      name: freeName(name, (one) => used.has(one)),
      type: referencingType(pair.parent.type),
      nullable: wanted.key === 'primary' ? false : (wanted.nullable ?? false),
      ...(pair.parent.collation === undefined ? {} : { collation: pair.parent.collation }),
    };
    used.add(column.name);
    table.columns.push(castDraft(column));
    return column.id;
  });
  if (wanted.key === 'primary' && table.keys.some((key) => key.kind === 'primary')) {
    return problem('primary-exists', `${owner.name} already has a primary key: choose a unique key instead.`);
  }
  if (wanted.key !== undefined) table.keys.push({ id: ids.next('key', wanted.key), kind: wanted.key, columns: [...childColumns] });
  return { childColumns, parentColumns: pairs.map((pair) => pair.parent.id) };
}

export const addRelationship = defineCommand<AddRelationshipArgs>({
  label: (document, { relationship }) =>
    `Relate ${nameOf(document, relationship.child)} to ${nameOf(document, relationship.parent)}`,
  run(draft, { relationship, createColumns }, context) {
    for (const end of [relationship.child, relationship.parent]) {
      if (recordIn(context.before, 'tables', end) === undefined) return missing('table', end);
    }
    const pairs =
      createColumns === undefined
        ? { childColumns: relationship.childColumns ?? [], parentColumns: relationship.parentColumns ?? [] }
        : createChildColumns(draft, relationship.child, relationship.parent, createColumns, context);
    if ('code' in pairs) return pairs;
    const id = takeId(context.before, relationship.id, () =>
      context.ids.next(
        'rel',
        relationship.name ?? `${nameOf(context.before, relationship.child)}_${nameOf(context.before, relationship.parent)}`,
      ),
    );
    put(draft, 'relationships', withoutUndefined({ ...relationship, ...pairs, id }) as Relationship);
    return undefined;
  },
});

export const { set: setRelationship, remove: removeRelationships } = recordCommands({
  collection: 'relationships',
  noun: 'relationship',
});

export interface SwapRelationshipArgs {
  readonly id: Id;
}

/** Makes the parent the child: the columns, declared ends and bends turn with it. */
export const swapRelationship = defineCommand<SwapRelationshipArgs>({
  label: (document, { id }) => `Turn relationship ${nameOf(document, id)} around`,
  run(draft, { id }, { before }) {
    const one = recordIn(before, 'relationships', id);
    if (one === undefined) return missing('relationship', id);
    const { onDeleteColumns: _, declared, ...rest } = one;
    const turned = {
      ...(declared?.parent === undefined ? {} : { child: declared.parent }),
      ...(declared?.child === undefined ? {} : { parent: declared.child }),
    };
    put(draft, 'relationships', {
      ...rest,
      child: one.parent,
      parent: one.child,
      childColumns: one.parentColumns,
      parentColumns: one.childColumns,
      ...(declared === undefined ? {} : { declared: turned }),
    });
    for (const route of Object.values(before.routes)) {
      if (route.relationship === id) put(draft, 'routes', { ...route, bends: route.bends.toReversed() });
    }
    return undefined;
  },
});
