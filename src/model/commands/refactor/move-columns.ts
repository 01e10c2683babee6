import { recordIn } from '../../collections.ts';
import type { Column } from '../../column-types.ts';
import type { Id } from '../../types.ts';
import { defineCommand } from '../define.ts';
import { applyRewrites, missing, nameOf, problem, type Rewrites } from '../lookup.ts';
import { isKey } from './inline-table.ts';
import { sharedColumns, since, transferColumns } from './transfer.ts';

export interface MoveColumnsAlongArgs {
  readonly relationship: Id;
  /** The end that the columns go to. */
  readonly to: 'child' | 'parent';
  readonly columns: readonly Id[];
  /** Parts with SQL text that go along, and those that end: see {@link transferColumns}. */
  readonly parts?: readonly Id[];
  readonly ends?: readonly Id[];
  readonly rewrites?: Rewrites;
}

/**
 * Moves columns to the other end of a foreign key. Only between tables whose rows pair one to one does every value keep
 * its place: to a parent several values become one, to a child one value is said many times.
 */
export const moveColumnsAlong = defineCommand<MoveColumnsAlongArgs>({
  label(document, args) {
    const link = recordIn(document, 'relationships', args.relationship);
    const to = nameOf(document, (args.to === 'parent' ? link?.parent : link?.child) ?? '');
    return `Move ${args.columns.length === 1 ? 'a column' : `${args.columns.length} columns`} to ${to}`;
  },
  run(draft, args, context) {
    applyRewrites(draft, args.rewrites);
    const { before } = context;
    const link = recordIn(before, 'relationships', args.relationship);
    if (link === undefined) return missing('relationship', args.relationship);
    const [fromId, toId] = args.to === 'parent' ? [link.child, link.parent] : [link.parent, link.child];
    const [from, to] = [recordIn(before, 'tables', fromId), recordIn(before, 'tables', toId)];
    if (from === undefined || to === undefined) return missing('table', fromId);
    if (from.id === to.id) return problem('same-table', `${from.name} refers to itself: there is no other table to move to.`);
    const [own, other] = args.to === 'parent' ? [link.childColumns, link.parentColumns] : [link.parentColumns, link.childColumns];
    const moving = from.columns.filter((column) => args.columns.includes(column.id));
    if (moving.length === 0) return problem('no-columns', `Choose columns of ${from.name}.`);
    const primary = from.keys.find((key) => key.kind === 'primary')?.columns ?? [];
    const stuck = moving.find((column) => own.includes(column.id) || primary.includes(column.id));
    if (stuck !== undefined) {
      return problem('key-column', `${stuck.name} holds the rows of both tables together: it has to stay.`);
    }
    const shared = sharedColumns(before, from) ?? sharedColumns(before, to);
    if (shared !== undefined) return shared;
    const pairs = isKey(link.child === from.id ? from : to, link.childColumns);
    const optional =
      args.to === 'parent'
        ? link.declared?.child !== '1' && link.declared?.child !== '1..n'
        : link.childColumns.some((id) => to.columns.find((column) => column.id === id)?.nullable === true);
    const change = (column: Column): Column => {
      const { identity: _, ...plain } = column;
      const kept: Column = pairs ? column : plain;
      return { ...kept, nullable: kept.nullable || (optional && kept.identity === undefined) };
    };
    const transfer = {
      from: from.id,
      to: to.id,
      columns: moving.map((column) => column.id),
      aliases: new Map(own.map((id, at) => [id, other[at] as Id])),
      parts: args.parts ?? [],
      ends: args.ends ?? [],
      repeats: args.to === 'child' && !pairs,
      change,
    };
    return transferColumns(draft, transfer, since(draft, context));
  },
});
