import type { Partitioning } from '#model/table-parts.ts';
import type { StorageParameter, Table } from '#model/types.ts';
import { bracketed, closed } from '../../base/write/clauses.ts';
import type { KitScope } from '../../base/write/kit.ts';
import { tableNameProblem } from '../quote.ts';
import { commentClause } from './comment.ts';

/** A clause that stands between the brackets of the table: MariaDB's period. */
const IN_BODY = /^PERIOD\s+FOR\b/i;
/** A clause that stands where partitions do. */
const PARTITIONS = /^PARTITION\s+BY\b/i;

/** Clauses of the table's body that no field holds. */
export function bodyLines(table: Table): readonly string[] {
  return (table.residue ?? []).filter((one) => IN_BODY.test(one));
}

function parameterSql({ name, value }: StorageParameter): string {
  return value === '' ? name : `${name}=${value}`;
}

function partitioningSql(scope: KitScope, table: Table, given: Partitioning): string {
  const { dialect } = scope.kit;
  const elements = given.elements.map(({ column, expression }) =>
    column === undefined
      ? closed(expression ?? '', dialect)
      : (scope.columnNames(table.id, [column], table.id, 'partitioning')[0] as string),
  );
  const columns = given.byColumns === true ? ' COLUMNS' : '';
  const parts = (given.parts ?? []).map(
    ({ name, bound, options }) =>
      `    PARTITION ${scope.ident(name)}${bound === undefined ? '' : ` ${bound}`}${options === undefined ? '' : ` ${closed(options, dialect)}`}`,
  );
  return [
    `\nPARTITION BY ${given.linear === true ? 'LINEAR ' : ''}${given.strategy.toUpperCase()}${columns} ${bracketed(elements.join(', '), dialect)}`,
    given.count === undefined || given.count === 0 ? '' : `\nPARTITIONS ${given.count}`,
    given.sub === undefined ? '' : `\n${closed(given.sub, dialect)}`,
    parts.length === 0 ? '' : `\n(\n${parts.join(',\n')}\n)`,
  ].join('');
}

/** What follows the closing bracket: options, comment, partitions. */
export function tableTail(scope: KitScope, table: Table): string {
  const residue = (table.residue ?? []).filter((one) => !IN_BODY.test(one));
  return [
    ...(table.parameters ?? []).map((one) => ` ${parameterSql(one)}`),
    table.tablespace === undefined ? '' : ` TABLESPACE ${scope.ident(table.tablespace)}`,
    commentClause(scope, table.comment),
    ...residue.filter((one) => !PARTITIONS.test(one)).map((one) => ` ${closed(one, scope.kit.dialect)}`),
    table.partitioning === undefined ? '' : partitioningSql(scope, table, table.partitioning),
    ...residue.filter((one) => PARTITIONS.test(one)).map((one) => `\n${closed(one, scope.kit.dialect)}`),
  ].join('');
}

/** `CREATE TABLE name` */
export function tableHead(scope: KitScope, table: Table): string {
  const problem = tableNameProblem(table.name);
  if (problem !== undefined) scope.note({ feature: 'name', message: problem });
  const temporary = table.persistence === 'temporary' ? 'TEMPORARY ' : '';
  return `CREATE ${temporary}TABLE ${scope.nameIn(table.schema, table.name)}`;
}
