import type { Dialect } from '#model/types.ts';
import type { FactQuery } from './base/fact-query.ts';
import { MSSQL_FACTS } from './mssql/fact-query.ts';
import { MARIADB_FACTS, MYSQL_FACTS } from './mysql/fact-query.ts';
import { ORACLE_FACTS } from './oracle/fact-query.ts';
import { POSTGRES_FACTS } from './postgres/fact-query.ts';
import { SQLITE_FACTS } from './sqlite/fact-query.ts';

/** How each database is asked for what it knows of its tables. */
export const FACT_QUERIES: Readonly<Record<Dialect, FactQuery>> = {
  postgresql: POSTGRES_FACTS,
  mysql: MYSQL_FACTS,
  mariadb: MARIADB_FACTS,
  sqlite: SQLITE_FACTS,
  mssql: MSSQL_FACTS,
  oracle: ORACLE_FACTS,
};
