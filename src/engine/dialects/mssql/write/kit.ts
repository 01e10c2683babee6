import type { Table } from '#model/types.ts';
import { commentText, endsInLineComment } from '../../base/quoting.ts';
import type { KitScope, WriteKit } from '../../base/write/kit.ts';
import { sqlText } from '../../base/write/text.ts';
import { nameProblem, quoteIdent, quoteText } from '../quote.ts';
import { linesOf, tailOf, tellClauses, tellOptions, withOptions } from './clauses.ts';
import { columnSql } from './column.ts';
import { checkSql, foreignKeySql, indexSql, keySql, later } from './constraints.ts';
import { INSTEAD, SAYS } from './features.ts';
import {
  commentSql,
  furtherTable,
  furtherTrigger,
  routineSql,
  schemaSql,
  sequenceSql,
  tellOwner,
  triggerSql,
  typeStatement,
  viewSql,
} from './objects.ts';

/** Options that are clauses of their own, not members of WITH. */
const CLAUSES = new Set(['TEXTIMAGE_ON', 'FILESTREAM_ON']);

function tableHead(scope: KitScope, table: Table): string {
  if (table.persistence === 'temporary' && !table.name.startsWith('#'))
    scope.lacks({ feature: 'temporary table' }, 'Its name would have to begin with #: a lasting table is written.');
  tellOwner(scope, table);
  if (table.columns.length === 0 && !tailOf(table).some((one) => /^as\s+edge$/i.test(one))) {
    const message = 'SQL Server has no tables without columns, edges of graphs aside. Give it one.';
    scope.note({ feature: 'table without columns', message });
  }
  tellOptions(scope, table.parameters);
  tellClauses(scope, table.residue);
  return `CREATE TABLE ${scope.nameIn(table.schema, table.name)}`;
}

function tableTail(scope: KitScope, table: Table): string {
  const parameters = table.parameters ?? [];
  const said = parameters.filter(({ name }) => !CLAUSES.has(name));
  return [
    ...tailOf(table).map((one) => ` ${one}`),
    table.tablespace === undefined ? '' : ` ON ${scope.ident(table.tablespace)}`,
    ...parameters.filter(({ name }) => CLAUSES.has(name)).map(({ name, value }) => ` ${name} ${scope.ident(value)}`),
    withOptions(said),
  ].join('');
}

/** How SQL Server's documents are written: every statement is a batch of its own, as its tools script them. */
export const MSSQL_KIT: WriteKit = {
  dialect: 'mssql',
  says: () => SAYS,
  instead: INSTEAD,
  ident: quoteIdent,
  literal: quoteText,
  remark: (text) => commentText(text, 'mssql'),
  nameProblem,
  ended: (text, body) => (body ? text : sqlText(text).add(endsInLineComment(text.sql, 'mssql') ? '\n;' : ';')),
  after: 'GO',
  foreignKeys: 'alter',
  indexes: 'statement',
  schema: schemaSql,
  type: typeStatement,
  sequence: sequenceSql,
  tableHead,
  column: columnSql,
  key: keySql,
  check: (scope, _table, check) => checkSql(scope, check),
  foreignKey: foreignKeySql,
  later,
  bareWhenEmpty: true,
  lines: (_scope, table) => linesOf(table),
  index: indexSql,
  tableTail,
  view: viewSql,
  routine: routineSql,
  trigger: triggerSql,
  comment: commentSql,
  further: { table: furtherTable, trigger: furtherTrigger },
};
