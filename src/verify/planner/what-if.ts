import { ident, literal } from '#engine/dialects/postgres/quote.ts';
import { estimateIndex } from '#engine/planner/index-estimate.ts';
import { type Plan, qualifiedIndexesOf, readPlan } from '#engine/planner/plan.ts';
import { skippedIn } from '#engine/planner/skip-scan.ts';
import {
  type ColumnStatistics,
  columnStatement,
  type IndexSize,
  relationName,
  type TableStatistics,
} from '#engine/planner/statistics.ts';
import { err, type Result } from '#lib/result.ts';
import { type CheckError, type CheckedStatement, checkOn, extensionsOf, type ServerError } from '../check.ts';
import { openPglite, serverError } from '../pglite-server.ts';
import { type CatalogIndex, heapsOf, indexesOf } from './index-catalog.ts';
import { keyOf, PretendServer, type RelationName, sizesAreBelieved, tableName } from './pretend-server.ts';

/** An index that is planned with, not filled. Its size follows from what is declared of its table. */
export interface HypotheticalIndex extends RelationName {
  /** The whole `CREATE INDEX` with the name given here. */
  readonly sql: string;
  readonly table: RelationName;
}

/** What a planner is opened with. */
export interface PlannerSetup {
  /** The model as statements, in order. */
  readonly schema: readonly CheckedStatement[];
  readonly tables: readonly TableStatistics[];
  /** Sizes of indexes as they were told; those of the others follow from the tables. */
  readonly indexes?: readonly IndexSize[];
  /** Settings of the server that is imitated, such as `work_mem`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Extensions that indexes to come need beside those of the schema. */
  readonly extensions?: readonly string[];
}

/** An index as plans see it: of a partitioned table those of its partitions. Names are `schema.name`. */
export interface SeenIndex {
  readonly name: string;
  /** The index that it is a part of, or itself. */
  readonly root: string;
  readonly rows: number;
  readonly pages: number;
}

/**
 * The real planner of PostgreSQL at a declared scale, with no rows stored: statistics are imported, and files tell the sizes
 * that were declared. Indexes are named `schema.name`; the index of a partitioned table stands for those of its partitions.
 */
export interface Planner {
  readonly version: string;
  /** Statements of the schema that failed: queries on what they would have made cannot be planned. */
  readonly errors: readonly CheckError[];
  /** Statistics that were refused, with the server's reason. */
  readonly refused: readonly { readonly of: string; readonly message: string }[];
  /** Adds indexes; they are not planned with until they are shown. @returns those that were refused, by name. */
  add(indexes: readonly HypotheticalIndex[]): Promise<ReadonlyMap<string, ServerError>>;
  /** From now on plans see these indexes of those added and of the schema's own, and no others. */
  show(indexes: ReadonlySet<string>): Promise<void>;
  /** Rows and pages of every index there is: those of the schema, and those added. */
  readonly sizes: ReadonlyMap<string, IndexSize>;
  /** Names of the indexes that a plan reads. */
  used(plan: Plan): ReadonlySet<string>;
  /** Those that it searches by other columns than their first, which servers before PostgreSQL 18 do not do in steps. */
  skipped(plan: Plan): ReadonlySet<string>;
  /**
   * What plans see of the indexes on some tables when certain indexes are shown, in the order in which they were made: so the
   * planner looks at them.
   * @param tables by `tableName`
   */
  seen(indexes: ReadonlySet<string>, tables: readonly string[]): readonly SeenIndex[];
  /**
   * Tables that the server opens to plan a statement, by `tableName`: through views and functions, and the partitions that its
   * conditions leave. Undefined where it cannot be planned.
   */
  tablesOf(sql: string): Promise<readonly string[] | undefined>;
  /** @param sql one statement; with parameters (`$1`) the generic plan is made. */
  plan(sql: string): Promise<Result<Plan>>;
  close(): Promise<void>;
}

/** A parameter outside of names: those may hold `$`. */
const PARAMETER = /(?:^|[^\w$])\$\d/;

class FilePlanner implements Planner {
  readonly version: string;
  readonly errors: readonly CheckError[];
  readonly refused: { of: string; message: string }[] = [];
  readonly sizes = new Map<string, IndexSize>();
  private readonly server: PretendServer;
  private readonly tables: ReadonlyMap<string, TableStatistics>;
  /** Indexes that plans see, those of partitions by their own names. */
  private shown: ReadonlySet<string> = new Set();
  /** Of the index of a partitioned table those of its partitions, and back. */
  private readonly leaves = new Map<string, string[]>();
  private readonly roots = new Map<string, string>();
  private readonly oids = new Map<string, number>();
  /** Of each index that holds rows its table. */
  private readonly tableOf = new Map<string, string>();
  /** The first column of each B-tree that begins with one. */
  private readonly firstOf = new Map<string, string>();

  constructor(server: PretendServer, errors: readonly CheckError[], tables: readonly TableStatistics[]) {
    this.server = server;
    this.version = server.answers.version;
    this.errors = errors;
    this.tables = new Map(tables.map((table) => [keyOf(table), table]));
  }

  private refuse(of: string, message: string | undefined): void {
    if (message !== undefined) this.refused.push({ of, message });
  }

  private async declareColumn(relation: RelationName, column: ColumnStatistics): Promise<void> {
    const error = await this.server.answers.execute(columnStatement(relation, column));
    this.refuse(`${keyOf(relation)}.${column.name}`, error?.message);
  }

  /** Gives tables and the indexes of the schema their sizes. @param told sizes that need not be worked out */
  async declare(told: readonly IndexSize[]): Promise<void> {
    for (const table of this.tables.values()) {
      this.refuse(keyOf(table), await this.server.pretend(table));
      for (const column of table.columns) await this.declareColumn(table, column);
    }
    const known = new Map(told.map((one) => [keyOf(one), one]));
    const indexes = await indexesOf(this.server);
    for (const index of indexes) await this.declareIndex(index, known.get(keyOf(index)));
    this.shown = new Set([...this.withLeaves(indexes.filter((index) => index.valid).map((index) => keyOf(index.root ?? index)))]);
  }

  /** Takes down what an index of a partition is a part of, and adds its size to that. */
  private join(index: CatalogIndex, { rows, pages }: IndexSize): void {
    if (index.root === undefined) return;
    const [root, leaf] = [keyOf(index.root), keyOf(index)];
    this.oids.set(root, index.root.oid);
    const sum = this.sizes.get(root);
    this.leaves.set(root, [...(this.leaves.get(root) ?? []), leaf]);
    this.roots.set(leaf, root);
    this.sizes.set(root, { ...index.root, rows: (sum?.rows ?? 0) + rows, pages: (sum?.pages ?? 0) + pages });
  }

  private async declareIndex(index: CatalogIndex, told?: IndexSize): Promise<void> {
    const table = this.tables.get(keyOf(index.table));
    if (table === undefined) return;
    const share = await this.shareOf(index, table);
    const size = told ?? { schema: index.schema, name: index.name, ...estimateIndex(table, { ...index.shape, share }) };
    this.sizes.set(keyOf(index), size);
    this.oids.set(keyOf(index), index.oid);
    this.tableOf.set(keyOf(index), tableName(index.table));
    const first = index.shape.columns[0]?.column;
    if (index.shape.method === 'btree' && first !== undefined) this.firstOf.set(keyOf(index), first);
    this.join(index, size);
    this.refuse(keyOf(index), await this.server.pretend({ ...size, path: index.path }));
    for (const expression of await this.expressionsOf(index, table)) await this.declareColumn(index, expression);
  }

  /** The share of rows that a partial index holds, as the planner sees its predicate. */
  private async shareOf({ predicate, table }: CatalogIndex, { rows }: TableStatistics): Promise<number> {
    if (predicate === undefined || rows === 0) return 1;
    const plan = await this.plan(`SELECT 1 FROM ${relationName(table)} WHERE ${predicate}`);
    return plan.ok ? Math.min(1, plan.value.root.rows / rows) : 1;
  }

  /**
   * What is to be believed of an index's expressions. One of a single column is taken to tell as many values apart as the
   * column does: without this the planner takes 200.
   */
  private async expressionsOf({ shape, table, ...index }: CatalogIndex, { columns }: TableStatistics): Promise<ColumnStatistics[]> {
    if (shape.columns.every((one) => one.column !== undefined)) return [];
    const uses = await this.server.rows(`SELECT ta.attname AS column FROM pg_depend d
      JOIN pg_attribute ta ON ta.attrelid = d.refobjid AND ta.attnum = d.refobjsubid
      WHERE d.classid = 'pg_class'::regclass AND d.refobjsubid > 0
        AND d.objid = ${literal(relationName(index))}::regclass AND d.refobjid = ${literal(relationName(table))}::regclass`);
    const keys = new Set(shape.columns.map((one) => one.column));
    const others = uses.map((row) => String(row['column'])).filter((name) => !keys.has(name));
    const [only] = others;
    const known = others.length === 1 ? columns.find((one) => one.name === only) : undefined;
    if (known === undefined) return [];
    const { nullFraction, averageWidth, distinct } = known;
    return shape.columns.flatMap(({ column, name, length }) =>
      column === undefined ? [{ name, nullFraction, averageWidth: length > 0 ? length : averageWidth, distinct }] : [],
    );
  }

  async add(indexes: readonly HypotheticalIndex[]): Promise<ReadonlyMap<string, ServerError>> {
    const refused = new Map<string, ServerError>();
    const byTable = new Map<string, HypotheticalIndex[]>();
    for (const index of indexes) byTable.set(keyOf(index.table), [...(byTable.get(keyOf(index.table)) ?? []), index]);
    for (const group of byTable.values()) {
      const made: HypotheticalIndex[] = [];
      const heaps = await heapsOf(this.server, (group[0] as HypotheticalIndex).table);
      await this.server.asItIs(heaps, async () => {
        for (const index of group) {
          const error = await this.server.answers.execute(index.sql);
          if (error === undefined) made.push(index);
          else refused.set(keyOf(index), error);
        }
      });
      if (made.length === 0) continue;
      for (const found of await indexesOf(this.server, made)) await this.declareIndex(found);
      await this.turn([], [...this.withLeaves(made.map(keyOf))]);
    }
    return refused;
  }

  /**
   * Shows some indexes and hides others. The planner leaves invalid ones alone (`get_relation_info`), and a change of its row
   * makes the server look at an index again.
   */
  private async turn(on: readonly string[], off: readonly string[]): Promise<void> {
    const oids = (names: readonly string[]) => names.flatMap((name) => this.oids.get(name) ?? []);
    const all = oids([...on, ...off]);
    if (all.length === 0) return;
    const valid = on.length === 0 ? 'false' : `indexrelid IN (${oids(on).join(', ')})`;
    const error = await this.server.answers.execute(
      `UPDATE pg_index SET indisvalid = ${valid} WHERE indexrelid IN (${all.join(', ')})`,
    );
    if (error !== undefined) throw new Error(error.message);
  }

  private withLeaves(names: Iterable<string>): ReadonlySet<string> {
    return new Set([...names].flatMap((name) => [name, ...(this.leaves.get(name) ?? [])]));
  }

  async show(indexes: ReadonlySet<string>): Promise<void> {
    const { shown } = this;
    const wanted = this.withLeaves(indexes);
    await this.turn(
      [...wanted].filter((name) => !shown.has(name)),
      [...shown].filter((name) => !wanted.has(name)),
    );
    this.shown = wanted;
  }

  private rootsOf(names: ReadonlySet<string>): ReadonlySet<string> {
    return new Set([...names].map((name) => this.roots.get(name) ?? name));
  }

  used(plan: Plan): ReadonlySet<string> {
    return this.rootsOf(qualifiedIndexesOf(plan));
  }

  skipped(plan: Plan): ReadonlySet<string> {
    return this.rootsOf(skippedIn(plan, (index) => this.firstOf.get(index)));
  }

  seen(indexes: ReadonlySet<string>, tables: readonly string[]): readonly SeenIndex[] {
    const oidOf = (name: string) => this.oids.get(name) ?? 0;
    const among = new Set(tables);
    return [...this.withLeaves(indexes)]
      .filter((name) => among.has(this.tableOf.get(name) ?? ''))
      .sort((a, b) => oidOf(a) - oidOf(b))
      .map((name) => {
        const { rows, pages } = this.sizes.get(name) as IndexSize;
        return { name, root: this.roots.get(name) ?? name, rows, pages };
      });
  }

  async tablesOf(sql: string): Promise<readonly string[] | undefined> {
    const locked = await this.server.lockedBy(sql, PARAMETER.test(sql));
    return locked?.map(tableName);
  }

  async plan(sql: string): Promise<Result<Plan>> {
    try {
      return readPlan(await this.server.explain(sql, PARAMETER.test(sql)));
    } catch (error) {
      const { code, message, hint } = serverError(error);
      return err(`planner-${code}`, `PostgreSQL cannot plan this: ${message}${hint === undefined ? '' : ` ${hint}`}`);
    }
  }

  close(): Promise<void> {
    return this.server.answers.close();
  }
}

/**
 * Opens the planner on a schema.
 * @param dataDirectory a dumped empty cluster; without it one is made first, which takes seconds
 * @returns the problem `planner-size` when this build does not believe declared sizes: costs are then to be taken from the
 * analytic model.
 */
export async function openPlanner(
  { schema, tables, indexes = [], settings = {}, extensions = [] }: PlannerSetup,
  dataDirectory?: Blob,
  progress: (done: number, what: string) => void = () => {},
): Promise<Result<Planner>> {
  progress(0, 'Starting PostgreSQL');
  const server = new PretendServer(await openPglite([...extensionsOf(schema), ...extensions], dataDirectory));
  if (!(await sizesAreBelieved(server))) {
    await server.answers.close();
    return err(
      'planner-size',
      'The PostgreSQL here does not plan with declared sizes, so its costs would say nothing. Costs come from the analytic model.',
    );
  }
  const errors = await checkOn(server.answers, schema, (done, what) => progress(0.2 + done * 0.5, what));
  // One that is missing shows when its indexes are refused.
  for (const name of extensions) await server.answers.execute(`CREATE EXTENSION IF NOT EXISTS ${ident(name)} CASCADE`);
  for (const [name, value] of Object.entries(settings)) {
    await server.rows(`SELECT set_config(${literal(name)}, ${literal(value)}, false)`);
  }
  const planner = new FilePlanner(server, errors, tables);
  progress(0.8, 'Declaring sizes');
  await planner.declare(indexes);
  return { ok: true, value: planner };
}
