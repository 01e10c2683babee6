import { alias, joinOf, type LostDependency, type LostWords, place, usedColumns } from '../base/lost-dependency.ts';
import { ident, literal, qualified } from './quote.ts';

const WORDS: LostWords = {
  ident,
  table: ({ schema, name }) => qualified(schema, name),
  as: ' AS ',
  same: (left, right) => `${left} IS NOT DISTINCT FROM ${right}`,
};

/** Left sides with more than one right side. A row of several columns counts NULLs as values, as dependencies do. */
function offenders({ left, right, tables }: LostDependency, where: string): string {
  const lefts = left.map((column) => place(WORDS, tables, column));
  const rights = right.map((column) => place(WORDS, tables, column));
  const group = lefts.length === 0 ? '' : `\n    GROUP BY ${lefts.join(', ')}`;
  return `SELECT ${lefts.join(', ')}\n    FROM ${joinOf(WORDS, tables)}${where}${group}\n    HAVING count(DISTINCT ROW(${rights.join(', ')})) > 1`;
}

/** A query for the values that break the dependency now: no row when it holds. */
export function lostDependencyQuery(lost: LostDependency): string {
  return `${offenders(lost, '')};`;
}

/** The standard's way to say it (ISO 9075-2, assertion definition), which PostgreSQL and the others do not run. */
export function lostDependencyAssertion(lost: LostDependency): string {
  return `CREATE ASSERTION ${ident(lost.name)} CHECK (NOT EXISTS (\n    ${offenders(lost, '')}\n));`;
}

/**
 * Keeps a lost dependency by triggers: after each change of a row in one of the tables, at the end of the transaction, the
 * values of the left side that the row joins to are looked at again. One transaction checks at a time (an advisory lock), so
 * that two cannot each miss the other's rows: right under READ COMMITTED, where each statement sees what has been committed.
 * @returns statements, each complete, in order.
 */
export function lostDependencyTriggers(lost: LostDependency): string[] {
  return lost.tables.flatMap((table, at) => {
    const name = lost.tables.length === 1 ? lost.name : `${lost.name}_${at + 1}`;
    const routine = qualified(lost.tables[0]?.schema, name);
    const used = usedColumns(lost, at);
    const mine = used.map((column) => `${alias(at)}.${ident(column)} IS NOT DISTINCT FROM NEW.${ident(column)}`).join(' AND ');
    return [
      functionText(lost, routine, mine),
      `CREATE CONSTRAINT TRIGGER ${ident(name)}
  AFTER INSERT OR UPDATE OF ${used.map(ident).join(', ')} ON ${qualified(table.schema, table.name)}
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION ${routine}();`,
    ];
  });
}

function functionText(lost: LostDependency, routine: string, mine: string): string {
  const lefts = lost.left.map((column) => place(WORDS, lost.tables, column));
  const near = lefts.map((column, at) => `${column} AS k${at + 1}`).join(', ');
  const same = lefts.map((column, at) => `near.k${at + 1} IS NOT DISTINCT FROM ${column}`).join(' AND ');
  // Only the groups that the changed row belongs to; without a left side there is one group, all rows.
  const where =
    lefts.length === 0
      ? ''
      : `\n    WHERE EXISTS (SELECT FROM (\n      SELECT ${near}\n      FROM ${joinOf(WORDS, lost.tables)}\n      WHERE ${mine}) AS near\n    WHERE ${same})`;
  const what = `${lost.left.join(', ')} no longer determines ${lost.right.join(', ')}`;
  const body = `BEGIN
  PERFORM pg_advisory_xact_lock(hashtext(${literal(lost.name)}));
  IF EXISTS (
    ${offenders(lost, where)}
  ) THEN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = ${literal(what)};
  END IF;
  RETURN NULL;
END`;
  return `CREATE FUNCTION ${routine}() RETURNS trigger LANGUAGE plpgsql AS ${literal(body)};`;
}
