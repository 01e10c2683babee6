import type { Rejoining } from '#engine/decompose/types.ts';
import type { ChangePhase, ChangeStep, SchemaChange } from '#model/change-types.ts';
import { type CheckError, type CheckedStatement, checkOn, extensionsOf, type OpenServer, type ServerError } from './check.ts';

/** A server that also answers. */
export type OpenQueryServer = (extensions: readonly string[]) => Promise<
  Awaited<ReturnType<OpenServer>> & {
    /** Rows of a query, or why there are none. */
    query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[] | ServerError>;
  }
>;

/** A decomposition to be tried on rows. */
export interface Trial {
  /** The old shape. */
  readonly schema: readonly CheckedStatement[];
  /** Statements that put rows in, each alone; one that fails is counted and left out. */
  readonly rows: readonly string[];
  /** The rows were given, not made up. */
  readonly given?: boolean;
  readonly change: Pick<SchemaChange, 'forward' | 'back'>;
  readonly rejoining: Rejoining;
}

/** Where a script stopped. */
export interface Stopped {
  readonly way: 'forward' | 'back';
  readonly phase: ChangePhase;
  readonly note: string;
  readonly message: string;
  readonly hint?: string;
}

/** Rows as text that one side has more often than the other; at most 20 each. */
export interface BagDifference {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

export interface TrialOutcome {
  readonly version: string;
  /** The old shape did not come about: nothing was tried. */
  readonly errors: readonly CheckError[];
  /** Rows that were in the table, and those that it refused. */
  readonly rows: number;
  readonly refused: number;
  /** The rows were given, not made up. */
  readonly given?: boolean;
  readonly stopped?: Stopped;
  /** The first rows in the order of their text, old and as the new tables give them back. */
  readonly shown?: { readonly old: readonly string[]; readonly rejoined: readonly string[] };
  /** Old rows against those that the new tables give back; absent when it did not come to that. */
  readonly forward?: BagDifference;
  /** Old rows against those after the way back. */
  readonly back?: BagDifference;
}

type Server = Awaited<ReturnType<OpenQueryServer>>;

const isError = (given: readonly unknown[] | ServerError): given is ServerError => !Array.isArray(given);

async function runSteps(server: Server, way: Stopped['way'], steps: readonly ChangeStep[]): Promise<Stopped | undefined> {
  await server.execute('BEGIN');
  for (const { phase, note, sql } of steps) {
    const error = await server.execute(sql);
    if (error === undefined) continue;
    await server.execute('ROLLBACK');
    return { way, phase, note, message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) };
  }
  const failed = await server.execute('COMMIT');
  if (failed === undefined) return undefined;
  await server.execute('ROLLBACK');
  return { way, phase: 'validate', note: 'Ends the transaction.', message: failed.message };
}

const KEPT = 'pg_temp.crowfoot_rows_before';

/** @param query one column `row`. */
async function difference(server: Server, query: string): Promise<BagDifference> {
  const ask = async (a: string, b: string): Promise<string[]> => {
    const found = await server.query(`SELECT * FROM ((${a}) EXCEPT ALL (${b})) AS d LIMIT 20`);
    return isError(found) ? [`${found.code}: ${found.message}`] : found.map(({ row }) => String(row));
  };
  const before = `SELECT row FROM ${KEPT}`;
  return { missing: await ask(before, query), extra: await ask(query, before) };
}

/** A few rows to look at. @param query one column `row`. */
async function first(server: Server, query: string): Promise<readonly string[]> {
  const found = await server.query(`SELECT row FROM (${query}) AS d ORDER BY row LIMIT 12`);
  return isError(found) ? [] : found.map(({ row }) => String(row));
}

async function tryOn(
  server: Server,
  { rows, given = false, change, rejoining }: Trial,
  errors: readonly CheckError[],
  progress: (done: number, what: string) => void,
): Promise<TrialOutcome> {
  const { table, columns } = rejoining;
  let refused = 0;
  progress(0.3, 'Putting rows in');
  for (const sql of rows) if ((await server.execute(sql)) !== undefined) refused += 1;
  const asText = (from: string) => `SELECT ROW(${columns.join(', ')})::text AS row FROM ${from}`;
  const kept = await server.execute(`CREATE TEMPORARY TABLE crowfoot_rows_before AS ${asText(table)}`);
  const count = await server.query(`SELECT count(*)::int AS n FROM ${table}`);
  const base = { version: server.version, errors, rows: isError(count) ? 0 : Number(count[0]?.['n'] ?? 0), refused, given };
  if (kept !== undefined)
    return {
      ...base,
      stopped: { way: 'forward', phase: 'guard', note: 'Keeps the old rows for comparing.', message: kept.message },
    };
  progress(0.5, 'Running the script');
  const stopped = await runSteps(server, 'forward', change.forward);
  if (stopped !== undefined) return { ...base, stopped };
  const rejoined = asText(`(${rejoining.query}) AS j`);
  const forward = await difference(server, rejoined);
  progress(0.8, 'Running it back');
  const shown = { old: await first(server, `SELECT row FROM ${KEPT}`), rejoined: await first(server, rejoined) };
  const wayBack = await runSteps(server, 'back', change.back);
  if (wayBack !== undefined) return { ...base, forward, shown, stopped: wayBack };
  return { ...base, forward, shown, back: await difference(server, asText(table)) };
}

/**
 * Runs a decomposition on rows in a fresh PostgreSQL: makes the old shape, puts the rows in, runs the script forward in one
 * transaction, compares the rows that the new tables give back with the old ones as bags, runs it back and compares again.
 * @param progress called with the share done, 0 to 1
 */
export async function tryDecomposition(
  open: OpenQueryServer,
  trial: Trial,
  progress: (done: number, what: string) => void = () => {},
): Promise<TrialOutcome> {
  progress(0, 'Starting PostgreSQL');
  const server = await open(extensionsOf(trial.schema));
  try {
    const errors = await checkOn(server, trial.schema, (done, what) => progress(0.3 * done, what));
    if (errors.length > 0) return { version: server.version, errors, rows: 0, refused: 0 };
    return await tryOn(server, trial, errors, progress);
  } finally {
    await server.close();
  }
}

/** Whether a trial went to its end with equal rows both ways. */
export function isProved({ errors, stopped, forward, back }: TrialOutcome): boolean {
  const equal = (one: BagDifference | undefined) => one !== undefined && one.missing.length + one.extra.length === 0;
  return errors.length === 0 && stopped === undefined && equal(forward) && equal(back);
}
