import { createStore } from 'zustand/vanilla';
import { givenInserts } from '#engine/decompose/given-rows.ts';
import { type CheckableDialect, isCheckable } from '#engine/dialects/base/traits.ts';
import { CSV_TEXT } from '#engine/discover/read/csv-text.ts';
import type { SurveyFile } from '#engine/discover/survey.ts';
import { err, ok, type Problem, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { Document } from '#model/types.ts';
import type { Verifier } from '#verify/client.ts';
import type { RowFile, RowRequest, RowsOpened, RowTable } from '#verify/row-types.ts';
import { documentStore } from './document.ts';
import { engineIdle } from './engine.ts';
import { resultsStore } from './results.ts';
import { sampleRowsStore } from './sample-rows.ts';
import { aVerifier } from './verifier.ts';
import { viewStore } from './view.ts';

interface Working {
  readonly done: number;
  readonly what: string;
}

/** A database in this browser that rows are looked at in, while the dialog is open. */
export interface RowDatabaseState {
  readonly files: readonly RowFile[];
  readonly engine?: CheckableDialect;
  /** Absent until it is open. */
  readonly opened?: RowsOpened;
  readonly working?: Working;
  readonly problem?: Problem;
}

const CLOSED: RowDatabaseState = { files: [] };

export const rowDatabaseStore = createStore<RowDatabaseState>(() => CLOSED);

/** Rows of one table or query that are taken at most. */
export const MOST_ROWS = 500_000;

let verifier: Verifier | undefined;
let running: AbortController | undefined;

/** The engine that can take in the files: that of the SQL among them, else the document's, else SQLite. */
export function engineFor(files: readonly RowFile[], document: Document): CheckableDialect {
  const spoken = new Set(
    files.flatMap((file) => (file.kind === 'sql' ? [file.dialect] : file.kind === 'sqlite' ? ['sqlite' as const] : [])),
  );
  const own = document.settings['settings']?.dialect ?? 'postgresql';
  const [only = own] = spoken;
  return spoken.size < 2 && isCheckable(only) ? only : 'sqlite';
}

/** Rows that were given for the document's tables in this session. */
function knownInserts(document: Document): string[] {
  return [...sampleRowsStore.getState().tables].flatMap(([id, rows]) => {
    const table = recordIn(document, 'tables', id);
    return table === undefined ? [] : givenInserts(document, table, rows);
  });
}

async function requestFor(files: readonly RowFile[]): Promise<RowRequest> {
  await engineIdle();
  const { document } = documentStore.getState();
  const engine = engineFor(files, document);
  const own = document.settings['settings']?.dialect ?? 'postgresql';
  const schema = engine === own ? resultsStore.getState().ddl.statements.map(({ key, sql }) => ({ key, sql })) : [];
  return { engine, schema, inserts: schema.length > 0 ? knownInserts(document) : [], files };
}

function watching(): { readonly onProgress: (done: number, what: string) => void; readonly signal: AbortSignal } {
  running?.abort();
  const control = new AbortController();
  running = control;
  const onProgress = (done: number, what: string) => {
    if (!control.signal.aborted) rowDatabaseStore.setState({ working: { done, what } });
  };
  onProgress(0, 'Starting');
  return { onProgress, signal: control.signal };
}

function set(change: { readonly [K in keyof RowDatabaseState]?: RowDatabaseState[K] | undefined }): void {
  const next = Object.entries({ ...rowDatabaseStore.getState(), ...change }).filter(([, value]) => value !== undefined);
  rowDatabaseStore.setState(Object.fromEntries(next) as unknown as RowDatabaseState, true);
}

/** Opens a database with files beside those that are in it; without any, with the document's schema alone. */
export async function openRowDatabase(more: readonly RowFile[] = []): Promise<void> {
  const files = [...rowDatabaseStore.getState().files, ...more];
  if (files.filter((file) => file.kind === 'sqlite').length > 1) {
    set({
      problem: {
        code: 'two-databases',
        message: 'Only one database file can be open at a time. Close the dialog to open another.',
      },
    });
    return;
  }
  const { onProgress, signal } = watching();
  set({ problem: undefined });
  const request = await requestFor(files);
  if (signal.aborted) return;
  verifier ??= aVerifier();
  const opened = await verifier.openRows({ rows: request, onProgress, signal });
  if (signal.aborted) return;
  if (opened.ok) set({ files, engine: request.engine, opened: opened.value, working: undefined });
  else set({ problem: opened.problem, working: undefined, opened: undefined });
}

/** What a person wants to look at. */
export interface RowsWanted {
  readonly tables: readonly RowTable[];
  readonly query?: { readonly name: string; readonly sql: string } | undefined;
}

/** Longest part of a query that is told as where rows come from. */
const TOLD = 120;

/** Rows of tables and of a query, each as a file to look at. */
export async function readRowFilesOf({ tables, query }: RowsWanted): Promise<Result<readonly SurveyFile[]>> {
  const { files } = rowDatabaseStore.getState();
  if (verifier === undefined) return err('closed', 'No database is open.');
  const { onProgress, signal } = watching();
  set({ problem: undefined });
  const where = files.length === 0 ? 'the document' : files.map((file) => file.name.replace(/^.*[/\\]/, '')).join(', ');
  const asked = [
    ...tables.map(({ name, label }) => ({ name: label, sql: `SELECT * FROM ${name}`, source: `${label} in ${where}` })),
    ...(query === undefined
      ? []
      : [{ ...query, source: `a query on ${where}: ${query.sql.trim().replaceAll(/\s+/g, ' ').slice(0, TOLD)}` }]),
  ];
  const found = await verifier.readRows({ queries: asked.map(({ sql }) => sql), most: MOST_ROWS, onProgress, signal });
  if (signal.aborted) return err('cancelled', 'The query was stopped.');
  set({ working: undefined, ...(found.ok ? {} : { problem: found.problem }) });
  if (!found.ok) return found;
  return ok(
    found.value.map(({ text }, at) => ({ name: asked[at]?.name ?? 'query', text, read: CSV_TEXT, source: asked[at]?.source })),
  );
}

/** Stops what is going on; the database goes with it, as a query cannot be stopped otherwise. */
export function stopRowDatabase(): void {
  running?.abort();
  verifier?.close();
  rowDatabaseStore.setState({ files: rowDatabaseStore.getState().files }, true);
}

/** Says in the dialog why files could not be opened. */
export function refuseRowFiles(problem: Problem): void {
  set({ problem, working: undefined });
}

// It takes much memory: it lives no longer than the dialog.
viewStore.subscribe(({ dialog }) => {
  if (dialog === 'discover' || rowDatabaseStore.getState() === CLOSED) return;
  running?.abort();
  verifier?.close();
  verifier = undefined;
  rowDatabaseStore.setState(CLOSED, true);
});
