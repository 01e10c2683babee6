import {
  alias,
  type LostDependency,
  type LostWords,
  offendersOf,
  refusalOf,
  triggerName,
  usedColumns,
} from '../base/lost-dependency.ts';
import { ident, literal } from './quote.ts';

const WORDS: LostWords = {
  ident,
  table: ({ name }) => ident(name),
  as: ' AS ',
  same: (left, right) => `${left} IS ${right}`,
};

/**
 * Keeps a lost dependency by triggers: after each change of a row in one of the tables, the values of the left side that the
 * row joins to are looked at again. SQLite has one writer at a time, so that no two miss each other's rows.
 * @returns statements, each complete, in order.
 */
export function sqliteLostTriggers(lost: LostDependency): string[] {
  return lost.tables.flatMap((table, at) => {
    const used = usedColumns(lost, at);
    const mine = used.map((column) => WORDS.same(`${alias(at)}.${ident(column)}`, `NEW.${ident(column)}`)).join(' AND ');
    return [
      ['insert', 'INSERT'],
      ['update', `UPDATE OF ${used.map(ident).join(', ')}`],
    ].map(
      ([ending, event]) => `CREATE TRIGGER ${ident(triggerName(lost, at, `_${ending}`))} AFTER ${event}
  ON ${ident(table.name)} FOR EACH ROW
BEGIN
  SELECT RAISE(ABORT, ${literal(refusalOf(lost))}) WHERE EXISTS (
    ${offendersOf(WORDS, lost, mine)});
END;`,
    );
  });
}
