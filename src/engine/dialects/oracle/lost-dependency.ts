import { type LostDependency, type LostWords, offendersOf, refusalOf, triggerName, usedColumns } from '../base/lost-dependency.ts';
import { ident, literal } from './quote.ts';

const WORDS: LostWords = {
  ident,
  table: ({ schema, name }) => (schema === undefined ? ident(name) : `${ident(schema)}.${ident(name)}`),
  as: ' ',
  same: (left, right) => `(${left} = ${right} OR (${left} IS NULL AND ${right} IS NULL))`,
};

/**
 * Keeps a lost dependency by triggers: after each statement that changes one of the tables, the whole join is looked at, as
 * a row's own trigger cannot read its table (ORA-04091). The tables are locked until the transaction ends, so that two
 * cannot each miss the other's rows.
 * @returns statements with the slash that runs them, in order.
 */
export function oracleLostTriggers(lost: LostDependency): string[] {
  return lost.tables.map((table, at) => {
    const used = usedColumns(lost, at).map(ident).join(', ');
    const schema = table.schema === undefined ? '' : `${ident(table.schema)}.`;
    return `CREATE OR REPLACE TRIGGER ${schema}${ident(triggerName(lost, at))}
  AFTER INSERT OR UPDATE OF ${used} ON ${WORDS.table(table)}
DECLARE
  crowfoot_found NUMBER;
BEGIN
  LOCK TABLE ${lost.tables.map((one) => WORDS.table(one)).join(', ')} IN EXCLUSIVE MODE;
  SELECT COUNT(*) INTO crowfoot_found FROM (
    ${offendersOf(WORDS, lost)}
  ) WHERE ROWNUM = 1;
  IF crowfoot_found > 0 THEN
    RAISE_APPLICATION_ERROR(-20001, ${literal(refusalOf(lost))});
  END IF;
END;
/`;
  });
}
