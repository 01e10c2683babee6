import type { Dialect } from '#model/types.ts';
import { MSSQL_CATALOG } from './mssql-query.ts';
import { MARIADB_CATALOG, MYSQL_CATALOG } from './mysql-query.ts';
import { ORACLE_CATALOG } from './oracle-query.ts';
import { POSTGRES_CATALOG } from './postgres-query.ts';

/** SQLite keeps the text of each definition: that text is its catalog. */
const SQLITE_CATALOG = `-- One row, one column: the definitions of this database as JSON. Nothing is changed, no rows are read.
-- sqlite3 DATABASE < catalog.sql > catalog.json
SELECT json_object('format', 'crowfoot-catalog', 'version', 1, 'dialect', 'sqlite', 'server', sqlite_version(),
  'statements', (SELECT json_group_array(sql) FROM (SELECT sql FROM sqlite_master
    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid))) AS catalog;
`;

const QUERIES: Readonly<Record<Dialect, string>> = {
  postgresql: POSTGRES_CATALOG,
  mysql: MYSQL_CATALOG,
  mariadb: MARIADB_CATALOG,
  sqlite: SQLITE_CATALOG,
  mssql: MSSQL_CATALOG,
  oracle: ORACLE_CATALOG,
};

/**
 * A query to run in psql, mysql, sqlite3, sqlcmd or sqlplus. It gives one JSON document that imports: nobody hands over a
 * connection or a password. It reads the catalog only and changes nothing; its first lines say how to run it.
 */
export function catalogQuery(dialect: Dialect): string {
  return QUERIES[dialect];
}
