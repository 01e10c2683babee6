import { typedName, typeText } from '#features/inspector/index.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { columnNames } from '#model/derive/columns.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import type { TypedColumn } from './shorthand.ts';
import { tokensOf, unquoted } from './typed-tokens.ts';

/** What a CREATE TABLE says beside its columns: taken along by the names of its columns. */
export interface PastedPart {
  readonly kind: 'primary' | 'unique' | 'index' | 'check';
  readonly columns: readonly string[];
  readonly expression?: string;
}

export interface PastedSql {
  readonly typed: readonly TypedColumn[];
  readonly parts: readonly PastedPart[];
  /** What cannot come along, in words. */
  readonly left: readonly string[];
}

/** Name of the table that loose column definitions are read in. */
const LOOSE = 'pasted_columns';

/** The tables that a text refers to: their paths as typed. */
function referredPaths(text: string): readonly string[] {
  const tokens = tokensOf(text);
  const found = new Set<string>();
  for (const [at, token] of tokens.entries()) {
    // What stands in parentheses is one token: the definitions of a CREATE TABLE are looked into.
    if (token.kind === 'group') for (const path of referredPaths(token.text.slice(1, -1))) found.add(path);
    if (token.text.toLowerCase() !== 'references') continue;
    const [name, dot, second] = tokens.slice(at + 1, at + 4);
    if (name === undefined) continue;
    found.add(dot?.text === '.' && second !== undefined ? `${name.text}.${second.text}` : name.text);
  }
  return [...found];
}

/** The document's table of a path as typed in SQL. */
function tableOfPath(document: Document, path: string): Table | undefined {
  const names = tokensOf(path)
    .filter((one) => one.kind !== 'sign')
    .map((one) => (one.kind === 'quoted' ? unquoted(one) : one.text.toLowerCase()));
  const name = names.at(-1);
  const schema = names.length > 1 ? names[0] : undefined;
  const fits = (one: Table) =>
    one.name === name && (schema === undefined || recordIn(document, 'schemas', one.schema)?.name === schema);
  return Object.values(document.tables).find(fits);
}

/**
 * A script in which pasted definitions can be read by themselves: the tables they refer to stand before them as they are
 * in the document, their columns without types.
 */
export function scriptFor(document: Document, text: string): string {
  const whole = /^\s*(?:--[^\n]*\n\s*)*create\s/i.test(text);
  const body = whole ? text : `CREATE TABLE ${LOOSE} (\n${text.trim().replace(/,\s*$/, '')}\n);`;
  const stubs = referredPaths(text).flatMap((path) => {
    const table = tableOfPath(document, path);
    if (table === undefined) return [];
    const primary = table.keys.find((key) => key.kind === 'primary')?.columns ?? [];
    const names = table.columns.map((one) => `${typedName(one.name)} text`);
    const key = primary.length === 0 ? [] : [`PRIMARY KEY (${columnNames(document, table, primary).map(typedName).join(', ')})`];
    return [`CREATE TABLE IF NOT EXISTS ${path} (${[...names, ...key].join(', ')});`];
  });
  return [...stubs, body].join('\n');
}

function referenceOf(read: Document, one: Relationship, column: Id): TypedColumn['references'] {
  const parent = recordIn(read, 'tables', one.parent);
  const target = one.parentColumns[one.childColumns.indexOf(column)];
  const name = parent?.columns.find(({ id }) => id === target)?.name;
  if (parent === undefined) return undefined;
  const schema = recordIn(read, 'schemas', parent.schema);
  return {
    path: schema === undefined || schema.implicit === true ? [parent.name] : [schema.name, parent.name],
    ...(name === undefined ? {} : { column: name }),
    ...(one.onDelete === undefined ? {} : { onDelete: one.onDelete }),
    ...(one.onUpdate === undefined ? {} : { onUpdate: one.onUpdate }),
  };
}

function typedOf(read: Document, table: Table, column: Column, relationships: readonly Relationship[]): TypedColumn {
  const foreign = relationships.find((one) => one.childColumns.length === 1 && one.childColumns[0] === column.id);
  const references = foreign === undefined ? undefined : referenceOf(read, foreign, column.id);
  const alone = (columns: readonly Id[]) => columns.length === 1 && columns[0] === column.id;
  const primary = table.keys.some((key) => key.kind === 'primary' && alone(key.columns));
  return {
    name: column.name,
    type: typeText(read, column.type, table.schema),
    nullable: column.nullable,
    ...(primary ? { primary } : {}),
    ...(table.keys.some((key) => key.kind === 'unique' && alone(key.columns)) ? { unique: true } : {}),
    ...(column.identity === undefined ? {} : { identity: column.identity.mode }),
    ...(column.default === undefined ? {} : { default: column.default.sql }),
    ...(references === undefined ? {} : { references }),
    ...(column.comment === undefined ? {} : { comment: column.comment }),
  };
}

function partsOf(read: Document, table: Table): readonly PastedPart[] {
  const names = (ids: readonly Id[]) => columnNames(read, table, ids);
  const keys = table.keys.filter((key) => key.columns.length > 1).map((key) => ({ kind: key.kind, columns: names(key.columns) }));
  const checks = table.checks.map((one) => ({ kind: 'check' as const, columns: [], expression: one.expression }));
  const indexes = table.indexes
    .filter((one) => one.where === undefined && one.elements.every((element) => element.column !== undefined))
    .map((one) => ({ kind: 'index' as const, columns: names(one.elements.flatMap((element) => element.column ?? [])) }));
  return [...keys, ...checks, ...indexes];
}

/** The columns of the one table that was read, as typed columns, and what else it says. */
export function columnsRead(document: Document, text: string, read: Document): Result<PastedSql> {
  const known = new Set(referredPaths(text).flatMap((path) => tableOfPath(document, path)?.name ?? []));
  const tables = Object.values(read.tables).filter((one) => one.name === LOOSE || !known.has(one.name));
  const [table] = tables;
  if (table === undefined) return err('paste-empty', 'No column was found in it.');
  if (tables.length > 1)
    return err('paste-tables', `There are ${tables.length} tables in it: paste it on the empty canvas instead.`);
  const mine = Object.values(read.relationships).filter((one) => one.child === table.id);
  const wide = mine.filter((one) => one.childColumns.length > 1).map((one) => recordIn(read, 'tables', one.parent)?.name ?? '');
  return ok({
    typed: table.columns.map((column) => typedOf(read, table, column, mine)),
    parts: partsOf(read, table),
    left: [
      ...wide.map((name) => `the foreign key of several columns to ${name}`),
      ...table.columns.flatMap((one) => (one.generated === undefined ? [] : [`that ${one.name} is computed`])),
      ...table.exclusions.map(() => 'an exclusion constraint'),
    ],
  });
}
