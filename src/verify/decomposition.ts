import type { Rejoining } from '#engine/decompose/types.ts';
import { TRAITS } from '#engine/dialects/base/traits.ts';
import { FRAMES } from '#engine/dialects/frames.ts';
import { splitSql, statementText } from '#engine/sql/split.ts';
import type { ChangePhase, ChangeStep, SchemaChange } from '#model/change-types.ts';
import type { Dialect } from '#model/types.ts';
import { type CheckError, type CheckedStatement, checkOn, extensionsOf, type OpenServer, type ServerError } from './check.ts';

/** A server that also answers. */
export type OpenQueryServer = (extensions: readonly string[]) => Promise<
  Awaited<ReturnType<OpenServer>> & {
    /** Rows of a query, or why there are none. */
    query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[] | ServerError>;
  }
>;

/** The joined tables, where they stand in a query. */
const JOINED = 'j';

/** A decomposition to be tried on rows. */
export interface Trial {
  readonly dialect: Dialect;
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
  readonly dialect: Dialect;
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

/** Runs the statements of a text one by one, so that every engine takes them. */
async function execute(server: Server, sql: string, dialect: Dialect): Promise<ServerError | undefined> {
  for (const span of splitSql(sql, dialect)) {
    if (span.kind === 'gap' || span.kind === 'meta') continue;
    const error = await server.execute(statementText(sql, span));
    if (error !== undefined) return error;
  }
  return undefined;
}

async function runSteps(
  server: Server,
  way: Stopped['way'],
  steps: readonly ChangeStep[],
  dialect: Dialect,
): Promise<Stopped | undefined> {
  const { begin, end } = FRAMES[dialect];
  for (const sql of begin) await execute(server, sql, dialect);
  for (const { phase, note, sql } of steps) {
    const error = await execute(server, sql, dialect);
    if (error === undefined) continue;
    await server.execute('ROLLBACK');
    return { way, phase, note, message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) };
  }
  for (const sql of end) {
    const failed = await execute(server, sql, dialect);
    if (failed === undefined) continue;
    await server.execute('ROLLBACK');
    return { way, phase: 'validate', note: 'Ends the transaction.', message: failed.message };
  }
  return undefined;
}

/** Rows as sorted text, or why there are none. */
async function linesOf(server: Server, row: string, from: string): Promise<readonly string[] | ServerError> {
  const found = await server.query(`SELECT ${row} AS line FROM ${from}`);
  return isError(found) ? found : found.map(({ line }) => String(line)).sort();
}

/** What the first has more often than the second. */
function moreOften(one: readonly string[], other: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of other) left.set(line, (left.get(line) ?? 0) + 1);
  return one.filter((line) => {
    const n = left.get(line) ?? 0;
    left.set(line, n - 1);
    return n <= 0;
  });
}

function difference(before: readonly string[], now: readonly string[] | ServerError): BagDifference {
  if (isError(now)) return { missing: [`${now.code}: ${now.message}`], extra: [] };
  return { missing: moreOften(before, now).slice(0, 20), extra: moreOften(now, before).slice(0, 20) };
}

const SHOWN = 12;

async function tryOn(
  server: Server,
  { dialect, rows, given = false, change, rejoining }: Trial,
  errors: readonly CheckError[],
  progress: (done: number, what: string) => void,
): Promise<TrialOutcome> {
  const { table, row } = rejoining;
  let refused = 0;
  progress(0.3, 'Putting rows in');
  for (const sql of rows) if ((await server.execute(sql)) !== undefined) refused += 1;
  const old = await linesOf(server, row, table);
  const base = { dialect, version: server.version, errors, rows: isError(old) ? 0 : old.length, refused, given };
  if (isError(old)) {
    return {
      ...base,
      stopped: { way: 'forward', phase: 'guard', note: 'Keeps the old rows for comparing.', message: old.message },
    };
  }
  progress(0.5, 'Running the script');
  const stopped = await runSteps(server, 'forward', change.forward, dialect);
  if (stopped !== undefined) return { ...base, stopped };
  const rejoined = await linesOf(server, row, `(${rejoining.query}) ${JOINED}`);
  const forward = difference(old, rejoined);
  progress(0.8, 'Running it back');
  const shown = { old: old.slice(0, SHOWN), rejoined: isError(rejoined) ? [] : rejoined.slice(0, SHOWN) };
  const wayBack = await runSteps(server, 'back', change.back, dialect);
  if (wayBack !== undefined) return { ...base, forward, shown, stopped: wayBack };
  return { ...base, forward, shown, back: difference(old, await linesOf(server, row, table)) };
}

/**
 * Runs a decomposition on rows in a fresh database: makes the old shape, puts the rows in, runs the script forward in its
 * frame, compares the rows that the new tables give back with the old ones as bags, runs it back and compares again.
 * @param progress called with the share done, 0 to 1
 */
export async function tryDecomposition(
  open: OpenQueryServer,
  trial: Trial,
  progress: (done: number, what: string) => void = () => {},
): Promise<TrialOutcome> {
  progress(0, `Starting ${TRAITS[trial.dialect].label}`);
  const server = await open(extensionsOf(trial.schema));
  try {
    const errors = await checkOn(server, trial.schema, (done, what) => progress(0.3 * done, what));
    if (errors.length > 0) return { dialect: trial.dialect, version: server.version, errors, rows: 0, refused: 0 };
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
