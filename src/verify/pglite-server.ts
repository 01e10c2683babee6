import { PGlite } from '@electric-sql/pglite';
import type { ServerError } from './check.ts';
import { loadExtensions } from './extensions.ts';
import type { OpenCopyServer } from './postgres-rows.ts';

function serverError(error: unknown): ServerError {
  if (!(error instanceof Error)) return { code: 'XX000', message: String(error) };
  const given = error as Error & { code?: unknown; detail?: unknown; hint?: unknown; position?: unknown };
  const position = Number(given.position);
  return {
    code: typeof given.code === 'string' ? given.code : 'XX000',
    message: error.message,
    ...(typeof given.detail === 'string' ? { detail: given.detail } : {}),
    ...(typeof given.hint === 'string' ? { hint: given.hint } : {}),
    ...(Number.isFinite(position) && position > 0 ? { position } : {}),
  };
}

/**
 * Opens PostgreSQL compiled to WASM, in memory.
 * @param dataDirectory a dumped empty cluster; without it one is made first, which takes seconds
 */
export function pgliteServer(dataDirectory?: Blob): OpenCopyServer {
  return async (names) => {
    const { extensions, missing } = await loadExtensions(names);
    const database = await PGlite.create({
      extensions,
      ...(dataDirectory === undefined ? {} : { loadDataDir: dataDirectory }),
      postgresqlconf: ['max_locks_per_transaction = 512'],
    });
    const shown = await database.query<{ server_version: string }>('SHOW server_version');
    return {
      version: shown.rows[0]?.server_version ?? '',
      missingExtensions: missing,
      async execute(sql) {
        try {
          await database.exec(sql);
          return undefined;
        } catch (error) {
          return serverError(error);
        }
      },
      async query(sql) {
        try {
          return (await database.query<Readonly<Record<string, unknown>>>(sql)).rows;
        } catch (error) {
          return serverError(error);
        }
      },
      async copy(sql, rows) {
        try {
          const done = await database.query(sql, [], rows === undefined ? {} : { blob: new Blob([rows]) });
          return { text: (await done.blob?.text()) ?? '', rows: done.affectedRows ?? 0 };
        } catch (error) {
          return serverError(error);
        }
      },
      close: () => database.close(),
    };
  };
}
