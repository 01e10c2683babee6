import type { IdSource } from '#lib/ids.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { freeName } from '#model/commands/lookup.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import { dependentsOf } from '#state/dependents.ts';

export interface Transfer {
  readonly from: Id;
  readonly to: Id;
  readonly columns: readonly Id[];
  /** Position in the target; absent = at the end. */
  readonly at?: number | undefined;
  readonly copy: boolean;
}

/** What a transfer does, before it is done. */
export interface TransferPlan {
  readonly calls: readonly CommandCall[];
  readonly label: string;
  /** The columns in the target. */
  readonly columns: readonly Id[];
  /** What goes with the columns, in words. */
  readonly along: readonly string[];
  /** What is given up or breaks, in words. */
  readonly lost: readonly string[];
  /** Columns that get another name, since theirs is taken. */
  readonly renamed: readonly { readonly column: Id; readonly from: string; readonly to: string }[];
}

interface Work {
  readonly document: Document;
  readonly from: Table;
  readonly to: Table;
  readonly moving: readonly Column[];
  readonly ids: ReadonlySet<Id>;
}

function counted(columns: readonly Column[]): string {
  const [only] = columns;
  return columns.length === 1 && only !== undefined ? `column ${only.name}` : `${columns.length} columns`;
}

function renames({ document, to, moving }: Work): TransferPlan['renamed'] {
  const used = new Set(columnsOf(document, to).map((one) => one.name));
  return moving.flatMap(({ id, name }) => {
    const free = used.has(name) ? freeName(name, (one) => used.has(one)) : name;
    used.add(free);
    return free === name ? [] : [{ column: id, from: name, to: free }];
  });
}

interface Carried {
  readonly calls: CommandCall[];
  readonly words: string[];
  /** Parts and relationships that come along: not lost. */
  readonly kept: Set<Id>;
}

function carryParts(work: Work, carried: Carried): void {
  const { from, to, ids } = work;
  const all = (columns: readonly (Id | undefined)[]) =>
    columns.length > 0 && columns.every((id) => id !== undefined && ids.has(id));
  const keep = (id: Id, call: CommandCall, words: string) => {
    carried.calls.push(call);
    carried.words.push(words);
    carried.kept.add(id);
  };
  for (const key of from.keys) {
    if (!all(key.columns) || !all([...key.columns, ...(key.include ?? [])])) continue;
    const first = key.kind === 'primary' && to.keys.every((one) => one.kind !== 'primary');
    if (key.kind === 'primary' && !first) continue;
    const { attachedTo: _, ...part } = key;
    keep(key.id, { name: 'addKey', args: { table: to.id, part } }, `${key.kind} key ${key.name ?? ''}`.trim());
  }
  for (const index of from.indexes) {
    if (
      index.where !== undefined ||
      !all(index.elements.map((one) => one.column)) ||
      !(index.include ?? []).every((id) => ids.has(id))
    )
      continue;
    const { attachedTo: _, ...part } = index;
    keep(index.id, { name: 'addIndex', args: { table: to.id, part } }, `index ${index.name ?? ''}`.trim());
  }
}

function carryRelationships({ document, from, to, ids }: Work, carried: Carried): void {
  const keys = [...carried.kept];
  const unique = from.keys.filter((key) => keys.includes(key.id)).map((key) => new Set(key.columns));
  const whole = (columns: readonly Id[]) => columns.length > 0 && columns.every((id) => ids.has(id));
  for (const one of Object.values(document.relationships)) {
    const child = one.child === from.id && whole(one.childColumns);
    const key = unique.some((set) => set.size === one.parentColumns.length && one.parentColumns.every((id) => set.has(id)));
    const parent = one.parent === from.id && whole(one.parentColumns) && key;
    const touched =
      (one.child === from.id && one.childColumns.some((id) => ids.has(id))) ||
      (one.parent === from.id && one.parentColumns.some((id) => ids.has(id)));
    if (!touched || (!child && one.child === from.id && one.childColumns.some((id) => ids.has(id)))) continue;
    if (!parent && one.parent === from.id && one.parentColumns.some((id) => ids.has(id))) continue;
    const moved: Relationship = { ...one, ...(child ? { child: to.id } : {}), ...(parent ? { parent: to.id } : {}) };
    carried.calls.push({ name: 'addRelationship', args: { relationship: moved } });
    const other = recordIn(document, 'tables', child ? one.parent : one.child)?.name ?? '';
    carried.words.push(child ? `foreign key to ${other}` : `foreign key of ${other}`);
    carried.kept.add(one.id);
  }
}

function lostOf({ document, from, moving }: Work, kept: ReadonlySet<Id>): readonly string[] {
  const refs = moving.map(({ id }) => ({ record: from.id, part: id }));
  return dependentsOf(document, refs).flatMap(({ ref, what, effect }) => {
    if (kept.has(ref.part ?? ref.record)) return [];
    return [
      effect === 'breaks' ? `${what} names it and will need an edit` : effect === 'goes' ? `${what} goes` : `${what} changes`,
    ];
  });
}

function planMove(work: Work, at: number | undefined): TransferPlan {
  const { from, to, moving } = work;
  const carried: Carried = { calls: [], words: [], kept: new Set() };
  carryParts(work, carried);
  carryRelationships(work, carried);
  const renamed = renames(work);
  const calls: CommandCall[] = renamed.map(({ column, to: name }) => ({
    name: 'setColumn',
    args: { table: from.id, id: column, patch: { name } },
  }));
  const columns = moving.map(({ id }) => id);
  const place = at === undefined ? {} : { at };
  calls.push({ name: 'moveColumns', args: { from: from.id, to: to.id, ids: columns, ...place } }, ...carried.calls);
  return {
    calls,
    label: `Move ${counted(moving)} to ${to.name}`,
    columns,
    along: carried.words,
    lost: lostOf(work, carried.kept),
    renamed,
  };
}

function planCopy(work: Work, at: number | undefined, ids: IdSource): TransferPlan {
  const { document, from, to, moving } = work;
  const renamed = renames(work);
  const named = new Map(renamed.map((one) => [one.column, one.to]));
  const copies = new Map(moving.map((one) => [one.id, ids.next('col', one.name)]));
  const place = at ?? to.columns.length;
  const calls: CommandCall[] = moving.map((one, by) => ({
    name: 'addColumn',
    args: {
      table: to.id,
      column: { ...one, id: copies.get(one.id) ?? one.id, name: named.get(one.id) ?? one.name },
      at: place + by,
    },
  }));
  const along: string[] = [];
  for (const one of Object.values(document.relationships)) {
    if (one.child !== from.id || one.childColumns.length === 0 || !one.childColumns.every((id) => copies.has(id))) continue;
    const { id: _, name: __, realisedBy: ___, onDeleteColumns: ____, ...rest } = one;
    const childColumns = one.childColumns.map((id) => copies.get(id) ?? id);
    calls.push({ name: 'addRelationship', args: { relationship: { ...rest, child: to.id, childColumns } } });
    along.push(`foreign key to ${recordIn(document, 'tables', one.parent)?.name ?? ''}`);
  }
  return { calls, label: `Copy ${counted(moving)} to ${to.name}`, columns: [...copies.values()], along, lost: [], renamed };
}

/** What moving or copying columns to another table takes: the commands, what comes along, and what is given up. */
export function planTransfer(document: Document, transfer: Transfer, ids: IdSource): Result<TransferPlan> {
  const from = recordIn(document, 'tables', transfer.from);
  const to = recordIn(document, 'tables', transfer.to);
  if (from === undefined || to === undefined) return err('not-found', 'One of the tables is not in the document any more.');
  const moving = from.columns.filter((one) => transfer.columns.includes(one.id));
  if (moving.length === 0) return err('no-columns', 'None of the columns is in the table any more.');
  if (from.id === to.id && !transfer.copy) return err('same-table', 'The columns are in that table already: choose another one.');
  const work: Work = { document, from, to, moving, ids: new Set(moving.map(({ id }) => id)) };
  return ok(transfer.copy ? planCopy(work, transfer.at, ids) : planMove(work, transfer.at));
}

/** The commands that bring columns of a table, in its order, to a gap between its rows (0 = above the first). */
export function reorderCalls(table: Table, columns: readonly Id[], gap: number): CommandCall[] {
  const moving = table.columns.filter(({ id }) => columns.includes(id)).map(({ id }) => id);
  const order = table.columns.map(({ id }) => id);
  const before = order.slice(0, gap).filter((id) => !moving.includes(id));
  const wanted = [...before, ...moving, ...order.slice(gap).filter((id) => !moving.includes(id))];
  const calls: CommandCall[] = [];
  for (const [to, id] of wanted.entries()) {
    if (order[to] === id) continue;
    order.splice(order.indexOf(id), 1);
    order.splice(to, 0, id);
    calls.push({ name: 'movePart', args: { table: table.id, list: 'columns', id, to } });
  }
  return calls;
}
