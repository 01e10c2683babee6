import {
  alias,
  type LostDependency,
  type LostWords,
  offendersOf,
  refusalOf,
  triggerName,
  usedColumns,
} from '../base/lost-dependency.ts';
import { sqlText } from '../base/write/text.ts';
import { ident, literal } from './quote.ts';
import { ended } from './write/objects.ts';

const WORDS: LostWords = {
  ident,
  table: ({ schema, name }) => (schema === undefined ? ident(name) : `${ident(schema)}.${ident(name)}`),
  as: ' AS ',
  same: (left, right) => `${left} <=> ${right}`,
};

/**
 * Keeps a lost dependency by triggers that SIGNAL: after each change of a row in one of the tables, the values of the left
 * side that the row joins to are looked at again. Transactions read their own snapshot, so that two can miss each other's
 * rows unless they are SERIALIZABLE, where reading locks: a remark says so.
 * @returns statements, each complete, in order.
 */
export function mysqlLostTriggers(lost: LostDependency): string[] {
  const remark = '-- Two transactions at a time can miss each other’s rows, unless they are SERIALIZABLE.\n';
  return lost.tables.flatMap((table, at) => {
    const used = usedColumns(lost, at);
    const mine = used.map((column) => WORDS.same(`${alias(at)}.${ident(column)}`, `NEW.${ident(column)}`)).join(' AND ');
    const schema = table.schema === undefined ? '' : `${ident(table.schema)}.`;
    return ['insert', 'update'].map((event) => {
      const sql = `CREATE TRIGGER ${schema}${ident(triggerName(lost, at, `_${event}`))} AFTER ${event.toUpperCase()}
  ON ${WORDS.table(table)} FOR EACH ROW
BEGIN
  IF EXISTS (
    ${offendersOf(WORDS, lost, mine)}
  ) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = ${literal(refusalOf(lost).slice(0, 128))};
  END IF;
END`;
      return `${at === 0 && event === 'insert' ? remark : ''}${ended(sqlText(sql), true).sql}`;
    });
  });
}
