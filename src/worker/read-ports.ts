import { statementParser } from '#engine/dialects/base/parser.ts';
import type { ReadPorts } from '#engine/sql/read.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { Dialect } from '#model/types.ts';
import { loadPgParser } from './pg-parser.ts';

const LOADERS: Readonly<Record<Dialect, (() => Promise<ReadPorts>) | undefined>> = {
  postgresql: async () => ({ parser: await loadPgParser() }),
  mysql: loadMysql,
  mariadb: loadMysql,
  sqlite: async () => {
    const { loadSqlite } = await import('./sqlite.ts');
    return { sqlite: await loadSqlite() };
  },
  mssql: undefined,
  oracle: undefined,
};

/** MariaDB too: that build of the library refuses ADD CONSTRAINT ... FOREIGN KEY. */
async function loadMysql(): Promise<ReadPorts> {
  const { default: library } = await import('node-sql-parser/build/mysql.js');
  return { statements: statementParser(new library.Parser()) };
}

const loaded = new Map<Dialect, Promise<ReadPorts>>();

/** What the reader of a dialect needs and is not part of the page until then: loaded when it is first asked for. */
export async function loadReadPorts(dialect: Dialect): Promise<Result<ReadPorts>> {
  const load = LOADERS[dialect];
  if (load === undefined) return ok({});
  const loading = loaded.get(dialect) ?? load();
  loaded.set(dialect, loading);
  try {
    return ok(await loading);
  } catch (error) {
    loaded.delete(dialect);
    const why = error instanceof Error ? error.message : String(error);
    return err('no-parser', `The parser for this dialect could not be loaded (${why}). Reload the page and try again.`);
  }
}
