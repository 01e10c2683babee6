import type { Dialect } from '#model/types.ts';
import type { Common, ReadType, TypeUse, WrittenType } from './common.ts';
import { readMssqlType, writeMssqlType } from './mssql.ts';
import { readMysqlType, writeMysqlType } from './mysql.ts';
import { readOracleType, writeOracleType } from './oracle.ts';
import { readPostgresType, writePostgresType } from './postgres.ts';
import { readSqliteType, writeSqliteType } from './sqlite.ts';

interface TypeMap {
  /** What a type of the dialect holds. */
  read(name: string, args?: readonly string[]): ReadType;
  /** How the dialect says what a type holds. */
  write(common: Common, use: TypeUse): WrittenType;
}

/** The types of each dialect, into and out of the middle. */
export const TYPE_MAPS: Readonly<Record<Dialect, TypeMap>> = {
  postgresql: { read: readPostgresType, write: writePostgresType },
  mysql: { read: readMysqlType, write: writeMysqlType },
  mariadb: { read: readMysqlType, write: writeMysqlType },
  sqlite: { read: readSqliteType, write: writeSqliteType },
  mssql: { read: readMssqlType, write: writeMssqlType },
  oracle: { read: readOracleType, write: writeOracleType },
};
