/** Database engines in a worker of their own: each loaded when a person first asks for it, ended to cancel. */
import type { CheckableDialect } from '#engine/dialects/base/traits.ts';
import { TRAITS } from '#engine/dialects/base/traits.ts';
import type { SqliteEngine } from '#engine/sql/parser-port.ts';
import type { CheckOutcome } from './check.ts';
import type { FromVerifier, ToVerifier } from './protocol.ts';

let cluster: Promise<Blob | undefined> | undefined;

/** The cluster shipped with the page. Without it the server still starts, only slower. */
async function fetchCluster(address: string): Promise<Blob | undefined> {
  try {
    const response = await fetch(address);
    const blob = response.ok ? await response.blob() : undefined;
    if (blob === undefined) return undefined;
    const [first, second] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
    return first === 0x1f && second === 0x8b ? new Blob([blob], { type: 'application/x-gzip' }) : undefined;
  } catch {
    return undefined;
  }
}

const post = (message: FromVerifier) => self.postMessage(message);

type Progress = (done: number, what: string) => void;

async function onPostgres({ statements, dataDirectory }: ToVerifier, progress: Progress): Promise<CheckOutcome> {
  cluster ??= fetchCluster(dataDirectory);
  const [{ checkStatements }, { pgliteServer }] = await Promise.all([import('./check.ts'), import('./pglite-server.ts')]);
  return checkStatements(pgliteServer(await cluster), statements, progress);
}

let sqlite: Promise<SqliteEngine> | undefined;

async function onSqlite({ statements }: ToVerifier, progress: Progress): Promise<CheckOutcome> {
  const [{ checkOnSqlite }, { sqliteServer }] = await Promise.all([import('./sqlite-check.ts'), import('./sqlite-server.ts')]);
  sqlite ??= sqliteServer();
  return checkOnSqlite(await sqlite, statements, progress);
}

const ENGINES: Readonly<Record<CheckableDialect, (given: ToVerifier, progress: Progress) => Promise<CheckOutcome>>> = {
  postgresql: onPostgres,
  sqlite: onSqlite,
};

async function check(given: ToVerifier): Promise<void> {
  const start = performance.now();
  const { id, dialect } = given;
  try {
    post({ kind: 'progress', id, done: 0, what: `Loading ${TRAITS[dialect].label}` });
    const outcome = await ENGINES[dialect](given, (done, what) => post({ kind: 'progress', id, done, what }));
    post({ kind: 'checked', id, outcome, ms: performance.now() - start });
  } catch (error) {
    post({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  }
}

self.addEventListener('message', ({ data }: MessageEvent<ToVerifier>) => void check(data));
