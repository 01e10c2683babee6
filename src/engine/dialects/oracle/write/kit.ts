import type { WriteKit } from '../../base/write/kit.ts';
import { featuresOf, INSTEAD } from '../features.ts';
import { ident, literal, nameProblem, remark } from '../quote.ts';
import { columnSql } from './columns.ts';
import { commentStatement, ended, sequenceStatement, triggerStatement, typeStatement, viewStatement } from './objects.ts';
import { checkSql, indexSql, isLateKey, keySql, linkSql, tableHead, tableTail } from './tables.ts';

/** How Oracle says what a document holds. Schemas are users, which are made with a password elsewhere. */
export const ORACLE_KIT: WriteKit = {
  dialect: 'oracle',
  says: featuresOf,
  instead: INSTEAD,
  ident,
  literal,
  remark,
  nameProblem,
  ended,
  foreignKeys: 'alter',
  indexes: 'statement',
  isLateKey,
  tableHead,
  column: columnSql,
  key: keySql,
  check: checkSql,
  foreignKey: linkSql,
  index: indexSql,
  tableTail,
  type: typeStatement,
  sequence: sequenceStatement,
  view: viewStatement,
  trigger: triggerStatement,
  comment: commentStatement,
};
