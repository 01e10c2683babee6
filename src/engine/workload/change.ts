import { nearest } from '#lib/edit-distance.ts';
import { recordIn } from '#model/collections.ts';
import type { Policy } from '#model/table-parts.ts';
import type { Id } from '#model/types.ts';
import { meant } from './bind.ts';
import { itemOuts, readWith } from './block.ts';
import type { UseDraft } from './build.ts';
import type { Place } from './conditions.ts';
import type { Term, Write } from './facts.ts';
import { addTable, readFrom, relationOf } from './from.ts';
import type { Answer, Resolving } from './resolving.ts';
import { findColumn, findCte, newScope, type Out, type Scope, type SourceItem } from './scope.ts';
import { isStoredView } from './stored-view.ts';
import type { Assignment, Conflict, From, Item, Name, Statement, TableFrom } from './tree.ts';
import { usesIn } from './walk.ts';
import { whyNotWritten, writtenThrough } from './written-view.ts';

const SELECT = ['select'] as const;

/** A statement that changes rows. */
type RowChange = Exclude<Statement, { is: 'select' | 'other' }>;

type Change<K extends RowChange['is']> = Extract<RowChange, { is: K }>;

/** What is changed: a table, or a view whose rows are a table's. */
interface Changed {
  readonly item: SourceItem;
  readonly use: UseDraft | undefined;
}

/** Columns that a statement names; names that are not there are findings. What a view computes is no column of a table. */
function columnsNamed(r: Resolving, { item, use }: Changed, names: readonly Name[]): Id[] {
  if (use === undefined) return [];
  const outs = item.outs ?? [];
  return names.flatMap(({ name, at }) => {
    const out = outs.find((one) => r.names.key(one.name) === r.names.key(name));
    if (out !== undefined) return out.of.is === 'base' && out.of.use === use.at ? [out.of.column] : [];
    const like = nearest(
      name,
      outs.map((one) => one.name),
    );
    r.finding('unknown-column', `${item.name ?? use.name} has no column ${name}.${meant(like)}`, at, like);
    return [];
  });
}

/** A query of WITH whose rows are a table's, which SQL Server changes through it. */
function changedInWith(r: Resolving, from: TableFrom, scope: Scope): Changed | undefined {
  const name = from.path.length === 1 ? from.path[0]?.name : undefined;
  const outs = name === undefined ? undefined : findCte(scope, name, r.names)?.outs;
  const [own] = outs?.flatMap(({ of }) => [...usesIn(of)]) ?? [];
  if (outs === undefined || own === undefined) return undefined;
  const use = r.draft.uses[own];
  return { item: { name: from.alias?.name ?? name, outs, merged: new Set(), ...(use === undefined ? {} : { use }) }, use };
}

/** The table that a statement changes, also through a view. Undefined where it cannot be told. */
function changed(r: Resolving, from: TableFrom, block: number, read: boolean): Changed {
  const name = from.alias?.name ?? from.path.at(-1)?.name ?? '';
  const id = relationOf(r, from);
  const table = id === undefined ? undefined : recordIn(r.document, 'tables', id);
  const view = id === undefined ? undefined : recordIn(r.document, 'views', id);
  if (table === undefined || isStoredView(table)) {
    const through = view === undefined ? undefined : writtenThrough(r, view, read);
    if (through !== undefined) return { item: { name, ...through, merged: new Set() }, use: through.use };
    const named = view ?? table;
    if (named !== undefined) r.finding('not-understood', whyNotWritten('view' in named ? named.view : named), from.at);
    return { item: { name, outs: undefined, merged: new Set() }, use: undefined };
  }
  const item = addTable(r, table, name, from.alias?.at ?? from.path.at(-1)?.at, block);
  item.use.read = read;
  return { item, use: item.use };
}

function returning(r: Resolving, items: readonly Item[], scope: Scope, use: UseDraft | undefined): readonly Out[] {
  const rows = use === undefined ? [] : ['old', 'new', 'inserted', 'deleted'].map((name): SourceItem => rowOf(name, use));
  const known = scope.items.map((item) => item.name);
  const more = rows.filter((row) => !known.includes(row.name));
  // These stand behind a name only, so that they make no bare name ambiguous.
  const inner: Scope = {
    ...newScope({ ...newScope(scope.parent), items: more, ctes: scope.ctes }),
    items: scope.items,
    merged: scope.merged,
  };
  const outs = itemOuts(r, items, inner);
  for (const out of outs) r.need(out.of);
  return outs;
}

/** The rows of a use under another name. */
function rowOf(name: string, use: UseDraft): SourceItem {
  const at = { start: 0, end: 0 };
  return {
    name,
    outs: use.columns.map((column) => ({ name: column.name, of: { is: 'base', use: use.at, column: column.id, at } })),
    merged: new Set(),
  };
}

function assign(r: Resolving, sets: readonly Assignment[], into: Changed, scope: Scope): Id[] {
  const columns = sets.flatMap((one) => columnsNamed(r, into, one.columns));
  for (const one of sets) r.bound(one.value, scope);
  return columns;
}

/** Columns that an UPDATE writes although it does not name them. */
function writtenAlong(use: UseDraft | undefined, columns: readonly Id[]): Id[] {
  const more = use?.columns.filter((one) => one.onUpdate !== undefined && !columns.includes(one.id)).map((one) => one.id) ?? [];
  return [...new Set([...columns, ...more])];
}

/** Reads what a statement says before it names its table. `first`: number of its first table use. */
function opened(r: Resolving, statement: RowChange, parent: Scope): { readonly first: number; readonly outside: Scope } {
  const first = r.draft.uses.length;
  const outside = newScope(parent);
  readWith(r, statement.with, outside, statement);
  return { first, outside };
}

function readInsert(r: Resolving, statement: Change<'insert'>, parent: Scope): Answer {
  const { first, outside } = opened(r, statement, parent);
  const block = r.draft.block();
  const into = changed(r, statement.table, block, false);
  const { item, use } = into;
  const columns = columnsNamed(r, into, statement.columns);
  if (statement.query !== undefined) for (const out of r.query(statement.query, outside).outs ?? []) r.need(out.of);
  const scope = newScope(outside);
  scope.items.push(item);
  if (use !== undefined) {
    const conflict =
      statement.conflict === undefined ? undefined : readConflict(r, statement.conflict, { item, use }, scope, statement.incoming);
    const all = statement.columns.length > 0 ? columns : columnsOfItem(item, use);
    use.write = { kind: 'insert', columns: all, ...(conflict === undefined ? {} : { conflict }) };
  }
  return { outs: returning(r, statement.returning, scope, use), first };
}

/** Columns of the changed table that what is changed shows. */
function columnsOfItem({ outs = [] }: SourceItem, use: UseDraft): Id[] {
  return outs.flatMap(({ of }) => (of.is === 'base' && of.use === use.at ? [of.column] : []));
}

function readConflict(
  r: Resolving,
  conflict: Conflict,
  { item, use }: Changed & { readonly use: UseDraft },
  scope: Scope,
  incoming: Name | undefined,
): Write['conflict'] {
  const terms: Term[] = conflict.target.flatMap((one) => r.terms.termOf(r.bind(one, scope), true)?.term ?? []);
  const where = conflict.where === undefined ? undefined : r.terms.bare(r.bind(conflict.where, scope));
  const rows = [rowOf('excluded', use), ...(incoming === undefined ? [] : [rowOf(incoming.name, use)])];
  const inner: Scope = { ...newScope({ ...newScope(scope.parent), items: rows }), items: scope.items };
  // What is set is read from the row that is there or from the one that comes; no row is looked for.
  assign(r, conflict.sets, { item, use }, inner);
  if (conflict.condition !== undefined) r.bound(conflict.condition, inner);
  if (terms.length === 0) return undefined;
  return { terms, ...(where === undefined ? {} : { where }), ...(r.spots ? { at: conflict.at } : {}) };
}

interface Target {
  readonly use: UseDraft | undefined;
  readonly scope: Scope;
  readonly place: Place;
}

/** The changed table and what else stands in FROM: one of those may be the changed table by its alias. */
function targetIn(r: Resolving, table: From, from: readonly From[], parent: Scope, commands: readonly Policy['command'][]): Target {
  const block = r.draft.block();
  const scope = newScope(parent);
  const place: Place = { spots: r.spots };
  const around = { sight: scope, outside: parent, block, place, commands: SELECT };
  const name = table.is === 'table' && table.path.length === 1 && table.alias === undefined ? table.path[0]?.name : undefined;
  const named = name !== undefined && from.some((one) => declares(r, one, name));
  let use: UseDraft | undefined;
  if (!named) {
    if (table.is === 'table') {
      const made = changedInWith(r, table, parent) ?? changed(r, table, block, true);
      scope.items.push(made.item);
      use = made.use;
    } else {
      const brought = readFrom(r, table, around);
      scope.items.push(...brought.items);
      scope.merged.push(...brought.merged);
      use = brought.items.find((item) => item.use !== undefined)?.use;
    }
  }
  for (const one of from) {
    const brought = readFrom(r, one, around);
    scope.items.push(...brought.items);
    scope.merged.push(...brought.merged);
  }
  if (named) use = scope.items.find((item) => item.name !== undefined && r.names.key(item.name) === r.names.key(name))?.use;
  if (use !== undefined) writePolicies(r, use, commands, place);
  return { use, scope, place };
}

/** Policies of what is changed. Through a view those of SELECT are there already, and its owner's count. */
function writePolicies(r: Resolving, use: UseDraft, commands: readonly Policy['command'][], place: Place): void {
  const view = use.through.at(-1);
  const others = commands.filter((one) => one !== 'select');
  if (view === undefined) r.policies(use, commands, place);
  else r.inView(view, () => r.policies(use, others, place));
}

/** Whether an element of FROM gives something this name. */
function declares(r: Resolving, from: From, name: string): boolean {
  if (from.is === 'join') return declares(r, from.left, name) || declares(r, from.right, name);
  const own = from.alias?.name ?? (from.is === 'table' ? from.path.at(-1)?.name : undefined);
  return own !== undefined && r.names.key(own) === r.names.key(name);
}

function ending(r: Resolving, statement: Change<'update'> | Change<'delete'>, { use, scope, place }: Target): void {
  if (statement.where !== undefined) r.where(statement.where, scope, place);
  const order = statement.order.map((sort) => ({ sort, of: r.bound(sort.of, scope) }));
  if (statement.limit !== undefined) r.bound(statement.limit, scope);
  if (use === undefined) return;
  const terms = order.map(({ sort, of }) => ({ end: r.terms.termOf(of, false), desc: sort.desc }));
  if (terms.length > 0 && terms.every(({ end }) => end?.use === use.at))
    use.order = terms.flatMap(({ end, desc }) => (end === undefined ? [] : [{ term: end.term, desc }]));
  if (statement.limit !== undefined) use.limit = r.terms.value(statement.limit);
}

/** The table whose column is set: MySQL may name columns of any of the tables that it joins. */
function setTable(r: Resolving, set: Assignment | undefined, statement: Change<'update'>, target: Target): UseDraft | undefined {
  const { scope, use } = target;
  if (set === undefined || (statement.table.is !== 'join' && statement.from.length === 0)) return use;
  const { table } = set;
  const named =
    table === undefined
      ? undefined
      : scope.items.find(({ name }) => name !== undefined && r.names.key(name) === r.names.key(table.name));
  if (named !== undefined) return named.use ?? use;
  const [column] = set.columns;
  const found = statement.table.is === 'join' && column !== undefined ? findColumn(scope, column.name, r.names) : undefined;
  const [own] = found?.kind === 'column' ? usesIn(found.out.of) : [];
  return own === undefined ? use : r.draft.uses[own];
}

function readUpdate(r: Resolving, statement: Change<'update'>, parent: Scope): Answer {
  const { first, outside } = opened(r, statement, parent);
  const target = targetIn(r, statement.table, statement.from, outside, ['select', 'update']);
  ending(r, statement, target);
  const { scope } = target;
  const nothing: Changed = { item: { name: undefined, outs: undefined, merged: new Set<string>() }, use: undefined };
  const into = new Map<UseDraft | undefined, Assignment[]>([[setTable(r, statement.sets[0], statement, target), []]]);
  for (const set of statement.sets) {
    const use = setTable(r, set, statement, target);
    into.set(use, [...(into.get(use) ?? []), set]);
  }
  for (const [use, sets] of into) {
    const item = scope.items.find((one) => use !== undefined && one.use === use);
    const columns = assign(r, sets, item === undefined ? nothing : { item, use }, scope);
    if (use !== undefined) use.write = { kind: 'update', columns: writtenAlong(use, columns) };
  }
  const [main] = into.keys();
  return { outs: returning(r, statement.returning, scope, main), first };
}

function readDelete(r: Resolving, statement: Change<'delete'>, parent: Scope): Answer {
  const { first, outside } = opened(r, statement, parent);
  const target = targetIn(r, statement.table, statement.from, outside, ['select', 'delete']);
  ending(r, statement, target);
  const named = (statement.others ?? []).flatMap(
    ({ name }) =>
      target.scope.items.find((item) => item.name !== undefined && r.names.key(item.name) === r.names.key(name))?.use ?? [],
  );
  for (const use of [target.use, ...named]) if (use !== undefined) use.write = { kind: 'delete', columns: [] };
  return { outs: returning(r, statement.returning, target.scope, target.use), first };
}

function readMerge(r: Resolving, statement: Change<'merge'>, parent: Scope): Answer {
  const { first, outside } = opened(r, statement, parent);
  const block = r.draft.block();
  const scope = newScope(outside);
  const place: Place = { spots: r.spots };
  const { item, use } = changed(r, statement.table, block, true);
  const brought = readFrom(r, statement.source, { sight: scope, outside, block, place, commands: SELECT });
  scope.items.push(item, ...brought.items);
  scope.merged.push(...brought.merged);
  const actions = new Set(statement.whens.map((one) => one.action));
  const target = new Set(use === undefined ? [] : [use.at]);
  const source = new Set(r.draft.uses.slice(first).flatMap((one) => (target.has(one.at) ? [] : [one.at])));
  // Rows of the source that meet nothing are inserted: all of them are read.
  r.where(statement.on, scope, actions.has('insert') ? { ...place, outer: { kind: 'left', left: source, right: target } } : place);
  const columns: Id[] = [];
  for (const when of statement.whens) {
    if (when.condition !== undefined) r.bound(when.condition, scope);
    columns.push(...assign(r, when.sets, { item, use }, scope), ...columnsNamed(r, { item, use }, when.columns));
    for (const value of when.values) r.bound(value, scope);
  }
  if (use !== undefined) {
    const kind = actions.has('update') ? 'update' : actions.has('delete') ? 'delete' : 'insert';
    use.write = { kind, columns: use.columns.map(({ id }) => id).filter((id) => columns.includes(id)) };
    writePolicies(r, use, ['select', kind], place);
  }
  return { outs: returning(r, statement.returning, scope, use), first };
}

/** What a statement that changes rows reads and writes. */
export function readChange(r: Resolving, statement: RowChange, parent: Scope): Answer {
  switch (statement.is) {
    case 'insert':
      return readInsert(r, statement, parent);
    case 'update':
      return readUpdate(r, statement, parent);
    case 'delete':
      return readDelete(r, statement, parent);
    case 'merge':
      return readMerge(r, statement, parent);
  }
}
