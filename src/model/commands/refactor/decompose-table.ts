import { castDraft, type Draft } from 'mutative';
import type { Problem } from '#lib/result.ts';
import type { SchemaChange } from '../../change-types.ts';
import { findRecord, recordIn } from '../../collections.ts';
import type { Column } from '../../column-types.ts';
import { emptyTable } from '../../create.ts';
import { singular } from '../../derive/foreign-key-columns.ts';
import type { New } from '../../patch.ts';
import type { Key, Policy } from '../../table-parts.ts';
import type { Dependency, Document, Id, Relationship, Sql, StorageParameter, Table } from '../../types.ts';
import { type CommandContext, defineCommand } from '../define.ts';
import { applyRewrites, draftOf, missing, nameOf, nameProblem, problem, put, type Rewrites, takeId } from '../lookup.ts';
import { type Place, place } from '../tables.ts';
import { standIn } from './extract-table.ts';
import { sharedColumns, since, transferColumns } from './transfer.ts';

/** How a table holds its rows apart. Columns are those of the table that is decomposed. */
export interface PartKey {
  readonly columns: readonly Id[];
  /**
   * They may be NULL, and NULL is a value like another: a unique key instead of a primary key, in which nulls are equal
   * because it says so, because they are in every one, or because of unique indexes beside it.
   */
  readonly nulls?: 'equal' | 'equal anyway' | 'equal by indexes';
  /** Unique indexes on expressions that are there beside it. */
  readonly indexes?: readonly { readonly name: string; readonly expressions: readonly Sql[] }[];
  /** Name of the constraint; the engine gives one when it is absent. */
  readonly name?: string;
}

/** A table that a decomposition makes. */
export interface NewPart {
  readonly id: Id;
  readonly name: string;
  /** In the old table's order; with `copy` it stays where it is too, and this is the new column's id. */
  readonly columns: readonly { readonly of: Id; readonly copy?: Id }[];
  readonly key: PartKey;
  readonly unique: readonly (readonly Id[])[];
  /** Parts of the old table with SQL text that go along. */
  readonly parts: readonly Id[];
  readonly policies: readonly New<Policy>[];
  /** Options of the table that the new one has too. */
  readonly parameters?: readonly StorageParameter[];
  readonly place?: Place;
}

export interface DecomposeTableArgs {
  /** Keeps its id, its name, and the columns that no new table moves. */
  readonly table: Id;
  /** New tables in the order in which they take their columns: those that others refer to first. */
  readonly parts: readonly NewPart[];
  /** Key of what is left, when its primary key is torn. */
  readonly key?: PartKey;
  readonly unique: readonly (readonly Id[])[];
  /** Columns that take no NULL any more, in every table that has them. */
  readonly notNull: readonly Id[];
  /** Foreign keys between the tables; the old table's columns, under which child and parent both have one. */
  readonly links: readonly { readonly child: Id; readonly parent: Id; readonly columns: readonly Id[]; readonly name?: string }[];
  /** Parts of the old table with SQL text that end. */
  readonly ends: readonly Id[];
  readonly rewrites?: Rewrites;
  /** The SQL that carries rows over, to be kept. */
  readonly change?: New<SchemaChange>;
}

/** For each table of the decomposition, what its columns are called there. */
type Columns = ReadonlyMap<Id, ReadonlyMap<Id, Id>>;

function columnsByTable(table: Table, args: DecomposeTableArgs): Columns {
  const moved = new Set(args.parts.flatMap(({ columns }) => columns.flatMap((one) => (one.copy === undefined ? one.of : []))));
  const own = table.columns.flatMap(({ id }) => (moved.has(id) ? [] : [[id, id] as const]));
  return new Map([
    [table.id, new Map(own)] as const,
    ...args.parts.map((part) => [part.id, new Map(part.columns.map(({ of, copy }) => [of, copy ?? of]))] as const),
  ]);
}

function unfit(before: Document, table: Table, args: DecomposeTableArgs): Problem | undefined {
  if (args.parts.length === 0) return problem('one-part', `${table.name} stays whole: there is nothing to decompose.`);
  const known = new Set(table.columns.map(({ id }) => id));
  const moved = args.parts.flatMap(({ columns }) => columns.flatMap((one) => (one.copy === undefined ? one.of : [])));
  const named = args.parts.flatMap(({ columns }) => columns.map(({ of }) => of));
  if (named.some((id) => !known.has(id))) return missing('column', named.find((id) => !known.has(id)) ?? '');
  if (new Set(moved).size < moved.length)
    return problem('moved-twice', 'A column can move to one table only: let the other have a copy.');
  if (moved.length >= known.size)
    return problem('all-columns', `Nothing of ${table.name} would be left: one part has to keep its name.`);
  const torn = table.partitioning?.elements.find((one) => one.column !== undefined && moved.includes(one.column));
  if (torn !== undefined) return problem('partition-column', `${table.name} is partitioned by a column that would leave it.`);
  const names = args.parts.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) return problem('name-taken', `Two of the new tables are called ${twice}: rename one of them.`);
  const empty = args.parts.find(({ key }) => key.columns.length === 0);
  if (empty !== undefined) return problem('no-key', `${empty.name} needs a key.`);
  const ids = args.parts.map(({ id }) => id);
  const taken = ids.find((id, at) => id === '__proto__' || findRecord(before, id) !== undefined || ids.indexOf(id) < at);
  if (taken !== undefined) return problem('id-taken', `There already is something with the id ${taken}.`);
  return (
    sharedColumns(before, table) ??
    names.map((name) => nameProblem(before, 'tables', name, table.schema)).find((one) => one !== undefined)
  );
}

/** A copy says what the column is; what makes values stays with the column itself. */
function copyColumn(column: Column, id: Id): Column {
  const { comment, classification } = column;
  return {
    ...standIn(column, id, column.name, column.nullable),
    ...(comment === undefined ? {} : { comment }),
    ...(classification === undefined ? {} : { classification }),
  };
}

function keyOf({ columns, nulls, name }: PartKey, names: ReadonlyMap<Id, Id>, id: Id): Key {
  const own = columns.map((one) => names.get(one) ?? one);
  const key = { id, ...(name === undefined ? {} : { name }), columns: own };
  if (nulls === undefined) return { ...key, kind: 'primary' };
  return { ...key, kind: 'unique', ...(nulls === 'equal' ? { nullsNotDistinct: true } : {}) };
}

const sameSet = (a: readonly Id[], b: readonly Id[]) => a.length === b.length && a.every((id) => b.includes(id));

function addUnique(
  table: Draft<Table>,
  lists: DecomposeTableArgs['unique'],
  names: ReadonlyMap<Id, Id>,
  context: CommandContext,
): void {
  for (const list of lists) {
    const columns = list.map((id) => names.get(id) ?? id);
    if (table.keys.some((key) => sameSet(key.columns, columns))) continue;
    table.keys.push({ id: context.ids.next('key', 'unique'), kind: 'unique', columns });
  }
}

function makePart(
  draft: Draft<Document>,
  table: Table,
  part: NewPart,
  names: ReadonlyMap<Id, Id>,
  context: CommandContext,
): Problem | undefined {
  const { owner, persistence, rowSecurity } = table;
  const copies = part.columns.filter(({ copy }) => copy !== undefined);
  const copied = table.columns.flatMap((column) => {
    const id = copies.find(({ of }) => of === column.id)?.copy;
    return id === undefined ? [] : copyColumn(column, id);
  });
  const made: Table = {
    ...emptyTable(part.id, table.schema, part.name),
    ...(owner === undefined ? {} : { owner }),
    ...(persistence === undefined ? {} : { persistence }),
    ...(rowSecurity === undefined ? {} : { rowSecurity }),
    ...(part.parameters === undefined || part.parameters.length === 0 ? {} : { parameters: part.parameters }),
    columns: copied,
    policies: part.policies.map((policy) => ({ ...policy, id: context.ids.next('pol', policy.name) })),
  };
  put(draft, 'tables', castDraft(made));
  const failed = transferColumns(
    draft,
    {
      from: table.id,
      to: part.id,
      columns: part.columns.flatMap(({ of, copy }) => (copy === undefined ? of : [])),
      aliases: new Map(copies.map(({ of, copy }) => [of, copy as Id])),
      parts: part.parts,
    },
    since(draft, context),
  );
  const target = draftOf(draft, 'tables', part.id);
  if (failed !== undefined || target === undefined) return failed;
  const order = new Map(part.columns.map(({ of, copy }) => [copy ?? of, table.columns.findIndex(({ id }) => id === of)]));
  target.columns.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
  const key = keyOf(part.key, names, context.ids.next('key', 'primary'));
  if (key.kind === 'primary') {
    for (const column of target.columns) if (key.columns.includes(column.id)) column.nullable = false;
  }
  target.keys = [castDraft(key), ...target.keys.filter((one) => !sameSet(one.columns, key.columns))];
  addUnique(target, part.unique, names, context);
  for (const { name, expressions } of part.key.indexes ?? []) {
    const elements = expressions.map((expression) => ({ expression }));
    target.indexes.push({ id: context.ids.next('idx', name), name, unique: true, elements });
  }
  return undefined;
}

/** The pieces of a dependency in the tables that have its left side: each attribute of the right side once, in the first. */
function pieces(one: Dependency, columns: Columns): { readonly table: Id; readonly determinant: Id[]; readonly dependent: Id[] }[] {
  const left = new Set(one.dependent.filter((id) => !one.determinant.includes(id)));
  return [...columns].flatMap(([table, names]) => {
    if (one.determinant.some((id) => !names.has(id))) return [];
    const here = one.dependent.filter((id) => left.has(id) && names.has(id));
    // Values that combine freely do so with all the others: a part of them is another statement.
    if (here.length === 0 || (one.multivalued === true && here.length < left.size)) return [];
    for (const id of here) left.delete(id);
    const to = (id: Id) => names.get(id) as Id;
    return [{ table, determinant: one.determinant.map(to), dependent: here.map(to) }];
  });
}

/** Takes dependencies to the tables that can hold them, with their waivers. */
function carryDependencies(
  draft: Draft<Document>,
  dependencies: readonly Dependency[],
  table: Id,
  columns: Columns,
  context: CommandContext,
): void {
  for (const one of dependencies) {
    const found = pieces(one, columns);
    found.forEach((piece, at) => {
      const id = at === 0 ? one.id : context.ids.next('fd', 'dep');
      const { determinant, dependent } = piece;
      draftOf(draft, 'tables', piece.table)?.dependencies.push(castDraft({ ...one, id, determinant, dependent }));
    });
    for (const waiver of Object.values(context.before.waivers)) {
      if (waiver.at.record !== table || waiver.at.part !== one.id) continue;
      const home = found[0]?.table;
      if (home === undefined) delete draft.waivers[waiver.id];
      else put(draft, 'waivers', { ...waiver, at: { record: home, part: one.id } });
    }
  }
}

function settleRest(draft: Draft<Document>, args: DecomposeTableArgs, columns: Columns, context: CommandContext): void {
  const rest = draftOf(draft, 'tables', args.table);
  const names = columns.get(args.table);
  if (rest === undefined || names === undefined) return;
  if (args.key !== undefined) {
    const key = keyOf(args.key, names, context.ids.next('key', 'primary'));
    const others = rest.keys.filter((one) => one.kind !== 'primary' && !sameSet(one.columns, key.columns));
    rest.keys = [castDraft(key), ...others];
    if (key.kind === 'primary') {
      for (const column of rest.columns) if (key.columns.includes(column.id)) column.nullable = false;
    }
  }
  addUnique(rest, args.unique, names, context);
  const ends = new Set(args.ends);
  for (const list of ['checks', 'exclusions', 'indexes', 'policies'] as const) {
    const left = (rest[list] as { id: Id }[]).filter(({ id }) => !ends.has(id));
    if (left.length < rest[list].length) Object.assign(rest, { [list]: left });
  }
  for (const [id, own] of columns) {
    const strict = new Set(args.notNull.flatMap((one) => own.get(one) ?? []));
    for (const column of draftOf(draft, 'tables', id)?.columns ?? []) if (strict.has(column.id)) column.nullable = false;
  }
}

function addLinks(draft: Draft<Document>, args: DecomposeTableArgs, columns: Columns, { before, ids }: CommandContext): void {
  for (const { child, parent, columns: pair, name: given } of args.links) {
    const [from, to] = [columns.get(child), columns.get(parent)];
    const name = (id: Id) => draftOf(draft, 'tables', id)?.name ?? id;
    const link: Relationship = {
      id: takeId(before, undefined, () => ids.next('rel', `${name(child)}_${singular(name(parent))}`)),
      ...(given === undefined ? {} : { name: given }),
      child,
      parent,
      childColumns: pair.map((id) => from?.get(id) ?? id),
      parentColumns: pair.map((id) => to?.get(id) ?? id),
    };
    put(draft, 'relationships', castDraft(link));
  }
}

/**
 * Makes several tables of one: columns move (or are copied, where a foreign key or key needs them in two tables) with what
 * stands on them, dependencies go where they can be held, foreign keys join the parts. The engine says which
 * (`engine/decompose`).
 */
export const decomposeTable = defineCommand<DecomposeTableArgs>({
  label: (document, args) => `Decompose ${nameOf(document, args.table)} into ${args.parts.length + 1} tables`,
  run(draft, args, context) {
    const table = recordIn(context.before, 'tables', args.table);
    if (table === undefined) return missing('table', args.table);
    const refused = unfit(context.before, table, args);
    if (refused !== undefined) return refused;
    applyRewrites(draft, args.rewrites);
    const rest = draftOf(draft, 'tables', table.id);
    if (rest === undefined) return missing('table', args.table);
    rest.dependencies = [];
    const columns = columnsByTable(table, args);
    for (const part of args.parts) {
      const failed = makePart(draft, table, part, columns.get(part.id) ?? new Map(), context);
      if (failed !== undefined) return failed;
    }
    settleRest(draft, args, columns, context);
    carryDependencies(draft, table.dependencies, table.id, columns, context);
    addLinks(draft, args, columns, context);
    if (args.change !== undefined) {
      const id = takeId(context.before, args.change.id, () => context.ids.next('chg', args.change?.title ?? 'change'));
      put(draft, 'changes', castDraft({ ...args.change, id }));
    }
    for (const part of args.parts) {
      const failed = part.place === undefined ? undefined : place(draft, part.id, part.place);
      if (failed !== undefined) return failed;
    }
    return undefined;
  },
});
