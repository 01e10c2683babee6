import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Key } from '#model/table-parts.ts';
import type { Id, Relationship, Table } from '#model/types.ts';
import { type SqlText, sqlText } from '../../base/write/text.ts';
import { ident } from '../quote.ts';
import { type ColumnPlan, columnConstraints, columnLine } from './column.ts';
import { checkSql, exclusionSql, keySql } from './constraints.ts';
import { canWrite, foreignKeySql } from './foreign-key.ts';
import { remarksAt } from './parts.ts';
import type { TablePlan } from './plan.ts';
import type { Scope } from './scope.ts';

const INDENT = '    ';
/** Names longer than this do not push every type to the right. */
const MAX_ALIGNED = 32;

interface Line {
  readonly id: Id;
  readonly text: SqlText;
  /** Parts written within this line, whose remarks it therefore carries. */
  readonly holds: readonly Id[];
}

/** A key so plain that its only column's line can carry it. */
function fitsColumn(key: Key, table: Table): boolean {
  const plain =
    key.columns.length === 1 &&
    key.name === undefined &&
    key.include === undefined &&
    key.deferral === undefined &&
    key.nullsNotDistinct !== true &&
    key.withoutOverlaps !== true &&
    key.parameters === undefined &&
    key.tablespace === undefined &&
    key.residue === undefined;
  return plain && table.columns.some((column) => column.id === key.columns[0]);
}

function linkFitsColumn(link: Relationship, table: Table): boolean {
  return (
    link.name === undefined &&
    link.childColumns.length === 1 &&
    link.period !== true &&
    table.columns.some((column) => column.id === link.childColumns[0])
  );
}

/** Foreign keys in a lasting order: by the place of their first column, then by id. */
export function inColumnOrder(table: Table, links: readonly Relationship[]): readonly Relationship[] {
  const place = new Map(table.columns.map((column, i) => [column.id, i]));
  const of = (link: Relationship) => place.get(link.childColumns[0] ?? '') ?? -1;
  return links.toSorted((a, b) => of(a) - of(b) || (a.id < b.id ? -1 : 1));
}

function columnPlan(table: Table, column: Column, links: readonly Relationship[], plan: TablePlan): ColumnPlan {
  return {
    keys: table.keys.filter((key) => key.columns[0] === column.id && !plan.later.has(key.id) && fitsColumn(key, table)),
    foreignKeys: links.filter((link) => link.childColumns[0] === column.id && linkFitsColumn(link, table)),
    defaultLater: plan.later.has(column.id),
  };
}

/** Whether a partition computes a column as its parent does; since PostgreSQL 16 it may have an expression of its own. */
function isInherited(scope: Scope, table: Table, column: Column): boolean {
  const parent = table.partitionOf?.parent ?? '';
  const inherited = scope.fact([parent], (document) => {
    const found = recordIn(document, 'tables', parent);
    const same = found === undefined ? undefined : columnsOf(document, found).find(({ name }) => name === column.name);
    return same?.generated?.expression ?? '';
  });
  return scope.version < 16 || inherited === column.generated?.expression;
}

function columnLines(scope: Scope, table: Table, links: readonly Relationship[], plan: TablePlan): Line[] {
  const lengths = table.columns.map((column) => ident(column.name).length).filter((length) => length <= MAX_ALIGNED);
  const width = Math.max(0, ...lengths);
  return table.columns.flatMap((column) => {
    const carried = columnPlan(table, column, links, plan);
    const holds = [...carried.keys, ...carried.foreignKeys].map((part) => part.id);
    if (table.partitionOf === undefined) {
      return [{ id: column.id, holds, text: columnLine(scope, table, column, carried, width) }];
    }
    const { identity: _inherited, generated, ...rest } = column;
    const own = generated === undefined || isInherited(scope, table, column) ? rest : { ...rest, generated };
    const constraints = columnConstraints(scope, table, own, carried);
    if (constraints.sql === '') return [];
    return [{ id: column.id, holds, text: sqlText(ident(column.name)).add(constraints) }];
  });
}

function constraintLines(scope: Scope, table: Table, links: readonly Relationship[], plan: TablePlan): Line[] {
  const lines: Line[] = [];
  const add = (id: Id, sql: string | undefined) => {
    if (sql !== undefined) lines.push({ id, holds: [], text: sqlText(sql) });
  };
  const now = <T extends { readonly id: Id }>(parts: readonly T[]) => parts.filter((part) => !plan.later.has(part.id));
  for (const key of now(table.keys)) if (!fitsColumn(key, table)) add(key.id, keySql(scope, table, key));
  for (const check of now(table.checks)) if (check.notValid !== true) add(check.id, checkSql(scope, check));
  for (const exclusion of now(table.exclusions)) add(exclusion.id, exclusionSql(scope, table, exclusion));
  for (const link of links) if (!linkFitsColumn(link, table)) add(link.id, foreignKeySql(scope, link));
  return lines;
}

/**
 * What stands between the brackets of CREATE TABLE: columns with aligned types, then constraints.
 * @param links every foreign key of the table; those of the plan are written here.
 * @returns lines with a line break before and after, or nothing for a table without any.
 */
export function tableBody(scope: Scope, table: Table, links: readonly Relationship[], plan: TablePlan): SqlText {
  const inline = inColumnOrder(table, links).filter((link) => plan.inline.has(link.id) && canWrite(scope, link));
  const lines = [...columnLines(scope, table, inline, plan), ...constraintLines(scope, table, inline, plan)];
  const linkRemarks = inline.flatMap((link) => (link.remarks ?? []).map((remark) => ({ ...remark, at: link.id })));
  const remarks = [...(table.remarks ?? []), ...linkRemarks];
  const text = sqlText();
  const own = (line: Line, trailing: boolean) => [line.id, ...line.holds].flatMap((id) => remarksAt(remarks, id, trailing));
  lines.forEach((line, i) => {
    for (const remark of own(line, false)) text.add(`\n${INDENT}${remark}`);
    text.add(`\n${INDENT}`).part(line.id, line.text);
    if (i < lines.length - 1) text.add(',');
    for (const remark of own(line, true)) text.add(` ${remark}`);
  });
  for (const remark of remarksAt(table.remarks, 'end', false)) text.add(`\n${INDENT}${remark}`);
  return text.sql === '' ? text : text.add('\n');
}
