import { recordIn } from '#model/collections.ts';
import type { CheckConstraint, Index, IndexElement, Key } from '#model/table-parts.ts';
import type { Id, Relationship, Table } from '#model/types.ts';
import { constraintName, foreignKeySql as standardForeignKey } from '../../base/write/clauses.ts';
import type { Indexed, KitScope } from '../../base/write/kit.ts';
import { inBrackets, isInMemory, keptClauses, tellClauses, tellOptions, withOptions } from './clauses.ts';
import { INDEX_WORDS } from './features.ts';

function clusteredSql(clustered: boolean | undefined): string {
  return clustered === undefined ? '' : clustered ? ' CLUSTERED' : ' NONCLUSTERED';
}

/** ` ON [filegroup]` */
function filegroup(scope: KitScope, tablespace: string | undefined): string {
  return tablespace === undefined ? '' : ` ON ${scope.ident(tablespace)}`;
}

/** Whether a method is one that a key can name; told when it is not. */
function keyMethod(scope: KitScope, { method, id }: Key): string {
  if (method === undefined || method === 'btree') return '';
  if (method === 'hash') return ' HASH';
  scope.lacks({ feature: 'key method', part: id }, `${method} is left out.`);
  return '';
}

export function keySql(scope: KitScope, table: Table, key: Key): string {
  const columns = scope
    .columnNames(table.id, key.columns, key.id, 'key')
    .map((name, i) => (key.descending?.includes(i) === true ? `${name} DESC` : name));
  const { before, after } = keptClauses(key.residue);
  tellOptions(scope, key.parameters, key.id);
  return [
    constraintName(scope, key.name, key.id),
    key.kind === 'primary' ? 'PRIMARY KEY' : 'UNIQUE',
    clusteredSql(key.clustered),
    keyMethod(scope, key),
    ` (${columns.join(', ')})`,
    withOptions(key.parameters),
    before,
    filegroup(scope, key.tablespace),
    after,
  ].join('');
}

function notForReplication(residue: readonly string[] | undefined): string {
  return (residue ?? []).map((one) => ` ${one}`).join('');
}

export function checkSql(scope: KitScope, check: CheckConstraint): string {
  const name = constraintName(scope, check.name, check.id);
  return `${name}CHECK${notForReplication(check.residue)} ${inBrackets(check.expression)}`;
}

const SPREADS = new Set(['cascade', 'set null', 'set default']);

/** SQL Server refuses a table that changes itself through its own foreign key (error 1785): such actions are told and left out. */
function withoutOwnActions(scope: KitScope, link: Relationship): Relationship {
  const { onDelete, onUpdate, ...rest } = link;
  const spreads = SPREADS.has(onDelete ?? '') || SPREADS.has(onUpdate ?? '');
  if (link.child !== link.parent || !spreads) return link;
  const message =
    'SQL Server refuses actions of a foreign key from a table to itself. NO ACTION is written; a trigger may serve instead.';
  scope.unsupported.push({ record: link.id, feature: 'action on the own table', message });
  return rest;
}

export function foreignKeySql(scope: KitScope, link: Relationship): string {
  return standardForeignKey(scope, withoutOwnActions(scope, link));
}

/** What rows of old may break is added without a look at them. */
export function later({ notValid }: CheckConstraint | Relationship): string | undefined {
  return notValid === true ? 'WITH NOCHECK ADD' : undefined;
}

function elementSql(scope: KitScope, on: Indexed, index: Index, element: IndexElement): string {
  const [name] =
    element.column === undefined || on.table === undefined
      ? [scope.ident(element.columnName ?? '')]
      : scope.columnNames(on.table.id, [element.column], index.id, 'index');
  return element.order === 'desc' && index.method !== 'columnstore' ? `${name} DESC` : (name as string);
}

/** SQL Server asks every index for a name: its table and columns make one up. */
function indexName(scope: KitScope, on: Indexed, index: Index, columns: readonly string[]): string {
  if (index.name !== undefined) {
    scope.checkName(index.name, index.id);
    return scope.ident(index.name);
  }
  const plain = columns.map((name) => name.replaceAll(/^\[|\](?: DESC)?$/g, ''));
  return scope.ident(['IX', on.name, ...plain].join('_').slice(0, 128));
}

/** Words before INDEX for what the index is; undefined, and told, for a method that SQL Server does not have. */
function indexKind(scope: KitScope, { method, id }: Index): string | undefined {
  if (method === undefined || method === 'btree' || method === 'hash') return '';
  const known = Object.hasOwn(INDEX_WORDS, method) ? INDEX_WORDS[method] : undefined;
  if (known === undefined) scope.lacks({ feature: 'index method', part: id }, `${method} is left out with its index.`);
  return known;
}

/** `CREATE INDEX`, or `ALTER TABLE ... ADD INDEX` of a table in memory. */
export function indexSql(scope: KitScope, on: Indexed, index: Index): string | undefined {
  const kind = indexKind(scope, index);
  if (kind === undefined || index.elements.some((one) => one.expression !== undefined)) return undefined;
  const columns = index.elements.map((one) => elementSql(scope, on, index, one));
  const name = indexName(scope, on, index, columns);
  const unique = index.unique === true ? 'UNIQUE ' : '';
  const { before, after } = keptClauses(index.residue);
  tellOptions(scope, index.parameters, index.id);
  tellClauses(scope, index.residue, index.id);
  const include = index.include ?? [];
  const rest = [
    include.length === 0 || on.table === undefined
      ? ''
      : ` INCLUDE (${scope.columnNames(on.table.id, include, index.id, 'index').join(', ')})`,
    before,
    index.where === undefined ? '' : ` WHERE ${inBrackets(index.where)}`,
    withOptions(index.parameters),
    filegroup(scope, index.tablespace),
    after,
  ].join('');
  const table = scope.nameIn(on.schema, on.name);
  const clustered = clusteredSql(index.clustered).slice(1);
  if (index.method === 'hash' || isInMemory(on.table)) {
    const shape = [unique.trim(), clustered, index.method === 'hash' ? 'HASH' : kind.trim()].filter((one) => one !== '').join(' ');
    return `ALTER TABLE ${table}\n    ADD INDEX ${name}${shape === '' ? '' : ` ${shape}`} (${columns.join(', ')})${rest}`;
  }
  const words = `${unique}${clustered === '' ? '' : `${clustered} `}${kind}`;
  return `CREATE ${words}INDEX ${name} ON ${table} (${columns.join(', ')})${rest}`;
}

/** The name of an object's schema, which SQL Server's procedures ask for in a text. */
export function schemaText(scope: KitScope, schema: Id): string {
  return scope.fact([schema], (document) => recordIn(document, 'schemas', schema)?.name ?? '');
}
