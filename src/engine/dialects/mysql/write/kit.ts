import type { Column } from '#model/column-types.ts';
import type { Relationship } from '#model/types.ts';
import { foreignKeySql } from '../../base/write/clauses.ts';
import type { Feature } from '../../base/write/features.ts';
import type { KitScope, WriteKit } from '../../base/write/kit.ts';
import { COMMON, MYSQL_8 } from '../features.ts';
import { ident, literal, nameProblem, remark } from '../quote.ts';
import { columnSql } from './column.ts';
import { checkSql, indexSql, keySql } from './constraints.ts';
import { ended, schemaSql, triggerSql, viewSql } from './objects.ts';
import { bodyLines, tableHead, tableTail } from './table.ts';

/** What is written in place of what neither server has. */
const INSTEAD: Partial<Record<Feature, string>> = {
  'identity always': 'The column is written as AUTO_INCREMENT, which also takes numbers that are given.',
  'identity start': 'The column counts from 1 in steps of 1; AUTO_INCREMENT of the table sets where it begins.',
  'identity options': 'The column is written as AUTO_INCREMENT without them.',
  'not null name': 'NOT NULL is written without a name.',
  'default name': 'The default is written without a name.',
  'partial index': 'The index is written without its condition.',
  'index include': 'The index is written without them.',
  'index clustered': 'The index is written as any other: rows are stored by the primary key.',
  'key clustered': 'The key is written as any other: rows are stored by the primary key.',
  'nulls not distinct': 'It is written as it is, and several rows may have NULL.',
  'key include': 'The key is written without them.',
  'deferred key': 'It is checked at once.',
  'deferred foreign key': 'It is checked at once.',
  'unlogged table': 'It is written as an ordinary table.',
  'descending index': 'The index is written in ascending order.',
  'key descending': 'The key is written in ascending order.',
  'invisible column': 'The column is written as a visible one.',
  'invisible index': 'The index is written as a visible one.',
  'custom column type': 'The column is written as text.',
  'array type': 'The column is written as one value of the type.',
  'set default': 'The foreign key does nothing then.',
  'match full': 'The foreign key is written without it.',
  'set null columns': 'The action is written for all columns of the key.',
  'operator class': 'The index is written without it.',
  'nulls order': 'NULL comes first.',
  'several events': 'It is written for the first event only.',
  'sequence type': 'The sequence is written without it.',
  'foreign key comment': 'It is written without one.',
  'check comment': 'It is written without one.',
};

/** Only a reference in a column's line is not enforced; a key of several columns cannot stand there. */
function foreignKey(scope: KitScope, link: Relationship): string | undefined {
  if (link.notEnforced !== true || scope.kit.dialect !== 'mysql') return foreignKeySql(scope, link);
  scope.lacks({ feature: 'not enforced', record: link.id }, 'The foreign key is left out.');
  return undefined;
}

/** How MySQL writes. MariaDB is this with differences. */
export const MYSQL_KIT: WriteKit = {
  dialect: 'mysql',
  says: (version) => new Set([...COMMON, 'not enforced', ...(version >= 8 ? MYSQL_8 : [])]),
  instead: INSTEAD,
  ident,
  literal,
  remark: (text) => remark(text),
  nameProblem,
  ended,
  saysNoAction: true,
  foreignKeys: 'alter',
  indexes: 'inline',
  schema: schemaSql,
  tableHead,
  lines: (_scope, table) => bodyLines(table),
  // MySQL reads a reference in a column's line and makes no foreign key of it: one that is not enforced.
  carriedLinks: (_table, column: Column, links) =>
    links.filter((link) => link.notEnforced === true && link.childColumns.length === 1 && link.childColumns[0] === column.id),
  column: (scope, table, column, width, _keys, links) => columnSql(scope, table, column, width, links),
  key: keySql,
  check: checkSql,
  foreignKey,
  index: indexSql,
  tableTail,
  view: viewSql,
  trigger: triggerSql,
};
