import type { SqliteDatabase, SqliteProblem } from '../../../sql/parser-port.ts';
import { ident } from '../quote.ts';
import { affinityType } from '../types.ts';
import type { TableOfQuery } from './table.ts';

/** A name that no statement of a text has. */
const PROBE = 'crowfoot columns of a query';

/**
 * Makes the table that `CREATE TABLE name AS query` makes, without running the query, which might never end: SQLite tells
 * the columns of a view of that query, and the table declares for each what it would have declared.
 */
export function makeTableOfQuery(database: SqliteDatabase, table: TableOfQuery): SqliteProblem | undefined {
  const made = database.run(`CREATE TEMP VIEW ${ident(PROBE)} AS ${table.query}`);
  if (made !== undefined) return made;
  // A view's query is only looked into when the view is used: EXPLAIN does, and runs nothing.
  const wrong = database.run(`EXPLAIN SELECT * FROM temp.${ident(PROBE)}`);
  const columns = database.rows('SELECT name, type FROM pragma_table_xinfo(?, ?)', [PROBE, 'temp']);
  database.run(`DROP VIEW temp.${ident(PROBE)}`);
  if (wrong !== undefined) return wrong;
  const lines = columns.map(([name, type]) => {
    const declared = affinityType(String(type ?? ''));
    return `${ident(String(name))}${declared === '' ? '' : ` ${declared}`}`;
  });
  const where = table.temporary ? 'temp.' : '';
  return database.run(
    `CREATE TABLE ${table.ifNotExists ? 'IF NOT EXISTS ' : ''}${where}${ident(table.name.name.name)} (${lines.join(', ')})`,
  );
}
