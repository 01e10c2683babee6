import { nearest, readDefault, readType } from '#features/inspector/index.ts';
import type { IdSource } from '#lib/ids.ts';
import { ok, type Problem, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { Column, ColumnType } from '#model/column-types.ts';
import { freeName, nameProblem } from '#model/commands/lookup.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { columnsOf } from '#model/derive/columns.ts';
import { foreignKeyName, referencedKey, referencingType } from '#model/derive/foreign-key-columns.ts';
import type { Document, EnumType, Id, ReferentialAction, Table } from '#model/types.ts';
import { usualOf } from '#model/usual-types.ts';
import type { TypedColumn, TypedReference } from './shorthand.ts';
import { usualType } from './usual-type.ts';

/** What typed columns cannot be taken for, and texts that would do instead. */
export interface TypedProblem extends Problem {
  /** What was not known, as typed, and what is near to it. */
  readonly unknown?: string;
  readonly instead?: readonly string[];
  /** It may be taken as it is: a type from elsewhere. */
  readonly keeps?: boolean;
}

/** How strict one is. */
export interface Taking {
  /** Types nobody here knows are taken as types from elsewhere. */
  readonly unknownTypes?: boolean;
  /** A name that is taken gets a number; else it is a problem. */
  readonly renames?: boolean;
}

/** A typed column with everything looked up in the document. */
export interface Resolved {
  readonly column: Column;
  readonly enumType?: EnumType;
  readonly primary: boolean;
  readonly unique: boolean;
  readonly index: boolean;
  readonly reference?: {
    readonly parent: Id;
    readonly column: Id;
    readonly onDelete?: ReferentialAction;
    readonly onUpdate?: ReferentialAction;
  };
  /** What was changed to make it fit, for people. */
  readonly notes: readonly string[];
}

/** The name of a type as typed, without its arguments: those are kept when another name is taken. */
export function bareType(text: string): string {
  return (text.split(/[([]/)[0] ?? text).trim();
}

function bad(problem: TypedProblem): { readonly ok: false; readonly problem: TypedProblem } {
  return { ok: false, problem };
}

function tablesNamed(document: Document, name: string, schema: Id | undefined): readonly Table[] {
  const named = Object.values(document.tables).filter((one) => one.name === name);
  const found = named.length > 0 ? named : Object.values(document.tables).filter((one) => one.name === name.toLowerCase());
  return found.toSorted((a, b) => Number(b.schema === schema) - Number(a.schema === schema));
}

/** The table a path names, and the names behind it: `sales.customers`, `customers.id`. */
function tableAt(
  document: Document,
  path: readonly string[],
  schema: Id | undefined,
): { table: Table; rest: readonly string[] } | undefined {
  const [first = '', second] = path;
  if (second !== undefined) {
    const home = Object.values(document.schemas).find((one) => one.name === first);
    const inside = home === undefined ? undefined : tablesNamed(document, second, home.id).find((one) => one.schema === home.id);
    if (inside !== undefined) return { table: inside, rest: path.slice(2) };
  }
  const table = tablesNamed(document, first, schema)[0];
  return table === undefined ? undefined : { table, rest: path.slice(1) };
}

/** Looks up what `-> customers` means: the parent and the one column of its key. */
export function resolveReference(
  document: Document,
  schema: Id | undefined,
  typed: TypedReference,
): Result<{ readonly parent: Table; readonly column: Column }, TypedProblem> {
  const found = tableAt(document, typed.path, schema);
  const name = typed.path.join('.');
  if (found === undefined) {
    const instead = nearest(typed.path.at(-1) ?? '', new Set(Object.values(document.tables).map((one) => one.name)));
    const question = instead.length === 0 ? '' : ` Did you mean ${instead.join(' or ')}?`;
    return bad({ code: 'no-table', message: `There is no table ${name}.${question}`, unknown: name, instead });
  }
  const { table, rest } = found;
  const columns = columnsOf(document, table);
  const wanted = typed.column ?? rest[0];
  if (wanted === undefined) {
    const key = referencedKey(document, table);
    const [only] = key;
    if (only === undefined)
      return bad({ code: 'parent-without-key', message: `${table.name} has no key to refer to: give it a primary key first.` });
    if (key.length > 1)
      return bad({
        code: 'parent-key-wide',
        message: `${table.name} has a key of ${key.length} columns: draw the relationship (R), which makes a column for each.`,
      });
    return ok({ parent: table, column: only });
  }
  const column = columns.find((one) => one.name === wanted) ?? columns.find((one) => one.name === wanted.toLowerCase());
  if (column !== undefined) return ok({ parent: table, column });
  const instead = nearest(
    wanted,
    columns.map((one) => one.name),
  );
  return bad({ code: 'no-column', message: `${table.name} has no column ${wanted}.`, unknown: wanted, instead });
}

function typeOf(
  document: Document,
  table: Table,
  typed: TypedColumn,
  name: string,
  parent: Column | undefined,
  taking: Taking,
): Result<ColumnType, TypedProblem> {
  if (typed.type === undefined) return ok(parent === undefined ? usualType(name, usualOf(document)) : referencingType(parent.type));
  const read = readType(document, typed.type, table.schema);
  if (!read.ok) return read;
  const { type, doubt } = read.value;
  if (doubt === undefined || taking.unknownTypes === true) return ok(type);
  return bad({
    code: 'type-unknown',
    message: doubt.message,
    unknown: bareType(typed.type),
    instead: doubt.suggestions,
    keeps: true,
  });
}

/** An enum written out beside a column: a type of its own, named after table and column. */
function enumOf(document: Document, table: Table, column: string, values: readonly string[], ids: IdSource): EnumType {
  const taken = (one: string) => nameProblem(document, 'types', one, table.schema) !== undefined;
  const name = taken(column) ? freeName(`${table.name}_${column}`, taken) : column;
  return { id: ids.next('typ', name), kind: 'enum', schema: table.schema, name, values: [...new Set(values)] };
}

function columnOfTyped(typed: TypedColumn, id: Id, name: string, type: ColumnType): Column {
  const fallback = typed.default === undefined ? undefined : readDefault(typed.default);
  // A key that says nothing else of itself counts by itself.
  const counts = typed.primary === true && typed.type === undefined && typed.references === undefined && fallback === undefined;
  const identity = typed.identity ?? (counts && type.kind === 'builtin' && type.name === 'bigint' ? 'always' : undefined);
  return {
    id,
    name,
    type,
    nullable: typed.primary === true || identity !== undefined ? false : (typed.nullable ?? true),
    ...(fallback === undefined || identity !== undefined ? {} : { default: fallback }),
    ...(identity === undefined ? {} : { identity: { mode: identity } }),
    ...(typed.comment === undefined ? {} : { comment: typed.comment }),
  };
}

function nameOfTyped(typed: TypedColumn, table: Table, target: { parent: Table; column: Column } | undefined): string {
  if (typed.name !== undefined) return typed.name;
  if (target === undefined) return 'column';
  return target.parent.id === table.id ? `parent_${target.column.name}` : foreignKeyName(target.parent.name, target.column.name);
}

/**
 * Looks up what typed columns mean for a table: types, enums, tables referred to. Nothing is changed.
 * @param taken names that other columns being added have.
 */
export function resolveColumn(
  document: Document,
  table: Table,
  typed: TypedColumn,
  ids: IdSource,
  taking: Taking = {},
  taken: ReadonlySet<string> = new Set(),
): Result<Resolved, TypedProblem> {
  const target = typed.references === undefined ? undefined : resolveReference(document, table.schema, typed.references);
  if (target?.ok === false) return target;
  const wanted = nameOfTyped(typed, table, target?.value);
  const used = new Set([...columnsOf(document, table).map((one) => one.name), ...taken]);
  if (used.has(wanted) && taking.renames !== true)
    return bad({ code: 'name-taken', message: `${table.name} already has a column ${wanted}: give this one another name.` });
  const name = used.has(wanted) ? freeName(wanted, (one) => used.has(one)) : wanted;
  const enumType = typed.values === undefined ? undefined : enumOf(document, table, name, typed.values, ids);
  const type: Result<ColumnType, TypedProblem> =
    enumType === undefined
      ? typeOf(document, table, typed, name, target?.value.column, taking)
      : ok({ kind: 'custom', type: enumType.id });
  if (!type.ok) return type;
  const { onDelete, onUpdate } = typed.references ?? {};
  return ok({
    column: columnOfTyped(typed, ids.next('col', name), name, type.value),
    ...(enumType === undefined ? {} : { enumType }),
    primary: typed.primary === true,
    unique: typed.unique === true,
    index: typed.index === true,
    ...(target === undefined
      ? {}
      : {
          reference: {
            parent: target.value.parent.id,
            column: target.value.column.id,
            ...(onDelete === undefined ? {} : { onDelete }),
            ...(onUpdate === undefined ? {} : { onUpdate }),
          },
        }),
    notes: name === wanted ? [] : [`${wanted} was taken: it is called ${name}.`],
  });
}

/** The commands that add resolved columns to a table, in order, from a position on: one undo step. */
export function addCalls(document: Document, table: Table, columns: readonly Resolved[], at: number): CommandCall[] {
  const calls: CommandCall[] = [];
  for (const { enumType } of columns) if (enumType !== undefined) calls.push({ name: 'addType', args: { record: enumType } });
  for (const [by, { column }] of columns.entries())
    calls.push({ name: 'addColumn', args: { table: table.id, column, at: at + by } });
  return [...calls, ...aroundCalls(document, table, columns)];
}

/** Keys, indexes and foreign keys of columns that are there. */
export function aroundCalls(
  document: Document,
  table: Table,
  columns: readonly Pick<Resolved, 'column' | 'primary' | 'unique' | 'index' | 'reference'>[],
): CommandCall[] {
  const calls: CommandCall[] = [];
  const old = recordIn(document, 'tables', table.id)?.keys.find((key) => key.kind === 'primary')?.columns ?? [];
  const primary = columns.filter((one) => one.primary && !old.includes(one.column.id)).map((one) => one.column.id);
  if (primary.length > 0) calls.push({ name: 'setPrimaryKey', args: { table: table.id, columns: [...old, ...primary] } });
  for (const { column, unique, index } of columns) {
    if (unique) calls.push({ name: 'addKey', args: { table: table.id, part: { kind: 'unique', columns: [column.id] } } });
    if (index) calls.push({ name: 'addIndex', args: { table: table.id, part: { elements: [{ column: column.id }] } } });
  }
  for (const { column, reference } of columns) {
    if (reference === undefined) continue;
    const { parent, column: target, ...actions } = reference;
    const relationship = { child: table.id, parent, childColumns: [column.id], parentColumns: [target], ...actions };
    calls.push({ name: 'addRelationship', args: { relationship } });
  }
  return calls;
}
