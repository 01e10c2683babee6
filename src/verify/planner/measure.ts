import type { PGlite } from '@electric-sql/pglite';
import { buffersOf, type Plan, planNodes, readPlan } from '#engine/planner/plan.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { type CheckedStatement, checkOn, extensionsOf, type ServerError } from '../check.ts';
import { answering, type OpenedPglite, openPglite, serverError } from '../pglite-server.ts';

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

/** A query with a literal for each parameter, `$1` first. */
export interface LabQuery {
  readonly sql: string;
  readonly values: readonly string[];
}

/** Indexes beside the schema's own: those that are made, and those of its own that are not there (as SQL names). */
export interface LabIndexes {
  readonly make: readonly string[];
  readonly drop?: readonly string[];
}

/** What was measured with one set of indexes. */
export interface LabMeasured {
  readonly results: readonly Result<Measured>[];
  /** Names of the indexes that each statement of `make` made, those of partitions among them. */
  readonly made: readonly (readonly string[])[];
}

/** PostgreSQL with rows in it, to run queries with one set of indexes and another. */
export interface Laboratory {
  readonly version: string;
  /** Tables that could not be filled, with the server's reason. */
  readonly unfilled: readonly { readonly table: string; readonly message: string }[];
  /** Of indexes of partitions that the schema makes (`schema.name`): the index of the whole. */
  readonly wholes: ReadonlyMap<string, string>;
  /** What the parameters of a statement are taken to be, as `regtype` names them. */
  parameterTypes(sql: string): Promise<Result<readonly string[]>>;
  /** Rows of a query as texts by the names of their columns. */
  ask(sql: string): Promise<Result<readonly Readonly<Record<string, unknown>>[]>>;
  /**
   * Runs queries with these indexes, which are made for it and dropped again. What queries write is taken back.
   * @returns of a query whose cost is above the limit the problem `measure-long`: it would take too long here.
   */
  measure(indexes: LabIndexes, queries: readonly LabQuery[]): Promise<Result<LabMeasured>>;
  close(): Promise<void>;
}

/** What would refuse or slow down generated rows, and what nobody plans by: checks, references, triggers, row security. */
const LOOSEN = `SELECT format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I CASCADE', conrelid::regclass, conname) AS sql
  FROM pg_constraint JOIN pg_namespace n ON n.oid = connamespace
  WHERE contype IN ('c', 'f', 'x') AND conrelid <> 0 AND coninhcount = 0 AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  UNION ALL SELECT format('ALTER TABLE %s DISABLE TRIGGER ALL', oid::regclass) FROM pg_class
  WHERE relkind IN ('r', 'p') AND relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname IN ('pg_catalog', 'information_schema'))`;

const WHOLES = `SELECT n.nspname || '.' || c.relname AS part, wn.nspname || '.' || w.relname AS whole
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_class w ON w.oid = pg_partition_root(c.oid) JOIN pg_namespace wn ON wn.oid = w.relnamespace
  WHERE c.relispartition AND c.relkind IN ('i', 'I')`;

/** Dearer plans take longer than anybody waits: a unit is about a hundredth of a millisecond. */
const TOO_DEAR = 2_000_000;

const FEW_PAGES = 500;

const writes = ({ root }: Plan) => [...planNodes(root)].some(({ type }) => type === 'ModifyTable');

/** ANALYZE takes 300 rows for each unit of this, at random: with as many as there are it finds the same each time. */
const STATISTICS_TARGET = `SELECT set_config('default_statistics_target',
  least(10000, greatest(100, ceil(coalesce(max(n_live_tup), 0) / 300.0)))::int::text, false)
  FROM pg_stat_user_tables`;

/** A server that holds rows. */
class FilledLaboratory implements Laboratory {
  readonly version: string;
  readonly unfilled: { table: string; message: string }[] = [];
  readonly wholes = new Map<string, string>();
  private readonly database: PGlite;
  private readonly server: ReturnType<typeof answering>;
  private prepares = 0;

  constructor(opened: OpenedPglite) {
    this.database = opened.database;
    this.server = answering(opened);
    this.version = opened.version;
  }

  async fill({ schema, fillings }: LabSetup, seed: number, progress: Progress): Promise<void> {
    await checkOn(this.server, schema, (done, what) => progress(0.1 + done * 0.2, what));
    for (const { sql } of (await this.database.query<{ sql: string }>(LOOSEN)).rows) await this.server.execute(sql);
    await this.server.execute(`SELECT setseed(${Number.isFinite(seed) ? seed : 0})`);
    for (const [at, { table, sql }] of fillings.entries()) {
      progress(0.3 + (0.6 * at) / Math.max(1, fillings.length), 'Making rows');
      const error = await this.server.execute(sql);
      if (error !== undefined) this.unfilled.push({ table, message: error.message });
    }
    progress(0.9, 'Looking at the rows');
    await this.server.execute('SELECT pg_stat_force_next_flush()');
    await this.server.execute(STATISTICS_TARGET);
    await this.server.execute('VACUUM ANALYZE');
    const { rows } = await this.database.query<{ part: string; whole: string }>(WHOLES);
    for (const { part, whole } of rows) this.wholes.set(part, whole);
  }

  /** Each has a name of its own: a statement outlives the transaction that failed with it. */
  private async prepared<T>(sql: string, then: (name: string) => Promise<T>): Promise<Result<T>> {
    this.prepares += 1;
    const name = `crowfoot_measured_${this.prepares}`;
    const error = await this.server.execute(`PREPARE ${name} AS ${sql}`);
    if (error !== undefined) return refused(error);
    try {
      return ok(await then(name));
    } catch (thrown) {
      return refused(serverError(thrown));
    } finally {
      await this.server.execute(`DEALLOCATE ${name}`);
    }
  }

  parameterTypes(sql: string): Promise<Result<readonly string[]>> {
    return this.prepared(sql, async (prepared) => {
      const { rows } = await this.database.query<{ types: readonly string[] }>(
        `SELECT parameter_types::text[] AS types FROM pg_prepared_statements WHERE name = '${prepared}'`,
      );
      return rows[0]?.types ?? [];
    });
  }

  async ask(sql: string): Promise<Result<readonly Readonly<Record<string, unknown>>[]>> {
    try {
      return ok((await this.database.query<Readonly<Record<string, unknown>>>(sql)).rows);
    } catch (error) {
      return refused(serverError(error));
    }
  }

  private async explained(options: string, name: string, { values }: LabQuery): Promise<Result<Plan>> {
    const list = values.length === 0 ? '' : `(${values.join(', ')})`;
    const { rows } = await this.database.query(`EXPLAIN (${options}, FORMAT JSON) EXECUTE ${name}${list}`);
    return readPlan(rows[0]);
  }

  private async run(query: LabQuery): Promise<Result<Measured>> {
    const ran = await this.prepared(query.sql, async (name): Promise<Result<Measured>> => {
      const thought = await this.explained('VERBOSE', name, query);
      if (!thought.ok) return thought;
      if (thought.value.root.totalCost > TOO_DEAR)
        return err('measure-long', 'It would take too long here, even on a sample of the rows.');
      const once = () => this.explained('ANALYZE, BUFFERS, VERBOSE, TIMING OFF', name, query);
      let plan = await once();
      if (!plan.ok) return plan;
      // Pages of the catalog that only a first run looks up would count where little else does.
      if (buffersOf(plan.value) < FEW_PAGES && !writes(plan.value)) plan = await once();
      if (!plan.ok) return plan;
      return ok({ plan: plan.value, buffers: buffersOf(plan.value), ms: plan.value.executionMs ?? 0 });
    });
    return ran.ok ? ran.value : ran;
  }

  private async indexNames(): Promise<readonly string[]> {
    const { rows } = await this.database.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind IN ('i', 'I')`,
    );
    return rows.map((row) => row.name);
  }

  private async change({ make, drop = [] }: LabIndexes): Promise<Result<readonly (readonly string[])[]>> {
    for (const name of drop) await this.server.execute(`DROP INDEX IF EXISTS ${name}`);
    const made: string[][] = [];
    let known = new Set(await this.indexNames());
    for (const sql of make) {
      const error = await this.server.execute(sql);
      if (error !== undefined) return err(`measure-${error.code}`, `This index cannot be made: ${error.message}`);
      const names = await this.indexNames();
      made.push(names.filter((name) => !known.has(name)));
      known = new Set(names);
    }
    return ok(made);
  }

  async measure(indexes: LabIndexes, queries: readonly LabQuery[]): Promise<Result<LabMeasured>> {
    // What a query writes and the indexes themselves go with the transaction.
    await this.server.execute('BEGIN');
    try {
      const made = await this.change(indexes);
      if (!made.ok) return made;
      const results: Result<Measured>[] = [];
      for (const query of queries) {
        await this.server.execute('SAVEPOINT before');
        results.push(await this.run(query));
        await this.server.execute('ROLLBACK TO SAVEPOINT before');
      }
      return ok({ results, made: made.value });
    } finally {
      await this.server.execute('ROLLBACK');
    }
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

function refused({ code, message }: ServerError): Result<never> {
  return err(`measure-${code}`, `PostgreSQL cannot run this: ${message}`);
}

type Progress = (done: number, what: string) => void;

/**
 * Opens a database with rows. Each statement of `fillings` stands alone: one that is refused leaves its table empty.
 * @param dataDirectory a dumped empty cluster; without it one is made first, which takes seconds
 * @param seed of the random numbers, -1 to 1: the same rows for the same seed
 */
export async function openLaboratory(
  setup: LabSetup,
  { dataDirectory, seed = 0.42 }: { readonly dataDirectory?: Blob; readonly seed?: number } = {},
  progress: Progress = () => {},
): Promise<Laboratory> {
  progress(0, 'Starting PostgreSQL');
  const laboratory = new FilledLaboratory(await openPglite(extensionsOf(setup.schema), dataDirectory));
  await laboratory.fill(setup, seed, progress);
  return laboratory;
}
