import { castDraft, type Draft } from 'mutative';
import { recordIn } from '../../collections.ts';
import type { Column } from '../../column-types.ts';
import { foreignKeyName } from '../../derive/foreign-key-columns.ts';
import type { Document, Id, Relationship, Table } from '../../types.ts';
import { surrogateOf, usualOf } from '../../usual-types.ts';
import { mapColumns } from '../column-refs.ts';
import { takeColumns } from '../columns.ts';
import { type CommandContext, defineCommand } from '../define.ts';
import { draftOf, freeName, missing, nameOf, problem, put } from '../lookup.ts';
import { secondIdentity, standIn } from './extract-table.ts';
import { sharedColumns, since } from './transfer.ts';

export interface AddSurrogateKeyArgs {
  readonly table: Id;
  readonly kind: 'identity' | 'uuid';
  /** Absent = `id`, or what is free like it. */
  readonly name?: string;
  /** Children get a column for the new key, and their foreign keys lead to it. */
  readonly repoint?: boolean;
  /** Child columns that SQL names, so that they stay although no foreign key needs them. */
  readonly keep?: readonly Id[];
}

/** The foreign keys that hold the key the table has now. */
export function linksToKey(document: Document, table: Table): readonly Relationship[] {
  const old = table.keys.find((key) => key.kind === 'primary')?.columns ?? [];
  const same = (one: Relationship) =>
    one.parentColumns.length === old.length && one.parentColumns.every((id) => old.includes(id)) && one.period !== true;
  return Object.values(document.relationships).filter((one) => one.parent === table.id && old.length > 0 && same(one));
}

/** The usual name of a key the engine names; one that was spelled out would clash with the new key's. */
function demoted(table: Table): Table['keys'] {
  return table.keys.map((key) => {
    if (key.kind !== 'primary') return key;
    const { name, ...rest } = key;
    return { ...rest, kind: 'unique' as const, ...(name === undefined || name === `${table.name}_pkey` ? {} : { name }) };
  });
}

/** Whether something other than this foreign key stands on one of the child's columns. */
function usedOtherwise(document: Document, child: Table, link: Relationship): boolean {
  const ids = new Set(link.childColumns);
  const links = Object.values(document.relationships).filter((one) => one.id !== link.id);
  const inLinks = links.some(
    (one) =>
      (one.child === child.id && one.childColumns.some((id) => ids.has(id))) ||
      (one.parent === child.id && one.parentColumns.some((id) => ids.has(id))),
  );
  return inLinks || (child.partitioning?.elements.some((one) => one.column !== undefined && ids.has(one.column)) ?? false);
}

/** One child: a column for the new key where the old one stood, in everything that was built on the old one. */
function repoint(draft: Draft<Document>, link: Relationship, key: Column, keep: ReadonlySet<Id>, context: CommandContext): void {
  const child = recordIn(context.before, 'tables', link.child);
  const parent = recordIn(context.before, 'tables', link.parent);
  const target = draftOf(draft, 'tables', link.child);
  if (child === undefined || parent === undefined || target === undefined) return;
  const old = child.columns.filter((column) => link.childColumns.includes(column.id));
  const wanted = child.id === parent.id ? `parent_${key.name}` : foreignKeyName(parent.name, key.name);
  const name = freeName(wanted, (one) => child.columns.some((column) => column.name === one));
  const column = standIn(
    key,
    context.ids.next('col', name),
    name,
    old.some((one) => one.nullable),
  );
  const at = child.columns.findIndex((one) => one.id === link.childColumns[0]);
  target.columns.splice(at < 0 ? target.columns.length : at, 0, castDraft(column));
  const { onDeleteColumns: _, match: __, ...rest } = link;
  put(draft, 'relationships', { ...rest, childColumns: [column.id], parentColumns: [key.id] });
  const only = link.childColumns[0];
  const stays = usedOtherwise(context.before, child, link) || link.childColumns.some((id) => keep.has(id));
  if (stays || only === undefined || sharedColumns(context.before, child) !== undefined) return;
  if (link.childColumns.length > 1 && child.keys.some((one) => one.columns.some((id) => link.childColumns.includes(id)))) return;
  const next = since(draft, context);
  if (link.childColumns.length === 1) mapColumns(draft, child.id, (id) => (id === only ? column.id : id), next.before);
  takeColumns(draft, child.id, link.childColumns, since(draft, context));
}

/**
 * Gives a table a key without meaning. The old primary key stays as a unique key, and so do foreign keys to it unless
 * they are asked to follow.
 */
export const addSurrogateKey = defineCommand<AddSurrogateKeyArgs>({
  label: (document, args) => `Give ${nameOf(document, args.table)} a surrogate key`,
  run(draft, args, context) {
    const { before, ids } = context;
    const table = recordIn(before, 'tables', args.table);
    const target = draftOf(draft, 'tables', args.table);
    if (table === undefined || target === undefined) return missing('table', args.table);
    const shared = sharedColumns(before, table);
    if (shared !== undefined) return shared;
    if (table.partitioning !== undefined) {
      return problem(
        'partitioned',
        `${table.name} is partitioned: its primary key has to contain the columns it is partitioned by.`,
      );
    }
    const taken = (name: string) => table.columns.some((column) => column.name === name);
    if (args.name !== undefined && taken(args.name)) {
      return problem('name-taken', `${table.name} already has a column ${args.name}: choose another name.`);
    }
    const second = args.kind === 'identity' ? secondIdentity(before, table) : undefined;
    if (second !== undefined) return second;
    const name = args.name ?? freeName('id', taken);
    const column = surrogateOf(usualOf(before), args.kind, ids.next('col', name), name);
    const links = args.repoint === true ? linksToKey(before, table) : [];
    target.keys = castDraft([
      { id: ids.next('key', 'primary'), kind: 'primary' as const, columns: [column.id] },
      ...demoted(table),
    ]);
    target.columns.unshift(castDraft(column));
    const keep = new Set(args.keep ?? []);
    for (const link of links) {
      const now = draftOf(draft, 'relationships', link.id) as Relationship | undefined;
      if (now !== undefined) repoint(draft, link, column, keep, since(draft, context));
    }
    return undefined;
  },
});
