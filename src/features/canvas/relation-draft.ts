import { err, ok, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { columnOf } from '#model/derive/columns.ts';
import { uniqueSets } from '#model/derive/ends.ts';
import { foreignKeyPairs, referencedKey } from '#model/derive/foreign-key-columns.ts';
import type { Document, Id, ReferentialAction, Table } from '#model/types.ts';
import type { Plug } from './overlay.ts';

export type RelationKind = 'one-to-many' | 'one-to-one' | 'many-to-many';

/** A relationship being agreed on. */
export interface RelationDraft {
  readonly child: Plug;
  readonly parent: Plug;
  readonly kind: RelationKind;
  /** The child's column that holds the key; absent = a new one. */
  readonly column?: Id;
  /** A child may be without a parent. */
  readonly optional: boolean;
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
}

function isUnique(table: Table, column: Id | undefined): boolean {
  return column !== undefined && uniqueSets(table).some((set) => set.length === 1 && set[0] === column);
}

/** The parent's columns that are referred to: the row that was meant when it is a key by itself, else the table's key. */
export function parentColumns(document: Document, draft: Pick<RelationDraft, 'parent'>): readonly Id[] {
  const parent = recordIn(document, 'tables', draft.parent.table);
  if (parent === undefined) return [];
  const { column } = draft.parent;
  if (column !== undefined && isUnique(parent, column)) return [column];
  return referencedKey(document, parent).map((one) => one.id);
}

function withColumn(document: Document, draft: Omit<RelationDraft, 'column'>, wished: Id | undefined): RelationDraft {
  const child = recordIn(document, 'tables', draft.child.table);
  const primary = child?.keys.find((key) => key.kind === 'primary')?.columns ?? [];
  // A row that identifies its own table is rarely meant to hold another's key.
  const meant = wished !== undefined && !(primary.length === 1 && primary[0] === wished) ? wished : undefined;
  const usual = foreignKeyPairs(document, draft.child.table, draft.parent.table);
  const column = meant ?? (usual.length === 1 ? usual[0]?.existing : undefined);
  const nullable = child === undefined || column === undefined ? undefined : columnOf(document, child, column)?.nullable;
  return { ...draft, optional: nullable ?? draft.optional, ...(column === undefined ? {} : { column }) };
}

/**
 * A first proposal for what was drawn: a row that is a key is the parent's, the other the child's. The way it was drawn
 * decides only where both or neither are keys, and the person sees and can turn it.
 */
export function propose(document: Document, from: Plug, to: Plug): RelationDraft {
  const [a, b] = [recordIn(document, 'tables', from.table), recordIn(document, 'tables', to.table)];
  const turned = a !== undefined && b !== undefined && isUnique(a, from.column) && !isUnique(b, to.column);
  const [child, parent] = turned ? [to, from] : [from, to];
  const base = { child, parent, kind: 'one-to-many', optional: false, onDelete: 'no action', onUpdate: 'no action' } as const;
  return withColumn(document, base, child.column);
}

/** The same with child and parent changed over. */
export function swap(document: Document, draft: RelationDraft): RelationDraft {
  const { column: _, ...rest } = draft;
  return withColumn(document, { ...rest, child: draft.parent, parent: draft.child }, draft.parent.column);
}

/** The name of the column that would be made. */
export function newColumnName(document: Document, draft: RelationDraft): string {
  const pairs = foreignKeyPairs(document, draft.child.table, draft.parent.table);
  return pairs.map((pair) => pair.name).join(', ');
}

/** What keeps this from being a foreign key, in words; undefined when nothing does. */
export function hindrance(document: Document, draft: RelationDraft): string | undefined {
  const parent = recordIn(document, 'tables', draft.parent.table);
  const child = recordIn(document, 'tables', draft.child.table);
  if (parent === undefined || child === undefined) return 'One of the tables is not there any more.';
  const lacking = (draft.kind === 'many-to-many' ? [parent, child] : [parent]).find(
    (one) => referencedKey(document, one).length === 0,
  );
  if (lacking !== undefined) return `${lacking.name} has no key to refer to: give it a primary key first.`;
  if (draft.kind === 'many-to-many' || draft.column === undefined) return undefined;
  if (parentColumns(document, draft).length > 1) {
    return `${parent.name} has a key of several columns: let new columns be made for all of them.`;
  }
  if (draft.child.table === draft.parent.table && parentColumns(document, draft)[0] === draft.column) {
    return 'A column cannot refer to itself: choose another or a new one.';
  }
  return undefined;
}

/** The commands that make it, to be run as one step. */
export function relationCalls(
  document: Document,
  draft: RelationDraft,
  place?: { diagram: Id; x: number; y: number },
): CommandCall[] {
  const { child, parent, kind, column, optional, onDelete, onUpdate } = draft;
  if (kind === 'many-to-many') {
    return [{ name: 'addManyToMany', args: { left: parent.table, right: child.table, ...(place === undefined ? {} : { place }) } }];
  }
  const actions = {
    ...(onDelete === 'no action' ? {} : { onDelete }),
    ...(onUpdate === 'no action' ? {} : { onUpdate }),
  };
  const ends = { child: child.table, parent: parent.table, ...actions };
  const table = recordIn(document, 'tables', child.table);
  const old = table === undefined || column === undefined ? undefined : columnOf(document, table, column);
  if (table === undefined || old === undefined) {
    const key = kind === 'one-to-one' ? { key: 'unique' as const } : {};
    return [{ name: 'addRelationship', args: { relationship: ends, createColumns: { nullable: optional, ...key } } }];
  }
  const calls: CommandCall[] = [];
  if (old.nullable !== optional) {
    calls.push({ name: 'setColumn', args: { table: table.id, id: old.id, patch: { nullable: optional } } });
  }
  if (kind === 'one-to-one' && !isUnique(table, old.id)) {
    calls.push({ name: 'addKey', args: { table: table.id, part: { kind: 'unique', columns: [old.id] } } });
  }
  const relationship = { ...ends, childColumns: [old.id], parentColumns: [...parentColumns(document, draft)] };
  return [...calls, { name: 'addRelationship', args: { relationship } }];
}

export type End = 'child' | 'parent';

/**
 * The commands that let a relationship end at another table or row, to be run as one step. A foreign key keeps its
 * columns where their number fits; else the child gets (or already has) columns for the parent's key, and the old ones stay.
 */
export function reconnectCalls(
  document: Document,
  relationship: Id,
  end: End,
  plug: Plug,
  diagram: Id,
): Result<readonly CommandCall[]> {
  const one = recordIn(document, 'relationships', relationship);
  const table = recordIn(document, 'tables', plug.table);
  if (one === undefined || table === undefined) return err('not-found', 'It is not in the document any more.');
  const straight: CommandCall = { name: 'setRoute', args: { diagram, relationship, bends: [] } };
  const conceptual = one.childColumns.length === 0;
  if (conceptual) {
    const patch = end === 'child' ? { child: table.id } : { parent: table.id };
    return ok([{ name: 'setRelationship', args: { id: one.id, patch } }, straight]);
  }
  if (end === 'parent') {
    const parentColumns = [...parentColumnsOf(document, plug)];
    if (parentColumns.length === 0)
      return err('parent-without-key', `${table.name} has no key to refer to: give it a primary key first.`);
    if (parentColumns.length === one.childColumns.length) {
      return ok([{ name: 'setRelationship', args: { id: one.id, patch: { parent: table.id, parentColumns } } }, straight]);
    }
  } else if (plug.column !== undefined && one.parentColumns.length === 1) {
    const patch = { child: table.id, childColumns: [plug.column], onDeleteColumns: null };
    return ok([{ name: 'setRelationship', args: { id: one.id, patch } }, straight]);
  }
  const { childColumns, parentColumns: _, onDeleteColumns: __, period: ___, ...rest } = one;
  const old = recordIn(document, 'tables', one.child);
  const nullable = childColumns.some((id) => old !== undefined && columnOf(document, old, id)?.nullable === true);
  const ends = end === 'child' ? { child: table.id } : { parent: table.id };
  return ok([
    { name: 'removeRelationships', args: { ids: [one.id] } },
    { name: 'addRelationship', args: { relationship: { ...rest, ...ends }, createColumns: { reuse: true, nullable } } },
  ]);
}

function parentColumnsOf(document: Document, parent: Plug): readonly Id[] {
  return parentColumns(document, { parent });
}
