import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { columnOf } from '#model/derive/columns.ts';
import type { Index } from '#model/table-parts.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import { type SqlText, sqlText } from '../../base/write/text.ts';
import { checkNames, elementNames } from '../invented.ts';
import { inventedName } from '../names.ts';
import { ident } from '../quote.ts';
import { checkSql, elementSql, exclusionSql, keySql } from './constraints.ts';
import { canWrite, foreignKeySql } from './foreign-key.ts';
import { indexName, writeIndex } from './indexes.ts';
import { closed, remarksAt, remarksBefore, residueSql, storageParameters } from './parts.ts';
import type { TablePlan } from './plan.ts';
import { writePolicies } from './policy.ts';
import type { Scope } from './scope.ts';
import { inColumnOrder, tableBody } from './table-body.ts';

function partitioningSql(scope: Scope, table: Table): string {
  if (table.partitioning === undefined) return '';
  const { strategy, elements } = table.partitioning;
  const list = elements.map((element) => elementSql(scope, table, element, table.id));
  return ` PARTITION BY ${strategy.toUpperCase()} (${list.join(', ')})`;
}

function boundSql(bound: string): string {
  return /^\s*(for\s+values|default)\b/i.test(bound) ? bound.trim() : `FOR VALUES ${bound.trim()}`;
}

/** Everything that follows the brackets of CREATE TABLE. */
function tableTail(scope: Scope, table: Table): string {
  const inherits = table.inherits ?? [];
  return [
    inherits.length === 0 ? '' : ` INHERITS (${inherits.map((id) => scope.name(id)).join(', ')})`,
    partitioningSql(scope, table),
    table.accessMethod === undefined ? '' : ` USING ${ident(table.accessMethod)}`,
    table.parameters === undefined || table.parameters.length === 0 ? '' : ` WITH ${storageParameters(table.parameters)}`,
    residueSql(table.residue),
    table.tablespace === undefined ? '' : ` TABLESPACE ${ident(table.tablespace)}`,
  ].join('');
}

function createTable(scope: Scope, table: Table, links: readonly Relationship[], plan: TablePlan): SqlText {
  scope.checkName(table.name);
  const persistence = table.persistence === undefined ? '' : `${table.persistence.toUpperCase()} `;
  const text = sqlText(remarksBefore(table.remarks, 'before'));
  text.add(`CREATE ${persistence}TABLE ${scope.nameIn(table.schema, table.name)}`);
  const body = tableBody(scope, table, links, plan);
  if (table.partitionOf === undefined) text.add(' (').add(body).add(')');
  else {
    text.add(` PARTITION OF ${scope.name(table.partitionOf.parent)}`);
    if (body.sql !== '') text.add(' (').add(body).add(')');
    text.add(` ${closed(boundSql(table.partitionOf.bound))}`);
  }
  text.add(tableTail(scope, table)).add(';');
  for (const remark of remarksAt(table.remarks, 'end', true)) text.add(` ${remark}`);
  return text;
}

/** `ALTER TABLE t ...;` for something that CREATE TABLE could not hold. */
function alter(scope: Scope, table: Table, what: string | SqlText, only = false): SqlText {
  return sqlText(`ALTER TABLE ${only ? 'ONLY ' : ''}${scope.nameIn(table.schema, table.name)} `)
    .add(what)
    .add(';');
}

function writeLaterParts(scope: Scope, table: Table, links: readonly Relationship[], plan: TablePlan): void {
  const add = (slot: 'key' | 'constraint', id: Id, sql: string | undefined, remarks = table.remarks, at = id) => {
    if (sql === undefined) return;
    const what = sqlText('\n    ADD ').part(id, sql);
    const text = sqlText(remarksBefore(remarks, at)).add(alter(scope, table, what));
    for (const remark of remarksAt(remarks, at, true)) text.add(` ${remark}`);
    scope.put(slot, 'constraint', `constraint:${id}`, text, id);
  };
  for (const key of table.keys) if (plan.later.has(key.id)) add('key', key.id, keySql(scope, table, key));
  for (const exclusion of table.exclusions) {
    if (plan.later.has(exclusion.id)) add('key', exclusion.id, exclusionSql(scope, table, exclusion));
  }
  for (const check of table.checks) {
    if (plan.later.has(check.id) || check.notValid === true) add('constraint', check.id, checkSql(scope, check));
  }
  for (const link of inColumnOrder(table, links)) {
    if (plan.inline.has(link.id) || !canWrite(scope, link)) continue;
    const text = sqlText(remarksBefore(link.remarks, 'before'));
    text.add(alter(scope, table, sqlText('\n    ADD ').part(link.id, foreignKeySql(scope, link))));
    scope.putFor({ collection: 'relationships', record: link.id }, 'constraint', 'constraint', 'constraint', text);
  }
}

/** What an overriding column of a partition or heir changes that its line cannot say. */
function writeColumnChanges(scope: Scope, table: Table, column: Column, plan: TablePlan): void {
  const change = (key: string, what: string) =>
    scope.put(
      'follow',
      'alter',
      `${key}:${column.id}`,
      alter(scope, table, `ALTER COLUMN ${ident(column.name)} ${what}`, true),
      column.id,
    );
  const partition = table.partitionOf !== undefined;
  if (plan.later.has(column.id) && column.default !== undefined) {
    const text = alter(scope, table, `ALTER COLUMN ${ident(column.name)} SET DEFAULT ${closed(column.default.sql)}`);
    scope.put('constraint', 'alter', `default:${column.id}`, text, column.id);
  }
  if (column.statistics !== undefined) change('statistics', `SET STATISTICS ${column.statistics}`);
  if (column.storage !== undefined && (partition || scope.version < 16))
    change('storage', `SET STORAGE ${column.storage.toUpperCase()}`);
  if (column.compression !== undefined && partition) change('compression', `SET COMPRESSION ${column.compression}`);
  if (partition && column.default === undefined && inheritsDefault(scope, table, column)) change('default', 'DROP DEFAULT');
}

function inheritsDefault(scope: Scope, table: Table, column: Column): boolean {
  const parent = table.partitionOf?.parent ?? '';
  const answer = scope.fact([parent], (document) => {
    const found = recordIn(document, 'tables', parent);
    const same = found?.columns.find((one) => one.name === column.name);
    return found !== undefined && same !== undefined && columnOf(document, found, same.id)?.default !== undefined ? 'yes' : '';
  });
  return answer === 'yes';
}

function writeComments(scope: Scope, table: Table, links: readonly Relationship[], plan: TablePlan): void {
  const name = scope.nameIn(table.schema, table.name);
  const put = (late: boolean, on: string, comment: string, part?: Id) => {
    const text = sqlText(`COMMENT ON ${on} IS ${scope.comment(comment)};`);
    scope.put(late ? 'comment' : 'follow', 'comment', `comment${part === undefined ? '' : `:${part}`}`, text, part);
  };
  if (table.comment !== undefined) put(false, `TABLE ${name}`, table.comment);
  for (const column of table.columns) {
    if (column.comment !== undefined) put(false, `COLUMN ${name}.${ident(column.name)}`, column.comment, column.id);
  }
  for (const part of namedConstraints(scope, table, links)) {
    if (part.comment === undefined || part.leftOut) continue;
    const late = plan.later.has(part.id) || part.late || (part.link && !plan.inline.has(part.id));
    const on = `CONSTRAINT ${ident(part.name)} ON ${name}`;
    if (!part.link) put(late, on, part.comment, part.id);
    else {
      const owner = { collection: 'relationships' as const, record: part.id };
      scope.putFor(
        owner,
        late ? 'comment' : 'follow',
        'comment',
        'comment',
        sqlText(`COMMENT ON ${on} IS ${scope.comment(part.comment, part.id)};`),
      );
    }
  }
}

interface NamedConstraint {
  readonly id: Id;
  readonly name: string;
  readonly comment: string | undefined;
  readonly link: boolean;
  readonly late: boolean;
  /** The target cannot hold it, so there is nothing to comment on. */
  readonly leftOut: boolean;
}

/** Constraints by the name they have or will be given. */
function namedConstraints(scope: Scope, table: Table, links: readonly Relationship[]): NamedConstraint[] {
  const names = (ids: readonly Id[]) => ids.flatMap((id) => scope.columnName(table.id, id) ?? []);
  const part = (id: Id, name: string, comment: string | undefined, link = false, late = false, leftOut = false) => ({
    id,
    name,
    comment,
    link,
    late,
    leftOut,
  });
  const unsaid = (one: { readonly notEnforced?: boolean; readonly period?: boolean }) =>
    (one.notEnforced === true && !scope.knows('not-enforced')) || (one.period === true && !scope.knows('period-foreign-key'));
  const checks = checkNames(table);
  return [
    ...table.keys.map((key) => {
      const invented = inventedName(
        table.name,
        key.kind === 'primary' ? [] : names(key.columns),
        key.kind === 'primary' ? 'pkey' : 'key',
      );
      return part(key.id, key.name ?? invented, key.comment);
    }),
    ...table.checks.map((check) =>
      part(check.id, check.name ?? checks.get(check.id) ?? '', check.comment, false, check.notValid === true, unsaid(check)),
    ),
    ...table.exclusions.map((one) => {
      const columns = elementNames(one.elements, (id) => names([id])[0]);
      return part(one.id, one.name ?? inventedName(table.name, columns, 'excl'), one.comment);
    }),
    ...links.map((link) =>
      part(
        link.id,
        link.name ?? inventedName(table.name, names(link.childColumns), 'fkey'),
        link.comment,
        true,
        false,
        unsaid(link),
      ),
    ),
  ];
}

function writeRest(scope: Scope, table: Table): void {
  const replica = table.replicaIdentity;
  if (replica !== undefined) {
    scope.put('alter', 'alter', 'replica', alter(scope, table, `REPLICA IDENTITY ${closed(replica)}`));
  }
  if (table.rowSecurity !== undefined) {
    scope.put('policy', 'alter', 'row-security', alter(scope, table, 'ENABLE ROW LEVEL SECURITY'));
  }
  if (table.rowSecurity === 'forced') {
    scope.put('policy', 'alter', 'force-row-security', alter(scope, table, 'FORCE ROW LEVEL SECURITY'));
  }
  writePolicies(scope, table);
  if (table.owner !== undefined) scope.put('owner', 'owner', 'owner', alter(scope, table, `OWNER TO ${ident(table.owner)}`));
}

/**
 * Writes a table with everything that is its own: columns, constraints, indexes, comments, row security, owner.
 * @param links the foreign keys it is the child of.
 */
export function writeTable(scope: Scope, table: Table, links: readonly Relationship[], plan: TablePlan): void {
  scope.put('here', 'create', 'create', createTable(scope, table, links, plan));
  for (const column of table.columns) writeColumnChanges(scope, table, column, plan);
  writeComments(scope, table, links, plan);
  for (const index of table.indexes) {
    const slot = plan.later.has(index.id) ? 'index' : 'follow';
    writeIndex(scope, { ...table, table }, index, slot, plan.only.has(index.id));
    if (index.attachedTo !== undefined && plan.attach.has(index.id)) writeAttach(scope, table, index, index.attachedTo);
  }
  writeLaterParts(scope, table, links, plan);
  writeRest(scope, table);
}

/** `ALTER INDEX parent ATTACH PARTITION own`. */
function writeAttach(scope: Scope, table: Table, index: Index, parentIndex: Id): void {
  const parent = table.partitionOf?.parent;
  if (parent === undefined) return;
  const above = (document: Document) => recordIn(document, 'tables', parent);
  const name = scope.fact([parent], (document) => above(document)?.indexes.find((one) => one.id === parentIndex)?.name ?? '');
  const schema = scope.fact([parent], (document) => above(document)?.schema ?? table.schema);
  if (name === '') return;
  const own = scope.nameIn(table.schema, indexName(scope, { ...table, table }, index));
  const text = sqlText(`ALTER INDEX ${scope.nameIn(schema, name)} ATTACH PARTITION ${own};`);
  scope.put('attach', 'alter', `attach:${index.id}`, text, index.id);
}
