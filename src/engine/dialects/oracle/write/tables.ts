import type { CheckConstraint, Index, IndexElement, Key, Partitioning } from '#model/table-parts.ts';
import type { Id, Relationship, StorageParameter, Table } from '#model/types.ts';
import { bracketed, closed, constraintName, foreignKeySql, residueSql } from '../../base/write/clauses.ts';
import type { Indexed, KitScope } from '../../base/write/kit.ts';
import { clauseRank, PARTITION_RANK, PHYSICAL_RANK } from '../read/attributes.ts';
import { TABLE_KINDS } from '../read/tables.ts';

const KINDS: ReadonlySet<string> = new Set(TABLE_KINDS);

/** Parameters as clauses, each with a leading space. */
function parametersSql(parameters: readonly StorageParameter[] | undefined): string {
  return (parameters ?? []).map(({ name, value }) => ` ${value === '' ? name : `${name} ${value}`}`).join('');
}

function tablespaceSql(scope: KitScope, tablespace: string | undefined): string {
  return tablespace === undefined ? '' : ` TABLESPACE ${scope.ident(tablespace)}`;
}

export function tableHead(scope: KitScope, table: Table): string {
  if (table.columns.length === 0) {
    scope.note({ feature: 'columns', message: 'Oracle has no tables without columns: it refuses this statement. Add one.' });
  }
  const kinds = (table.parameters ?? []).filter((one) => KINDS.has(one.name)).map((one) => `${one.name} `);
  const isPrivate = kinds.includes('PRIVATE ');
  const temporary = table.persistence === 'temporary' ? (isPrivate ? 'TEMPORARY ' : 'GLOBAL TEMPORARY ') : '';
  return `CREATE ${kinds.join('')}${temporary}TABLE ${scope.nameIn(table.schema, table.name)}`;
}

function elementSql(scope: KitScope, table: Id, { column, expression }: Partitioning['elements'][number]): string {
  if (column === undefined) return expression ?? '';
  return scope.ident(scope.columnName(table, column) ?? column);
}

function partitioningSql(scope: KitScope, table: Id, partitioning: Partitioning): string {
  const { strategy, elements, interval, sub, count, parts } = partitioning;
  if (strategy === 'key') {
    scope.note({ feature: 'partitioning', message: 'Oracle has no partitions by key. They are written as partitions by hash.' });
  }
  const by = strategy === 'key' ? 'HASH' : strategy.toUpperCase();
  const columns = elements.map((element) => elementSql(scope, table, element)).join(', ');
  const lines = (parts ?? []).map(({ name, bound, options }) =>
    ['    PARTITION', ...[name === '' ? undefined : scope.ident(name), bound, options].filter((one) => one !== undefined)].join(
      ' ',
    ),
  );
  return [
    `\nPARTITION BY ${by} (${columns})`,
    interval === undefined ? '' : ` INTERVAL ${bracketed(interval, 'oracle')}`,
    sub === undefined ? '' : `\n${sub}`,
    count === undefined ? '' : ` PARTITIONS ${count}`,
    lines.length === 0 ? '' : ` (\n${lines.join(',\n')}\n)`,
  ].join('');
}

/** What follows the columns, in the order that Oracle has for it. */
export function tableTail(scope: KitScope, table: Table): string {
  const { parameters, tablespace, residue, partitioning } = table;
  const between = (from: number, to: number) =>
    residueSql(
      residue?.filter((one) => clauseRank(one) >= from && clauseRank(one) < to),
      'oracle',
    ).trimEnd();
  const onCommit = (one: StorageParameter) => one.name === 'ON COMMIT';
  return [
    between(0, 1),
    parametersSql(parameters?.filter(onCommit)),
    between(1, PHYSICAL_RANK),
    parametersSql(parameters?.filter((one) => !KINDS.has(one.name) && !onCommit(one))),
    tablespaceSql(scope, tablespace),
    between(PHYSICAL_RANK, PARTITION_RANK),
    partitioning === undefined ? '' : partitioningSql(scope, table.id, partitioning),
    between(PARTITION_RANK, Number.POSITIVE_INFINITY),
  ].join('');
}

function state(notEnforced: boolean | undefined, notValid: boolean | undefined): string {
  if (notEnforced === true) return ' DISABLE';
  return notValid === true ? ' ENABLE NOVALIDATE' : '';
}

function deferral(given: Key['deferral']): string {
  if (given === undefined) return '';
  return given === 'initially deferred' ? ' DEFERRABLE INITIALLY DEFERRED' : ' DEFERRABLE';
}

export function keySql(scope: KitScope, table: Table, key: Key): string {
  const columns = scope.columnNames(table.id, key.columns, key.id, 'key').join(', ');
  return [
    constraintName(scope, key.name, key.id),
    key.kind === 'primary' ? 'PRIMARY KEY' : 'UNIQUE',
    ` (${columns})`,
    deferral(key.deferral),
    key.tablespace === undefined ? '' : ` USING INDEX TABLESPACE ${scope.ident(key.tablespace)}`,
    residueSql(key.residue, 'oracle'),
  ].join('');
}

export function checkSql(scope: KitScope, _table: Table, check: CheckConstraint): string {
  const name = constraintName(scope, check.name, check.id);
  const rest = residueSql(check.residue, 'oracle');
  return `${name}CHECK ${bracketed(check.expression, 'oracle')}${rest}${state(check.notEnforced, check.notValid)}`;
}

export function linkSql(scope: KitScope, link: Relationship): string {
  return `${foreignKeySql(scope, link)}${state(link.notEnforced, link.notValid)}`;
}

/** `USING INDEX name`, and no clause that looks like one. */
const NAMED_INDEX =
  /^USING\s+INDEX\s+(?!(?:REVERSE|LOCAL|GLOBAL|ONLINE|LOGGING|NOLOGGING|SORT|NOSORT|VISIBLE|INVISIBLE|USABLE|UNUSABLE|COMPRESS|NOCOMPRESS|PARALLEL|NOPARALLEL)$)(?:"[^"]+"|[\w$#]+)(?:\s*\.\s*(?:"[^"]+"|[\w$#]+))?$/i;

/**
 * Whether a key needs an index that is made after the table: one it names, one of its own name, or one of the same columns,
 * of which Oracle keeps only one.
 */
export function isLateKey(table: Table, key: Key): boolean {
  if (key.residue?.some((one) => NAMED_INDEX.test(one)) === true) return true;
  return table.indexes.some(
    ({ name, elements }) =>
      (name !== undefined && name === key.name) ||
      (elements.length === key.columns.length && elements.every((element, i) => element.column === key.columns[i])),
  );
}

const METHODS: readonly string[] = ['bitmap', 'multivalue'];

function indexElement(scope: KitScope, on: Indexed, index: Index, element: IndexElement): string {
  const { column, columnName, expression, order } = element;
  const [name = ''] = column === undefined ? [] : scope.columnNames(on.id, [column], index.id, 'index');
  const what =
    column !== undefined ? name : columnName !== undefined ? scope.ident(columnName) : closed(expression ?? '', 'oracle');
  return order === 'desc' ? `${what} DESC` : what;
}

export function indexSql(scope: KitScope, on: Indexed, index: Index): string | undefined {
  const { method, unique, elements, parameters, tablespace, invisible, residue } = index;
  if (index.where !== undefined && index.unique === true) {
    // Without its condition it would forbid rows that it allows.
    scope.note({
      part: index.id,
      feature: 'partial index',
      message: 'A unique index of some rows alone is not written: say it with expressions that are NULL for the others.',
    });
    return undefined;
  }
  const known = method === undefined || method === 'btree' || METHODS.includes(method);
  if (!known) scope.lacks({ feature: 'index method', part: index.id }, 'It is written as a plain index.');
  const name =
    index.name ?? `${on.name}_${index.elements.map((one) => scope.columnName(on.id, one.column ?? '') ?? 'X').join('_')}_IX`;
  if (index.name === undefined) {
    scope.note({ part: index.id, feature: 'index name', message: `Oracle needs a name for every index. It is called ${name}.` });
  }
  scope.checkName(name, index.id);
  return [
    `CREATE ${unique === true ? 'UNIQUE ' : ''}${method !== undefined && METHODS.includes(method) ? `${method.toUpperCase()} ` : ''}INDEX `,
    `${scope.nameIn(on.schema, name)} ON ${scope.nameIn(on.schema, on.name)} `,
    `(${elements.map((element) => indexElement(scope, on, index, element)).join(', ')})`,
    parametersSql(parameters),
    tablespaceSql(scope, tablespace),
    invisible === true ? ' INVISIBLE' : '',
    residueSql(residue, 'oracle').trimEnd(),
  ].join('');
}
