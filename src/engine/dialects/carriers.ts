import type { Dialect } from '#model/types.ts';
import type { RowCarrier } from '../decompose/types.ts';
import { mssqlRows } from './mssql/decomposition/rows.ts';
import { mariadbRows, mysqlRows } from './mysql/decomposition/rows.ts';
import { oracleRows } from './oracle/decomposition/rows.ts';
import { postgresRows } from './postgres/decomposition/rows.ts';
import { sqliteRows } from './sqlite/decomposition/rows.ts';

/** How the rows of each dialect follow a decomposition. */
export const CARRIERS: Readonly<Record<Dialect, RowCarrier>> = {
  postgresql: postgresRows,
  mysql: mysqlRows,
  mariadb: mariadbRows,
  sqlite: sqliteRows,
  mssql: mssqlRows,
  oracle: oracleRows,
};
