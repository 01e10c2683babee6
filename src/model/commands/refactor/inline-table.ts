import { castDraft, type Draft } from 'mutative';
import type { Problem } from '#lib/result.ts';
import { recordIn } from '../../collections.ts';
import type { Column } from '../../column-types.ts';
import type { Document, Id, Relationship, Table } from '../../types.ts';
import { removeRecords } from '../cascade.ts';
import { takeColumns } from '../columns.ts';
import { type CommandContext, defineCommand } from '../define.ts';
import { applyRewrites, draftOf, missing, nameOf, problem, put, type Rewrites } from '../lookup.ts';
import { sharedColumns, since, transferColumns } from './transfer.ts';

export interface InlineTableArgs {
  /** The foreign key along which the table is folded. */
  readonly relationship: Id;
  /** The end that disappears: a child that shares its parent's key, or a parent that only this child refers to. */
  readonly end: 'child' | 'parent';
  /** Parts with SQL text that go along: see {@link transferColumns}. */
  readonly parts?: readonly Id[];
  readonly rewrites?: Rewrites;
}

/** Whether a table has at most one row for each value of these columns. */
export function isKey(table: Table, columns: readonly Id[]): boolean {
  return table.keys.some((key) => key.columns.every((id) => columns.includes(id)));
}

interface Fold {
  readonly goes: Table;
  readonly stays: Table;
  /** Columns of the table that goes, and those of the other that hold the same value. */
  readonly aliases: ReadonlyMap<Id, Id>;
  readonly moving: readonly Id[];
}

function foldOf(before: Document, link: Relationship, end: InlineTableArgs['end']): Fold | Problem {
  const [child, parent] = [recordIn(before, 'tables', link.child), recordIn(before, 'tables', link.parent)];
  if (child === undefined || parent === undefined) return missing('table', link.child);
  if (child.id === parent.id) return problem('same-table', `${child.name} refers to itself: there is nothing to fold.`);
  if (link.childColumns.length === 0) return problem('no-columns', 'The relationship has no columns yet: give it some first.');
  const [goes, stays] = end === 'child' ? [child, parent] : [parent, child];
  const [own, other] = end === 'child' ? [link.childColumns, link.parentColumns] : [link.parentColumns, link.childColumns];
  const shared = sharedColumns(before, goes) ?? sharedColumns(before, stays);
  if (shared !== undefined) return shared;
  if (end === 'child' && !isKey(child, link.childColumns)) {
    return problem('many-rows', `Several rows of ${child.name} may belong to one of ${parent.name}: only one fits into its row.`);
  }
  const users = Object.values(before.relationships).filter((one) => one.parent === goes.id && one.id !== link.id);
  if (end === 'parent' && users.length > 0) {
    const names = users.map((one) => nameOf(before, one.child)).join(', ');
    return problem('other-children', `${names} refers to ${parent.name} too: only a table with one child can be folded into it.`);
  }
  const aliases = new Map(own.map((id, at) => [id, other[at] as Id]));
  const moving = goes.columns.filter((column) => !aliases.has(column.id)).map((column) => column.id);
  return { goes, stays, aliases, moving };
}

/** Foreign keys to the table that goes lead to the other one, where its columns say the same. */
function repoint(draft: Draft<Document>, { goes, stays, aliases }: Fold, link: Relationship): void {
  for (const one of Object.values(draft.relationships) as Relationship[]) {
    if (one.id === link.id || one.parent !== goes.id || one.parentColumns.length === 0) continue;
    if (!one.parentColumns.every((id) => aliases.has(id))) continue;
    put(draft, 'relationships', { ...one, parent: stays.id, parentColumns: one.parentColumns.map((id) => aliases.get(id) ?? id) });
  }
  for (const one of Object.values(draft.relationships) as Relationship[]) {
    if (one.id === link.id || one.child !== goes.id || !one.childColumns.every((id) => aliases.has(id))) continue;
    if (one.childColumns.length === 0) continue;
    const { onDeleteColumns } = one;
    put(draft, 'relationships', {
      ...one,
      child: stays.id,
      childColumns: one.childColumns.map((id) => aliases.get(id) ?? id),
      ...(onDeleteColumns === undefined ? {} : { onDeleteColumns: onDeleteColumns.map((id) => aliases.get(id) ?? id) }),
    });
  }
}

/** What was unique in the folded parent determines the rest: no constraint of the child can say so, a dependency can. */
function keepFacts(
  draft: Draft<Document>,
  { goes, stays, aliases, moving }: Fold,
  pointers: readonly Id[],
  { ids }: CommandContext,
): void {
  const table = draftOf(draft, 'tables', stays.id);
  if (table === undefined) return;
  const here = (id: Id) => aliases.get(id) ?? id;
  const gone = new Set(pointers);
  for (const key of goes.keys) {
    const determinant = key.columns.map(here).filter((id) => !gone.has(id));
    const dependent = moving.filter((id) => !determinant.includes(id));
    if (determinant.length < key.columns.length || dependent.length === 0) continue;
    table.dependencies.push(castDraft({ id: ids.next('fd', 'folded'), determinant, dependent }));
  }
}

/** Columns of the child that only held the number of the parent's row. */
function pointersOf(child: Table, parent: Table, link: Relationship, before: Document): readonly Id[] {
  const made = link.parentColumns.every((id) => {
    const column = parent.columns.find((one) => one.id === id);
    return (
      column?.identity !== undefined || /serial/.test(column?.type.kind === 'builtin' ? column.type.name : '') || isUuid(column)
    );
  });
  const used = new Set([
    ...child.keys.flatMap((key) => key.columns),
    ...Object.values(before.relationships)
      .filter((one) => one.id !== link.id)
      .flatMap((one) => [...one.childColumns, ...one.parentColumns]),
  ]);
  return made && !link.childColumns.some((id) => used.has(id)) ? link.childColumns : [];
}

function isUuid(column: Column | undefined): boolean {
  return column?.type.kind === 'builtin' && column.type.name === 'uuid' && column.default !== undefined;
}

/**
 * Folds a table back into the one it hangs on: the reverse of extracting it. What stands on its own columns comes along;
 * the foreign key between the two, and what else belonged to the table, ends.
 */
export const inlineTable = defineCommand<InlineTableArgs>({
  label(document, { relationship, end }) {
    const link = recordIn(document, 'relationships', relationship);
    const [goes, stays] = end === 'child' ? [link?.child, link?.parent] : [link?.parent, link?.child];
    return `Fold ${nameOf(document, goes ?? '')} into ${nameOf(document, stays ?? '')}`;
  },
  run(draft, args, context) {
    applyRewrites(draft, args.rewrites);
    const { before } = context;
    const link = recordIn(before, 'relationships', args.relationship);
    if (link === undefined) return missing('relationship', args.relationship);
    const fold = foldOf(before, link, args.end);
    if ('code' in fold) return fold;
    const { goes, stays, aliases, moving } = fold;
    const pointers = args.end === 'parent' ? pointersOf(stays, goes, link, before) : [];
    const optional =
      args.end === 'child'
        ? link.declared?.child !== '1'
        : link.childColumns.some((id) => stays.columns.find((column) => column.id === id)?.nullable === true);
    const change = (column: Column): Column => {
      const { identity: _, ...plain } = column;
      const kept: Column = args.end === 'parent' ? plain : column;
      return { ...kept, nullable: kept.nullable || (optional && kept.identity === undefined) };
    };
    repoint(draft, fold, link);
    const first = stays.columns.findIndex((column) => column.id === link.childColumns[0]);
    const at = args.end === 'parent' && first >= 0 ? first + 1 : stays.columns.length;
    const failed = transferColumns(
      draft,
      {
        from: goes.id,
        to: stays.id,
        columns: moving,
        aliases,
        parts: args.parts ?? [],
        repeats: args.end === 'parent',
        at,
        change,
      },
      since(draft, context),
    );
    if (failed !== undefined) return failed;
    removeRecords(draft, [goes.id], since(draft, context));
    if (args.end === 'parent') keepFacts(draft, fold, pointers, context);
    return pointers.length === 0 ? undefined : takeColumns(draft, stays.id, pointers, since(draft, context));
  },
});
