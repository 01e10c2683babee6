import { castDraft, type Draft } from 'mutative';
import type { Problem } from '#lib/result.ts';
import { PART_PREFIX, recordIn } from '../collections.ts';
import type { Column } from '../column-types.ts';
import { columnsOf, descendantsOf } from '../derive/columns.ts';
import { applyPatch, type New, type Patch, withoutUndefined } from '../patch.ts';
import type { Document, Id, Table } from '../types.ts';
import { mapColumns } from './column-refs.ts';
import { type CommandContext, defineCommand } from './define.ts';
import { applyRewrites, clampAt, draftOf, missing, nameOf, problem, type Rewrites } from './lookup.ts';

export interface AddColumnArgs {
  readonly table: Id;
  readonly column: New<Column>;
  readonly at?: number;
}

function columnName(document: Document, table: Id, id: Id): string {
  return recordIn(document, 'tables', table)?.columns.find((one) => one.id === id)?.name ?? id;
}

export const addColumn = defineCommand<AddColumnArgs>({
  label: (document, args) => `Add column ${args.column.name} to ${nameOf(document, args.table)}`,
  run(draft, args, { ids }) {
    const table = draftOf(draft, 'tables', args.table);
    if (table === undefined) return missing('table', args.table);
    const id = args.column.id ?? ids.next(PART_PREFIX.columns, args.column.name);
    table.columns.splice(clampAt(args.at, table.columns.length), 0, castDraft(withoutUndefined({ ...args.column, id })));
    return undefined;
  },
});

/** A value comes from one place: a default, an identity or an expression. The one that was just given wins. */
function oneSource(column: Draft<Column>, patch: Patch<Column>): void {
  const given = (key: 'default' | 'identity' | 'generated') => patch[key] !== undefined && patch[key] !== null;
  if (given('identity') || given('generated')) delete column.default;
  if (given('default') || given('generated')) delete column.identity;
  if (given('default') || given('identity')) delete column.generated;
  if (given('identity')) column.nullable = false;
}

export interface SetColumnArgs {
  readonly table: Id;
  readonly id: Id;
  readonly patch: Patch<Column>;
  readonly rewrites?: Rewrites;
}

export const setColumn = defineCommand<SetColumnArgs>({
  label(document, args) {
    const name = columnName(document, args.table, args.id);
    const to = args.patch.name;
    return to !== undefined && to !== name ? `Rename column ${name} to ${to}` : `Change column ${name}`;
  },
  run(draft, args, { before }) {
    applyRewrites(draft, args.rewrites);
    const table = draftOf(draft, 'tables', args.table);
    const column = table?.columns.find((one) => one.id === args.id);
    if (table === undefined || column === undefined) return missing('column', args.id);
    if (args.patch.nullable === true && table.keys.some((key) => key.kind === 'primary' && key.columns.includes(args.id))) {
      return problem('primary-not-null', `${column.name} is part of the primary key, which never holds NULL: take it out first.`);
    }
    const from = column.name;
    applyPatch(column, args.patch);
    oneSource(column, args.patch);
    if (column.name !== from) renameOverrides(draft, before, args.table, from, column.name);
    return undefined;
  },
});

/** Columns of partitions and inheriting tables that override this one keep doing so under the new name. */
function renameOverrides(draft: Draft<Document>, before: Document, table: Id, from: string, to: string): void {
  for (const one of descendantsOf(before, table)) {
    if (!one.columns.some((column) => column.name === from)) continue;
    for (const column of draftOf(draft, 'tables', one.id)?.columns ?? []) if (column.name === from) column.name = to;
  }
}

export interface RemoveColumnsArgs {
  readonly table: Id;
  readonly ids: readonly Id[];
}

/**
 * Removes columns with the constraints, indexes and dependencies that contain them; relationships lose the pair, or go
 * with their last one.
 */
export const removeColumns = defineCommand<RemoveColumnsArgs>({
  label: (document, args) =>
    args.ids.length === 1
      ? `Remove column ${columnName(document, args.table, args.ids[0] as Id)}`
      : `Remove ${args.ids.length} columns of ${nameOf(document, args.table)}`,
  run: (draft, args, context) => takeColumns(draft, args.table, args.ids, context),
});

/** Takes columns out of a table and out of everything that mentions them. */
export function takeColumns(draft: Draft<Document>, id: Id, columns: readonly Id[], context: CommandContext): Problem | undefined {
  const { before } = context;
  const table = recordIn(before, 'tables', id);
  if (table === undefined) return missing('table', id);
  const gone = new Set(columns);
  const names = new Set(table.columns.filter((column) => gone.has(column.id)).map((column) => column.name));
  const holders = [table, ...descendantsOf(before, id)];
  for (const one of holders) {
    const stuck = one.partitioning?.elements.find((element) => element.column !== undefined && gone.has(element.column));
    if (stuck !== undefined) {
      return problem('partition-column', `${one.name} is partitioned by this column: change its partitioning before removing it.`);
    }
    if (one.partitionOf === undefined || one.id === id) continue;
    for (const column of one.columns) if (names.has(column.name)) gone.add(column.id);
  }
  for (const one of holders) {
    if (!one.columns.some((column) => gone.has(column.id))) continue;
    const columns = draftOf(draft, 'tables', one.id)?.columns ?? [];
    for (let at = columns.length - 1; at >= 0; at--) if (gone.has(columns[at]?.id ?? '')) columns.splice(at, 1);
  }
  mapColumns(draft, id, (column) => (gone.has(column) ? undefined : column), before);
  return undefined;
}

export interface MoveColumnsArgs {
  readonly from: Id;
  readonly to: Id;
  readonly ids: readonly Id[];
  readonly at?: number;
}

/** Moves columns to another table. They keep their ids; what the old table built on them goes. */
export const moveColumns = defineCommand<MoveColumnsArgs>({
  label: (document, args) => `Move ${args.ids.length === 1 ? 'a column' : 'columns'} to ${nameOf(document, args.to)}`,
  run(draft, args, context) {
    const { before } = context;
    const [from, to] = [recordIn(before, 'tables', args.from), recordIn(before, 'tables', args.to)];
    if (from === undefined) return missing('table', args.from);
    if (to === undefined) return missing('table', args.to);
    if (from.id === to.id) return problem('same-table', 'The columns are already in that table: choose another one.');
    const moving = args.ids.flatMap((id) => from.columns.find((column) => column.id === id) ?? []);
    const taken = new Set(columnsOf(before, to as Table).map((column) => column.name));
    const clash = moving.find((column) => taken.has(column.name));
    if (clash !== undefined)
      return problem('name-taken', `${to.name} already has a column ${clash.name}: rename one of them first.`);
    const failed = takeColumns(draft, args.from, args.ids, context);
    const target = draftOf(draft, 'tables', args.to);
    if (failed !== undefined || target === undefined) return failed ?? missing('table', args.to);
    target.columns.splice(clampAt(args.at, target.columns.length), 0, ...castDraft(moving));
    return undefined;
  },
});
