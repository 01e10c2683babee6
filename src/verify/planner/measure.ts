import { buffersOf, type Plan, readPlan } from '#engine/planner/plan.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { type CheckedStatement, checkOn, extensionsOf } from '../check.ts';
import { answering, openPglite, serverError } from '../pglite-server.ts';

/** What a laboratory is opened with: a schema, and the statements that fill it. */
export interface LabSetup {
  readonly schema: readonly CheckedStatement[];
  readonly fillings: readonly { readonly table: string; readonly sql: string }[];
}

/** A query that was run. */
export interface Measured {
  readonly plan: Plan;
  /** Pages of 8192 bytes that it touched: the same each time it is run. */
  readonly buffers: number;
  readonly ms: number;
}

/** PostgreSQL with rows in it, to run queries with one set of indexes and another. */
export interface Laboratory {
  /** Tables that could not be filled, with the server's reason. */
  readonly unfilled: readonly { readonly table: string; readonly message: string }[];
  /** Runs a query with these indexes beside the schema's own, which are made for it and dropped again. */
  measure(indexes: readonly string[], queries: readonly string[]): Promise<Result<readonly Result<Measured>[]>>;
  close(): Promise<void>;
}

/** What would refuse or slow down generated rows, and what nobody plans by: checks, references, triggers, row security. */
const LOOSEN = `SELECT format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I CASCADE', conrelid::regclass, conname) AS sql
  FROM pg_constraint JOIN pg_namespace n ON n.oid = connamespace
  WHERE contype IN ('c', 'f', 'x') AND conrelid <> 0 AND coninhcount = 0 AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  UNION ALL SELECT format('ALTER TABLE %s DISABLE TRIGGER ALL', oid::regclass) FROM pg_class
  WHERE relkind IN ('r', 'p') AND relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname IN ('pg_catalog', 'information_schema'))`;

/**
 * Opens a database with rows. Each statement of `fillings` stands alone: one that is refused leaves its table empty.
 * @param dataDirectory a dumped empty cluster; without it one is made first, which takes seconds
 * @param seed of the random numbers, -1 to 1: the same rows for the same seed
 */
export async function openLaboratory(
  { schema, fillings }: LabSetup,
  { dataDirectory, seed = 0.42 }: { readonly dataDirectory?: Blob; readonly seed?: number } = {},
  progress: (done: number, what: string) => void = () => {},
): Promise<Laboratory> {
  progress(0, 'Starting PostgreSQL');
  const opened = await openPglite(extensionsOf(schema), dataDirectory);
  const { database } = opened;
  const server = answering(opened);
  await checkOn(server, schema, (done, what) => progress(0.1 + done * 0.2, what));
  for (const { sql } of (await database.query<{ sql: string }>(LOOSEN)).rows) await server.execute(sql);
  await server.execute(`SELECT setseed(${Number.isFinite(seed) ? seed : 0})`);
  const unfilled: { table: string; message: string }[] = [];
  for (const [at, { table, sql }] of fillings.entries()) {
    progress(0.3 + (0.6 * at) / Math.max(1, fillings.length), 'Making rows');
    const error = await server.execute(sql);
    if (error !== undefined) unfilled.push({ table, message: error.message });
  }
  progress(0.9, 'Looking at the rows');
  await server.execute('VACUUM ANALYZE');

  async function run(sql: string): Promise<Result<Measured>> {
    try {
      const { rows } = await database.query(`EXPLAIN (ANALYZE, BUFFERS, VERBOSE, TIMING OFF, FORMAT JSON) ${sql}`);
      const plan = readPlan(rows[0]);
      if (!plan.ok) return plan;
      return ok({ plan: plan.value, buffers: buffersOf(plan.value), ms: plan.value.executionMs ?? 0 });
    } catch (error) {
      return err(`measure-${serverError(error).code}`, `PostgreSQL cannot run this: ${serverError(error).message}`);
    }
  }

  return {
    unfilled,
    async measure(indexes, queries) {
      // What a query writes and the indexes themselves go with the transaction.
      await server.execute('BEGIN');
      try {
        for (const sql of indexes) {
          const error = await server.execute(sql);
          if (error !== undefined) return err(`measure-${error.code}`, `This index cannot be made: ${error.message}`);
        }
        const measured: Result<Measured>[] = [];
        for (const sql of queries) {
          await server.execute('SAVEPOINT before');
          measured.push(await run(sql));
          await server.execute('ROLLBACK TO SAVEPOINT before');
        }
        return ok(measured);
      } finally {
        await server.execute('ROLLBACK');
      }
    },
    close: () => server.close(),
  };
}
