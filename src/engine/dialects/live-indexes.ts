import type { Dialect } from '#model/types.ts';
import type { LiveIndexes } from './base/write/live-indexes.ts';
import { liveKit } from './base/write/live-kit.ts';
import { MARIADB_KIT } from './mariadb/kit.ts';
import { MSSQL_KIT } from './mssql/write/kit.ts';
import { MSSQL_LIVE } from './mssql/write/live-indexes.ts';
import { MYSQL_KIT } from './mysql/write/kit.ts';
import { MARIADB_LIVE, MYSQL_LIVE } from './mysql/write/live-indexes.ts';
import { ORACLE_KIT } from './oracle/write/kit.ts';
import { ORACLE_LIVE } from './oracle/write/live-indexes.ts';
import { POSTGRES_LIVE } from './postgres/write/live-indexes.ts';
import { SQLITE_KIT } from './sqlite/write/kit.ts';
import { SQLITE_LIVE } from './sqlite/write/live-indexes.ts';

/** How each dialect makes and drops indexes while others read and write. */
export const LIVE_INDEXES: Readonly<Record<Dialect, LiveIndexes>> = {
  postgresql: POSTGRES_LIVE,
  mysql: liveKit(MYSQL_KIT, MYSQL_LIVE),
  mariadb: liveKit(MARIADB_KIT, MARIADB_LIVE),
  sqlite: liveKit(SQLITE_KIT, SQLITE_LIVE),
  mssql: liveKit(MSSQL_KIT, MSSQL_LIVE),
  oracle: liveKit(ORACLE_KIT, ORACLE_LIVE),
};
