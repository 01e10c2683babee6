import { nearest } from '#lib/edit-distance.ts';
import { recordIn } from '#model/collections.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Policy } from '#model/table-parts.ts';
import type { Id, Table, View } from '#model/types.ts';
import { SPELLING } from '../dialects/base/queries/spelling.ts';
import { meant } from './bind.ts';
import type { UseDraft } from './build.ts';
import type { Place } from './conditions.ts';
import type { Resolving } from './resolving.ts';
import { findCte, type Out, type Scope, type SourceItem } from './scope.ts';
import type { Expr, From, Name, TableFrom } from './tree.ts';
import { usesIn } from './walk.ts';

/** What an element of FROM brings. */
export interface Brought {
  readonly items: SourceItem[];
  readonly merged: Out[];
  /** Uses that conditions of its joins connect. */
  readonly links: ReadonlySet<number>[];
}

/** Where an element of FROM is read. */
export interface Around {
  /** What it sees when it is LATERAL: elements before it. */
  readonly sight: Scope;
  /** What it sees otherwise: queries around. */
  readonly outside: Scope;
  readonly block: number;
  readonly place: Place;
  /** Commands whose policies hold for tables that are read: those of SELECT. */
  readonly commands: readonly Policy['command'][];
}

const NOWHERE = { start: 0, end: 0 };

function renamed(outs: readonly Out[] | undefined, names: readonly Name[] | undefined): readonly Out[] | undefined {
  if (names === undefined) return outs;
  if (outs === undefined) return names.map(({ name, at }) => ({ name, of: { is: 'elsewhere', at } }));
  return outs.map((out, i) => (names[i] === undefined ? out : { ...out, name: names[i].name }));
}

function single(item: SourceItem): Brought {
  return { items: [item], merged: [], links: [] };
}

/** A use of a table of the model, with its columns as what it gives. */
export function addTable(
  r: Resolving,
  table: Table,
  name: string,
  at: { start: number; end: number } | undefined,
  block: number,
): SourceItem & { readonly use: UseDraft } {
  const columns = columnsOf(r.document, table);
  const use = r.draft.use({ table: table.id, columns, name, place: r.spots ? at : undefined, through: r.through, block });
  const outs = columns.map(
    (column): Out => ({ name: column.name, of: { is: 'base', use: use.at, column: column.id, at: NOWHERE } }),
  );
  return { name, outs, use, merged: new Set() };
}

/** Names of tables and views that look like a slip of the one written. */
function relationsLike(r: Resolving, name: string): readonly string[] {
  const { tables, views } = r.document;
  return nearest(name, new Set([...Object.values(tables), ...Object.values(views)].map((one) => one.name)));
}

/** The record that a table's name in the text means; a finding when there is none. */
export function relationOf(r: Resolving, from: TableFrom): Id | undefined {
  const [schema, name] = from.path.length > 1 ? from.path.slice(-2) : [undefined, from.path[0]];
  if (name === undefined) return undefined;
  const elsewhere =
    schema !== undefined && SPELLING[r.names.dialect].namesDatabases === true && r.names.schema(schema.name) === undefined;
  const found = r.names.relation(name.name, elsewhere ? undefined : schema?.name);
  if (found === undefined && !isSystem(schema?.name, name.name)) {
    const like = relationsLike(r, name.name);
    r.finding(
      'unknown-table',
      `The model has no table or view ${from.path.map((one) => one.name).join('.')}.${meant(like)}`,
      name.at,
      like,
    );
  }
  return found;
}

/** Catalogs of the engines, which no model holds. */
function isSystem(schema: string | undefined, name: string): boolean {
  if (schema !== undefined) return /^(?:pg_catalog|information_schema|performance_schema|mysql|sys|sqlite_\w*)$/i.test(schema);
  return /^(?:pg_\w+|sqlite_(?:master|schema|sequence|stat\d)|dual|deleted|inserted)$/i.test(name);
}

function ofView(r: Resolving, view: View, from: TableFrom, name: string, block: number): SourceItem {
  // A view that reads itself has no rows.
  if (r.through.includes(view.id)) return { name, outs: undefined, merged: new Set() };
  if (view.materialized !== true) return { name, outs: renamed(r.viewOuts(view), from.columns), merged: new Set() };
  // A materialized view holds rows of its own.
  const stored = r.stored(view);
  if (stored === undefined) {
    const message = `The columns of the materialized view ${view.name} cannot be told from its query, so nothing is said of it.`;
    r.finding('not-understood', message, from.at);
    return { name, outs: undefined, merged: new Set() };
  }
  const item = addTable(r, stored, name, from.alias?.at ?? from.path.at(-1)?.at, block);
  return { ...item, outs: renamed(item.outs, from.columns) };
}

function tableItem(r: Resolving, from: TableFrom, around: Around): SourceItem {
  const last = from.path.at(-1);
  const name = from.alias?.name ?? last?.name ?? '';
  const cte = from.path.length === 1 && last !== undefined ? findCte(around.sight, last.name, r.names) : undefined;
  if (cte !== undefined) return { name, outs: renamed(cte.outs, from.columns), merged: new Set() };
  const id = relationOf(r, from);
  const view = id === undefined ? undefined : recordIn(r.document, 'views', id);
  if (view !== undefined) return ofView(r, view, from, name, around.block);
  const table = id === undefined ? undefined : recordIn(r.document, 'tables', id);
  if (table === undefined) return { name, outs: undefined, merged: new Set() };
  const item = addTable(r, table, name, from.alias?.at ?? last?.at, around.block);
  r.policies(item.use, around.commands, around.place);
  return { ...item, outs: renamed(item.outs, from.columns) };
}

function functionItem(r: Resolving, from: From & { is: 'function' }, around: Around): SourceItem {
  for (const one of from.calls) r.bound(one, around.sight);
  const [first] = from.calls;
  const called = first?.is === 'call' ? first.path.at(-1) : undefined;
  const name = from.alias?.name ?? called;
  if (from.columns !== undefined) return { name, outs: renamed(undefined, from.columns), merged: new Set() };
  return { name, outs: undefined, merged: new Set() };
}

function common(r: Resolving, left: Brought, right: Brought): string[] {
  const keys = (side: Brought) =>
    [...side.merged, ...side.items.flatMap((item) => item.outs ?? [])].map((out) => r.names.key(out.name));
  const others = new Set(keys(right));
  return [...new Set(keys(left))].filter((key) => others.has(key));
}

function columnIn(r: Resolving, side: Brought, key: string): Out | undefined {
  const merged = side.merged.find((out) => r.names.key(out.name) === key);
  return (
    merged ??
    side.items.flatMap((item) => (item.merged.has(key) ? [] : (item.outs ?? []))).find((out) => r.names.key(out.name) === key)
  );
}

function usesOf(side: Brought): ReadonlySet<number> {
  const uses = new Set<number>();
  for (const item of side.items) for (const out of item.outs ?? []) usesIn(out.of, uses);
  for (const item of side.items) if (item.use !== undefined) uses.add(item.use.at);
  return uses;
}

/** Columns that a join compares by name become one. */
function merge(
  r: Resolving,
  join: From & { is: 'join' },
  left: Brought,
  right: Brought,
  place: Place,
): { merged: Out[]; links: ReadonlySet<number>[] } {
  const names = join.natural === true ? common(r, left, right).map((name) => ({ name, at: join.right.at })) : (join.using ?? []);
  const links: ReadonlySet<number>[] = [];
  const merged: Out[] = [];
  for (const { name, at } of names) {
    const key = r.names.key(name);
    const [a, b] = [columnIn(r, left, key), columnIn(r, right, key)];
    if (a === undefined || b === undefined) {
      const open = [...left.items, ...right.items].some((item) => item.outs === undefined);
      if (!open) r.finding('unknown-column', `Both sides of USING need a column ${name}.`, at, []);
      continue;
    }
    const condition: Expr = { is: 'binary', op: '=', left: { ...a.of, at }, right: { ...b.of, at }, at };
    r.need(condition);
    r.conditions.add(condition, place);
    links.push(usesIn(condition));
    merged.push(join.kind === 'right' ? b : a);
    for (const item of [...left.items, ...right.items]) item.merged.add(key);
  }
  const keys = new Set(merged.map((out) => r.names.key(out.name)));
  return { merged: [...merged, ...[...left.merged, ...right.merged].filter((out) => !keys.has(r.names.key(out.name)))], links };
}

function joined(r: Resolving, join: From & { is: 'join' }, around: Around): Brought {
  const left = readFrom(r, join.left, around);
  const sight: Scope = {
    items: [...around.sight.items, ...left.items],
    merged: [...around.sight.merged, ...left.merged],
    ctes: around.sight.ctes,
    parent: around.sight.parent,
  };
  const right = readFrom(r, join.right, { ...around, sight });
  const { kind } = join;
  const outer =
    kind === 'left' || kind === 'right' || kind === 'full' ? { outer: { kind, left: usesOf(left), right: usesOf(right) } } : {};
  const place: Place = { ...around.place, ...outer };
  const { merged, links } = merge(r, join, left, right, place);
  const both: Brought = { items: [...left.items, ...right.items], merged, links: [...left.links, ...right.links, ...links] };
  if (join.on !== undefined) {
    const scope: Scope = { items: both.items, merged, ctes: around.sight.ctes, parent: around.sight };
    both.links.push(...r.where(join.on, scope, place));
  }
  // Sides that are joined on purpose without a condition count as joined.
  both.links.push(new Set([...usesOf(left), ...usesOf(right)]));
  return both;
}

/** Reads an element of FROM: its table uses, the conditions of its joins, and the columns it brings. */
export function readFrom(r: Resolving, from: From, around: Around): Brought {
  switch (from.is) {
    case 'table':
      return single(tableItem(r, from, around));
    case 'query': {
      const { outs } = r.query(from.query, from.lateral ? around.sight : around.outside);
      return single({ name: from.alias?.name, outs: renamed(outs, from.columns), merged: new Set() });
    }
    case 'function':
      return single(functionItem(r, from, around));
    case 'join':
      return joined(r, from, around);
  }
}
