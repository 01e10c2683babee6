import type { Dialect } from '#model/types.ts';
import type { RedundancyWords } from './base/redundancy/shapes.ts';
import { MSSQL_REDUNDANCY } from './mssql/redundancy.ts';
import { MYSQL_REDUNDANCY } from './mysql/redundancy.ts';
import { ORACLE_REDUNDANCY } from './oracle/redundancy.ts';
import { POSTGRES_REDUNDANCY } from './postgres/redundancy.ts';
import { SQLITE_REDUNDANCY } from './sqlite/redundancy.ts';

/** How each dialect keeps copies equal and compares them. */
export const REDUNDANCY: Readonly<Record<Dialect, RedundancyWords>> = {
  postgresql: POSTGRES_REDUNDANCY,
  mysql: MYSQL_REDUNDANCY,
  mariadb: MYSQL_REDUNDANCY,
  sqlite: SQLITE_REDUNDANCY,
  mssql: MSSQL_REDUNDANCY,
  oracle: ORACLE_REDUNDANCY,
};
