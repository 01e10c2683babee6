/** Database engines in a worker of their own: each loaded when a person first asks for it, ended to cancel. */
import { type CheckableDialect, isCheckable, TRAITS } from '#engine/dialects/base/traits.ts';
import type { SqliteEngine } from '#engine/sql/parser-port.ts';
import type { CheckedStatement, CheckOutcome } from './check.ts';
import type { OpenQueryServer } from './decomposition.ts';
import type { Advisor } from './planner/advisor.ts';
import type { FromVerifier, ToVerifier } from './protocol.ts';
import type { RowDatabase, RowRequest, RowText } from './row-types.ts';

let cluster: Promise<Blob | undefined> | undefined;
let sqlite: Promise<SqliteEngine> | undefined;

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

async function theSqlite(): Promise<SqliteEngine> {
  const { sqliteServer } = await import('./sqlite-server.ts');
  sqlite ??= sqliteServer();
  return sqlite;
}

interface Given {
  readonly statements: readonly CheckedStatement[];
  readonly dataDirectory: string;
}

async function onPostgres({ statements, dataDirectory }: Given, progress: Progress): Promise<CheckOutcome> {
  cluster ??= fetchCluster(dataDirectory);
  const [{ checkStatements }, { pgliteServer }] = await Promise.all([import('./check.ts'), import('./pglite-server.ts')]);
  return checkStatements(pgliteServer(await cluster), statements, progress);
}

async function onSqlite({ statements }: Given, progress: Progress): Promise<CheckOutcome> {
  const [{ checkOnSqlite }, engine] = await Promise.all([import('./sqlite-check.ts'), theSqlite()]);
  return checkOnSqlite(engine, statements, progress);
}

const ENGINES: Readonly<Record<CheckableDialect, (given: Given, progress: Progress) => Promise<CheckOutcome>>> = {
  postgresql: onPostgres,
  sqlite: onSqlite,
};

const ROWS: Readonly<Record<CheckableDialect, (request: RowRequest, progress: Progress) => Promise<RowDatabase>>> = {
  async postgresql(request, progress) {
    const [{ openPostgresRows }, { pgliteServer }] = await Promise.all([
      import('./postgres-rows.ts'),
      import('./pglite-server.ts'),
    ]);
    return openPostgresRows(pgliteServer(await cluster), request, progress);
  },
  async sqlite(request, progress) {
    const [{ openSqliteRows }, engine] = await Promise.all([import('./sqlite-rows.ts'), theSqlite()]);
    return openSqliteRows(engine, request, progress);
  },
};

/** The database that rows are read from. */
let rows: RowDatabase | undefined;

async function open({ id, request, dataDirectory }: ToVerifier & { kind: 'open' }, progress: Progress): Promise<FromVerifier> {
  progress(0, `Loading ${TRAITS[request.engine].label}`);
  if (request.engine === 'postgresql') cluster ??= fetchCluster(dataDirectory);
  await rows?.close();
  rows = await ROWS[request.engine](request, progress);
  const { version, tables, refused, reasons } = rows;
  return { kind: 'opened', id, opened: { version, tables, refused, reasons } };
}

async function read({ id, queries, most }: ToVerifier & { kind: 'read' }, progress: Progress): Promise<FromVerifier> {
  const results: (RowText | { readonly problem: string })[] = [];
  for (const [at, query] of queries.entries()) {
    progress(at / queries.length, 'Reading rows');
    const result = (await rows?.read(query, most)) ?? { problem: 'no database is open.' };
    results.push(result);
    if ('problem' in result) break;
  }
  return { kind: 'rows', id, results };
}

/** A fresh database of a dialect for each trial. */
const TRIALS: Readonly<Record<CheckableDialect, (dataDirectory: string) => Promise<OpenQueryServer>>> = {
  async postgresql(dataDirectory) {
    cluster ??= fetchCluster(dataDirectory);
    const { pgliteServer } = await import('./pglite-server.ts');
    return pgliteServer(await cluster);
  },
  async sqlite() {
    const [{ sqliteTrials }, engine] = await Promise.all([import('./sqlite-trial.ts'), theSqlite()]);
    return sqliteTrials(engine);
  },
};

/** Jobs that are to give what they have so far. */
const stopped = new Set<number>();
let advisor: Promise<Advisor> | undefined;

/** Messages are taken between two tasks, so that a stop is heard. */
function tasks(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  let last = performance.now();
  return async () => {
    if (performance.now() - last < 30) return;
    await new Promise<void>((resolve) => {
      port1.onmessage = () => resolve();
      port2.postMessage(undefined);
    });
    last = performance.now();
  };
}

function theAdvisor(dataDirectory: string): Promise<Advisor> {
  advisor ??= Promise.all([import('./planner/advisor.ts'), import('./pg-parser.ts')]).then(
    ([{ Advisor: Made }, { loadPgParser }]) => {
      let parser: ReturnType<typeof loadPgParser> | undefined;
      return new Made({
        parser: () => {
          parser ??= loadPgParser();
          return parser;
        },
        cluster: () => {
          cluster ??= fetchCluster(dataDirectory);
          return cluster;
        },
        today: () => new Date().toISOString().slice(0, 10),
        breathe: tasks(),
      });
    },
  );
  return advisor;
}

async function advised(given: ToVerifier & { kind: 'advise' | 'weigh' | 'plan' }, progress: Progress): Promise<FromVerifier> {
  const { id } = given;
  const one = await theAdvisor(given.dataDirectory);
  if (given.kind === 'weigh') return { kind: 'weighed', id, scenario: await one.weigh(given.indexes, given.again) };
  if (given.kind === 'plan') return { kind: 'planned', id, planned: await one.plan(given.request, progress) };
  let last = 0;
  const said: Progress = (done, what) => {
    const now = performance.now();
    if (now - last < 40) return;
    last = now;
    progress(done, what);
  };
  const advice = await one.advise(given.request, { shouldStop: () => stopped.has(id), progress: said });
  stopped.delete(id);
  return { kind: 'advised', id, advice };
}

async function measured(
  { id, request, dataDirectory }: ToVerifier & { kind: 'measure' },
  progress: Progress,
): Promise<FromVerifier> {
  progress(0, `Loading ${TRAITS.postgresql.label}`);
  cluster ??= fetchCluster(dataDirectory);
  const [{ proveAdvice }, { loadPgParser }] = await Promise.all([import('./planner/prove.ts'), import('./pg-parser.ts')]);
  const [parser, directory] = await Promise.all([loadPgParser(), cluster]);
  const budget = { shouldStop: () => stopped.has(id), progress };
  return { kind: 'measured', id, proof: await proveAdvice(request, parser, budget, directory) };
}

async function answer(given: ToVerifier): Promise<void> {
  const start = performance.now();
  const { id } = given;
  const progress = (done: number, what: string) => post({ kind: 'progress', id, done, what });
  try {
    if (given.kind === 'try') {
      const { trial, dataDirectory } = given;
      progress(0, `Loading ${TRAITS[trial.dialect].label}`);
      if (!isCheckable(trial.dialect)) throw new Error(`no ${TRAITS[trial.dialect].label} runs in a browser`);
      const [{ tryDecomposition }, open] = await Promise.all([import('./decomposition.ts'), TRIALS[trial.dialect](dataDirectory)]);
      post({ kind: 'tried', id, outcome: await tryDecomposition(open, trial, progress) });
      return;
    }
    if (given.kind === 'stop') return void stopped.add(given.job);
    if (given.kind === 'advise' || given.kind === 'weigh' || given.kind === 'plan') return post(await advised(given, progress));
    if (given.kind === 'measure') return post(await measured(given, progress));
    if (given.kind === 'open') return post(await open(given, progress));
    if (given.kind === 'read') return post(await read(given, progress));
    progress(0, `Loading ${TRAITS[given.dialect].label}`);
    post({ kind: 'checked', id, outcome: await ENGINES[given.dialect](given, progress), ms: performance.now() - start });
  } catch (error) {
    post({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  }
}

self.addEventListener('message', ({ data }: MessageEvent<ToVerifier>) => void answer(data));
