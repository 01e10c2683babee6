import { literal } from '#engine/dialects/postgres/quote.ts';
import { type Plan, readPlan } from '#engine/planner/plan.ts';
import {
  type ColumnStatistics,
  columnStatement,
  type IndexSize,
  relationName,
  relationStatement,
  type TableStatistics,
} from '#engine/planner/statistics.ts';
import { err, type Result } from '#lib/result.ts';
import { type CheckError, type CheckedStatement, checkOn, extensionsOf, type ServerError } from '../check.ts';
import { answering, type OpenedPglite, openPglite, serverError } from '../pglite-server.ts';
import { fileBlocks, isSegmented, setFileBlocks } from './file-size.ts';

/** An index that is planned with, not filled. */
export interface HypotheticalIndex extends IndexSize {
  /** The whole `CREATE INDEX` with the name given here. */
  readonly sql: string;
  readonly table: { readonly schema: string; readonly name: string };
  /** What is known of its expressions, by the names its columns have (`lower`, `expr`); the planner takes 200 values else. */
  readonly expressions?: readonly ColumnStatistics[];
}

/** What a planner is opened with. */
export interface PlannerSetup {
  /** The model as statements, in order. */
  readonly schema: readonly CheckedStatement[];
  readonly tables: readonly TableStatistics[];
  /** Sizes of the indexes that the schema makes; those left out stay as small as they are. */
  readonly indexes: readonly IndexSize[];
  /** Settings of the server that is imitated, such as `work_mem`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * The real planner of PostgreSQL at a declared scale, with no rows stored: statistics are imported, and files tell the sizes
 * that were declared.
 */
export interface Planner {
  readonly version: string;
  /** Statements of the schema that failed: queries on what they would have made cannot be planned. */
  readonly errors: readonly CheckError[];
  /** Statistics that were refused, with the server's reason. */
  readonly refused: readonly { readonly of: string; readonly message: string }[];
  /** Adds indexes; they are not planned with until they are shown. @returns those that were refused, by name. */
  add(indexes: readonly HypotheticalIndex[]): Promise<ReadonlyMap<string, ServerError>>;
  /** From now on plans see these indexes of those added and of the schema's own, and no others. Names are `schema.name`. */
  show(indexes: ReadonlySet<string>): Promise<void>;
  /** All indexes that there are, `schema.name`. */
  indexes(): Promise<readonly string[]>;
  /** @param sql one statement; with parameters (`$1`) the generic plan is made. */
  plan(sql: string): Promise<Result<Plan>>;
  close(): Promise<void>;
}

type Relation = { readonly schema: string; readonly name: string };

const keyOf = ({ schema, name }: Relation) => `${schema}.${name}`;

/** PostgreSQL opened for planning. */
class PretendServer {
  private readonly opened: OpenedPglite;
  readonly answers: ReturnType<typeof answering>;

  constructor(opened: OpenedPglite) {
    this.opened = opened;
    this.answers = answering(opened);
  }

  async rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return (await this.opened.database.query<Readonly<Record<string, unknown>>>(sql)).rows;
  }

  async path(relation: Relation): Promise<string | undefined> {
    const [row] = await this.rows(`SELECT pg_relation_filepath(to_regclass(${literal(relationName(relation))})) AS path`);
    return typeof row?.['path'] === 'string' ? row['path'] : undefined;
  }

  setBlocks(path: string, blocks: number): boolean {
    return setFileBlocks(this.opened.database, path, blocks);
  }

  blocks(path: string): number {
    return fileBlocks(this.opened.database, path);
  }

  /** EXPLAIN through the simple protocol, which alone takes `$1` without a value. */
  async explain(sql: string, generic: boolean): Promise<unknown> {
    const options = generic ? 'FORMAT JSON, VERBOSE, GENERIC_PLAN' : 'FORMAT JSON, VERBOSE';
    const results = await this.opened.database.exec(`EXPLAIN (${options}) ${sql}`);
    return results[0]?.rows[0];
  }
}

/** A parameter outside of strings: a name may hold `$`, so it must not follow a letter, a digit or another `$`. */
const PARAMETER = /(?:^|[^\w$])\$\d/;

/** How a problem of the server is told. */
function planProblem(error: unknown): Result<never> {
  const { code, message, hint } = serverError(error);
  return err(`planner-${code}`, `PostgreSQL cannot plan this: ${message}${hint === undefined ? '' : ` ${hint}`}`);
}

/** The relations of the setup that exist, with the size they are to tell. */
interface Pretended {
  readonly path: string;
  readonly real: number;
  readonly declared: number;
  readonly statement: string;
  readonly relation: Relation;
}

class FilePlanner implements Planner {
  readonly version: string;
  readonly errors: readonly CheckError[];
  readonly refused: { of: string; message: string }[] = [];
  private readonly server: PretendServer;
  private readonly pretended = new Map<string, Pretended>();
  private shown: ReadonlySet<string> | undefined;

  constructor(server: PretendServer, errors: readonly CheckError[]) {
    this.server = server;
    this.version = server.answers.version;
    this.errors = errors;
  }

  /** Gives a relation its declared size and statistics. */
  private async pretend(relation: Relation & { rows: number; pages: number; visiblePages?: number }): Promise<void> {
    const path = await this.server.path(relation);
    if (path === undefined) return;
    const known = this.pretended.get(keyOf(relation));
    const real = known?.path === path ? known.real : this.server.blocks(path);
    const statement = relationStatement(relation);
    this.server.setBlocks(path, relation.pages);
    await this.run(statement, keyOf(relation));
    this.pretended.set(keyOf(relation), { path, real, declared: relation.pages, statement, relation });
  }

  private async run(sql: string, of: string): Promise<void> {
    const error = await this.server.answers.execute(sql);
    if (error !== undefined) this.refused.push({ of, message: error.message });
  }

  /** A column that no row was counted for has one row of statistics all the same, or the planner takes 200 distinct values. */
  async declare({ tables, indexes }: Pick<PlannerSetup, 'tables' | 'indexes'>): Promise<void> {
    for (const table of tables) {
      await this.pretend(table);
      for (const column of table.columns) await this.run(columnStatement(table, column), `${keyOf(table)}.${column.name}`);
    }
    for (const index of indexes) await this.pretend(index);
  }

  /** Lets a table be as small as it is while something reads it. */
  private async asItIs<T>(table: Relation, work: () => Promise<T>): Promise<T> {
    const known = this.pretended.get(keyOf(table));
    if (known === undefined) return work();
    this.server.setBlocks(known.path, known.real);
    if (isSegmented(known.declared)) {
      await this.server.answers.execute(`SELECT pg_clear_relation_stats(${literal(table.schema)}, ${literal(table.name)})`);
    }
    try {
      return await work();
    } finally {
      this.server.setBlocks(known.path, known.declared);
      await this.server.answers.execute(known.statement);
    }
  }

  async add(indexes: readonly HypotheticalIndex[]): Promise<ReadonlyMap<string, ServerError>> {
    const refused = new Map<string, ServerError>();
    const byTable = new Map<string, HypotheticalIndex[]>();
    for (const index of indexes) byTable.set(keyOf(index.table), [...(byTable.get(keyOf(index.table)) ?? []), index]);
    for (const group of byTable.values()) {
      const [first] = group;
      if (first === undefined) continue;
      const made: HypotheticalIndex[] = [];
      await this.asItIs(first.table, async () => {
        for (const index of group) {
          const error = await this.server.answers.execute(index.sql);
          if (error === undefined) made.push(index);
          else refused.set(keyOf(index), error);
        }
      });
      for (const index of made) {
        await this.pretend(index);
        for (const one of index.expressions ?? []) await this.run(columnStatement(index, one), `${keyOf(index)}.${one.name}`);
        await this.setValid([keyOf(index)], false);
      }
    }
    return refused;
  }

  /** The planner leaves invalid indexes alone (`get_relation_info`); who changes the row makes it look again. */
  private async setValid(names: readonly string[], valid: boolean): Promise<void> {
    if (names.length === 0) return;
    const list = names.map(literal).join(', ');
    await this.rowsOf(`UPDATE pg_index SET indisvalid = ${valid} FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.oid = indexrelid AND n.nspname || '.' || c.relname IN (${list})`);
  }

  private rowsOf(sql: string) {
    return this.server.rows(sql);
  }

  async indexes(): Promise<readonly string[]> {
    const rows = await this.rowsOf(`SELECT n.nspname || '.' || c.relname AS name FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'i' AND n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema') ORDER BY 1`);
    return rows.map((row) => String(row['name']));
  }

  async show(wanted: ReadonlySet<string>): Promise<void> {
    if (this.shown === undefined) {
      const rows = await this.rowsOf(`SELECT n.nspname || '.' || c.relname AS name FROM pg_index i
        JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE i.indisvalid AND n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')`);
      this.shown = new Set(rows.map((row) => String(row['name'])));
    }
    const { shown } = this;
    await this.setValid(
      [...shown].filter((name) => !wanted.has(name)),
      false,
    );
    await this.setValid(
      [...wanted].filter((name) => !shown.has(name)),
      true,
    );
    this.shown = new Set(wanted);
  }

  async plan(sql: string): Promise<Result<Plan>> {
    try {
      return readPlan(await this.server.explain(sql, PARAMETER.test(sql)));
    } catch (error) {
      return planProblem(error);
    }
  }

  close(): Promise<void> {
    return this.server.answers.close();
  }
}

/** Blocks of the table that the trick is tried on: two segments. */
const PROBE_BLOCKS = 200_000;

/** Whether a size that a file only tells reaches the planner in this build: tried on a table of its own. */
async function sizesAreBelieved(server: PretendServer): Promise<boolean> {
  const relation = { schema: 'crowfoot_probe', name: 'probe' };
  const { answers } = server;
  try {
    await server.rows('CREATE SCHEMA crowfoot_probe');
    await server.rows('CREATE TABLE crowfoot_probe.probe (id integer)');
    const path = await server.path(relation);
    if (path === undefined || !server.setBlocks(path, PROBE_BLOCKS)) return false;
    await server.rows(relationStatement({ ...relation, rows: 1e7, pages: PROBE_BLOCKS }));
    const [size] = await server.rows(`SELECT pg_relation_size('crowfoot_probe.probe') / 8192 AS blocks`);
    const plan = readPlan(await server.explain('SELECT * FROM crowfoot_probe.probe', false));
    server.setBlocks(path, 0);
    await answers.execute(`SELECT pg_clear_relation_stats('crowfoot_probe', 'probe')`);
    return Number(size?.['blocks']) === PROBE_BLOCKS && plan.ok && plan.value.root.rows === 1e7;
  } catch {
    return false;
  } finally {
    await answers.execute('DROP SCHEMA IF EXISTS crowfoot_probe CASCADE');
  }
}

/**
 * Opens the planner on a schema.
 * @param dataDirectory a dumped empty cluster; without it one is made first, which takes seconds
 * @returns the problem `planner-size` when this build does not believe declared sizes: costs are then to be taken from the
 * analytic model.
 */
export async function openPlanner(
  { schema, tables, indexes, settings = {} }: PlannerSetup,
  dataDirectory?: Blob,
  progress: (done: number, what: string) => void = () => {},
): Promise<Result<Planner>> {
  progress(0, 'Starting PostgreSQL');
  const server = new PretendServer(await openPglite(extensionsOf(schema), dataDirectory));
  if (!(await sizesAreBelieved(server))) {
    await server.answers.close();
    return err(
      'planner-size',
      'The PostgreSQL here does not plan with declared sizes, so its costs would say nothing. Costs come from the analytic model.',
    );
  }
  const errors = await checkOn(server.answers, schema, (done, what) => progress(0.2 + done * 0.5, what));
  // A schema file may have set a search path, and what follows names everything with its schema.
  for (const [name, value] of Object.entries(settings)) {
    await server.rows(`SELECT set_config(${literal(name)}, ${literal(value)}, false)`);
  }
  const planner = new FilePlanner(server, errors);
  progress(0.8, 'Declaring sizes');
  await planner.declare({ tables, indexes });
  return { ok: true, value: planner };
}
