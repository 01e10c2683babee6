import { ident, literal, qualified } from './quote.ts';

/** A table of a decomposition, by the names it will have. */
export interface PartTable {
  readonly schema?: string;
  readonly name: string;
  readonly columns: readonly string[];
}

/** A dependency that no table of a decomposition can check on its own. */
export interface LostDependency {
  /** For the functions and triggers: must be free in the schema of the first table. */
  readonly name: string;
  readonly left: readonly string[];
  readonly right: readonly string[];
  /** The tables whose join holds it, in join order: columns of one name are one attribute. */
  readonly tables: readonly PartTable[];
}

const alias = (at: number): string => `t${at + 1}`;

/** Where a column of the join comes from: the first table that has it. */
function place(tables: readonly PartTable[], column: string): string {
  const at = tables.findIndex((table) => table.columns.includes(column));
  return `${alias(at)}.${ident(column)}`;
}

function joined(tables: readonly PartTable[]): string {
  return tables
    .map((table, at) => {
      const name = `${qualified(table.schema, table.name)} AS ${alias(at)}`;
      if (at === 0) return name;
      const before = tables.slice(0, at);
      const shared = table.columns.filter((column) => before.some((one) => one.columns.includes(column)));
      if (shared.length === 0) return `CROSS JOIN ${name}`;
      return `JOIN ${name} ON ${shared.map((column) => `${alias(at)}.${ident(column)} = ${place(before, column)}`).join(' AND ')}`;
    })
    .join('\n      ');
}

/** Left sides with more than one right side. A row of several columns counts NULLs as values, as dependencies do. */
function offenders({ left, right, tables }: LostDependency, where: string): string {
  const lefts = left.map((column) => place(tables, column));
  const rights = right.map((column) => place(tables, column));
  const group = lefts.length === 0 ? '' : `\n    GROUP BY ${lefts.join(', ')}`;
  return `SELECT ${lefts.join(', ')}\n    FROM ${joined(tables)}${where}${group}\n    HAVING count(DISTINCT ROW(${rights.join(', ')})) > 1`;
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

/** Columns of one table that the join or the dependency looks at. */
function usedColumns({ left, right, tables }: LostDependency, at: number): string[] {
  const others = tables.filter((_, other) => other !== at);
  return (tables[at] as PartTable).columns.filter(
    (column) => left.includes(column) || right.includes(column) || others.some((table) => table.columns.includes(column)),
  );
}

function functionText(lost: LostDependency, routine: string, mine: string): string {
  const lefts = lost.left.map((column) => place(lost.tables, column));
  const near = lefts.map((column, at) => `${column} AS k${at + 1}`).join(', ');
  const same = lefts.map((column, at) => `near.k${at + 1} IS NOT DISTINCT FROM ${column}`).join(' AND ');
  // Only the groups that the changed row belongs to; without a left side there is one group, all rows.
  const where =
    lefts.length === 0
      ? ''
      : `\n    WHERE EXISTS (SELECT FROM (\n      SELECT ${near}\n      FROM ${joined(lost.tables)}\n      WHERE ${mine}) AS near\n    WHERE ${same})`;
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
