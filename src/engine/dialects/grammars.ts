import type { Dialect } from '#model/types.ts';
import type { Grammar } from './base/read/grammar.ts';
import { MSSQL_GRAMMAR } from './mssql/read/grammar.ts';
import { MYSQL_GRAMMAR } from './mysql/read/grammar.ts';
import { ORACLE_GRAMMAR } from './oracle/read/grammar.ts';
import { SQLITE_GRAMMAR } from './sqlite/read/grammar.ts';

/** The dialects that are read by grammars of our own. PostgreSQL is read by its server's. */
export const GRAMMARS: Partial<Readonly<Record<Dialect, Grammar>>> = {
  mysql: MYSQL_GRAMMAR,
  mariadb: MYSQL_GRAMMAR,
  mssql: MSSQL_GRAMMAR,
  oracle: ORACLE_GRAMMAR,
  sqlite: SQLITE_GRAMMAR,
};
