import {
  alias,
  type LostDependency,
  type LostWords,
  offendersOf,
  refusalOf,
  triggerName,
  usedColumns,
} from '../base/lost-dependency.ts';
import { quoteIdent, quoteText } from './quote.ts';

const WORDS: LostWords = {
  ident: quoteIdent,
  table: ({ schema, name }) => (schema === undefined ? quoteIdent(name) : `${quoteIdent(schema)}.${quoteIdent(name)}`),
  as: ' AS ',
  same: (left, right) => `(${left} = ${right} OR (${left} IS NULL AND ${right} IS NULL))`,
};

/**
 * Keeps a lost dependency by triggers: after each statement that changes one of the tables, the values of the left side that
 * its rows join to are looked at again. One transaction checks at a time (an application lock), so that two cannot each miss
 * the other's rows.
 * @returns batches in order.
 */
export function mssqlLostTriggers(lost: LostDependency): string[] {
  return lost.tables.map((table, at) => {
    const used = usedColumns(lost, at);
    const same = used.map((column) => WORDS.same(`i.${quoteIdent(column)}`, `${alias(at)}.${quoteIdent(column)}`)).join(' AND ');
    const schema = table.schema === undefined ? '' : `${quoteIdent(table.schema)}.`;
    return `CREATE TRIGGER ${schema}${quoteIdent(triggerName(lost, at))} ON ${WORDS.table(table)} AFTER INSERT, UPDATE AS
BEGIN
  SET NOCOUNT ON;
  EXEC sys.sp_getapplock @Resource = ${quoteText(lost.name)}, @LockMode = 'Exclusive', @LockOwner = 'Transaction';
  IF EXISTS (
    ${offendersOf(WORDS, lost, `EXISTS (SELECT 1 FROM inserted AS i WHERE ${same})`)}
  )
  BEGIN
    ROLLBACK TRANSACTION;
    THROW 50001, ${quoteText(refusalOf(lost))}, 1;
  END;
END;
GO`;
  });
}
