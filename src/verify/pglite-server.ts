import { PGlite } from '@electric-sql/pglite';
import type { ServerError } from './check.ts';
import { loadExtensions } from './extensions.ts';
import type { OpenCopyServer } from './postgres-rows.ts';

export function serverError(error: unknown): ServerError {
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

/** PostgreSQL compiled to WASM, in memory, with the extensions asked for as far as there are any. */
export interface OpenedPglite {
  readonly database: PGlite;
  /** Such as `18.6`. */
  readonly version: string;
  readonly missingExtensions: readonly string[];
}

/** @param dataDirectory a dumped empty cluster; without it one is made first, which takes seconds */
export async function openPglite(extensionNames: readonly string[], dataDirectory?: Blob): Promise<OpenedPglite> {
  const { extensions, missing } = await loadExtensions(extensionNames);
  const database = await PGlite.create({
    extensions,
    ...(dataDirectory === undefined ? {} : { loadDataDir: dataDirectory }),
    postgresqlconf: ['max_locks_per_transaction = 512'],
  });
  const shown = await database.query<{ server_version: string }>('SHOW server_version');
  return { database, version: shown.rows[0]?.server_version ?? '', missingExtensions: missing };
}

/** What a server answers, from its database. */
export function answering({ database, version, missingExtensions }: OpenedPglite): Awaited<ReturnType<OpenCopyServer>> {
  return {
    version,
    missingExtensions,
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
}

/** Opens a fresh server for each that asks. */
export function pgliteServer(dataDirectory?: Blob): OpenCopyServer {
  return async (names) => answering(await openPglite(names, dataDirectory));
}
