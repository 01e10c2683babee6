import type { Dialect } from '#model/types.ts';
import { TestDatabase } from '#test/pglite.ts';
import type { Engine, Found } from './engine.ts';
import { findMariadb, openMariadb } from './mariadb.ts';
import { findPostgres, openPostgres } from './postgres.ts';
import { findSqlite, openSqlite } from './sqlite.ts';

export type EngineLabel = 'PGlite' | 'PostgreSQL' | 'MariaDB' | 'SQLite';

/** An engine that may be here. */
export interface KnownEngine {
  readonly label: EngineLabel;
  /** Whether it is installed; never starts anything. */
  find(): Found<unknown>;
  open(): Promise<Engine>;
}

/** The engines that judge what is written. SQL Server and Oracle have none here. */
export const ENGINES: Readonly<Record<EngineLabel, KnownEngine>> = {
  PGlite: { label: 'PGlite', find: () => ({ ok: true, value: undefined }), open: () => TestDatabase.open() },
  PostgreSQL: { label: 'PostgreSQL', find: findPostgres, open: openPostgres },
  MariaDB: { label: 'MariaDB', find: findMariadb, open: openMariadb },
  SQLite: { label: 'SQLite', find: findSqlite, open: openSqlite },
};

/** Which of them judge a dialect. MariaDB stands in for MySQL: what only MySQL says is judged by reading alone. */
export const JUDGES: Readonly<Record<Dialect, readonly EngineLabel[]>> = {
  postgresql: ['PGlite', 'PostgreSQL'],
  mysql: ['MariaDB'],
  mariadb: ['MariaDB'],
  sqlite: ['SQLite'],
  mssql: [],
  oracle: [],
};
