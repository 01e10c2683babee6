/** Sets of indexes on a server that holds the rows, judged by the pages that queries touch there. */

/** What is asked of the server. */
export interface Server {
  query<T>(sql: string): Promise<T[]>;
}

/** A query of the workload. */
export interface JudgedQuery {
  readonly id: string;
  readonly sql: string;
  readonly calls: number;
}

/** An index that may be in a set; it exists on the server, and plans see it when its set is judged. */
export interface JudgedIndex {
  readonly id: string;
  readonly table: string;
  readonly bytes: number;
  /** Of a plain one: its columns. */
  readonly columns?: readonly string[];
}

interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: Readonly<Record<string, unknown>> }];
}

/**
 * Runs queries with one set of indexes after the other. A plan that was run before is not run again: it touches the same pages.
 */
export class RealServer {
  private readonly server: Server;
  private readonly queries: readonly JudgedQuery[];
  private shown = new Set<string>();
  private readonly pages = new Map<string, number>();
  private readonly tablesOf = new Map<string, ReadonlySet<string>>();
  private readonly answers = new Map<string, number>();
  private readonly costs = new Map<string, number>();
  /** Plans that were run. */
  runs = 0;

  constructor(server: Server, queries: readonly JudgedQuery[], tables: readonly string[]) {
    this.server = server;
    this.queries = queries;
    for (const { id, sql } of queries)
      this.tablesOf.set(id, new Set(tables.filter((table) => new RegExp(`\\b${table}\\b`).test(sql))));
  }

  /** The planner leaves invalid indexes alone. */
  async show(wanted: ReadonlySet<string>): Promise<void> {
    for (const [names, valid] of [
      [[...this.shown].filter((name) => !wanted.has(name)), false],
      [[...wanted].filter((name) => !this.shown.has(name)), true],
    ] as const) {
      if (names.length === 0) continue;
      const list = names.map((name) => `'${name}'::regclass`).join(', ');
      await this.server.query(`UPDATE pg_index SET indisvalid = ${valid} WHERE indexrelid IN (${list})`);
    }
    this.shown = new Set(wanted);
  }

  /** Hides indexes that were just made. */
  async hide(names: readonly string[]): Promise<void> {
    this.shown = new Set(names);
    await this.show(new Set());
  }

  async plan(sql: string): Promise<{ readonly text: string; readonly cost: number; readonly indexes: readonly string[] }> {
    const [row] = await this.server.query<Explained>(`EXPLAIN (FORMAT JSON) ${sql}`);
    const text = JSON.stringify(row?.['QUERY PLAN']);
    const indexes = [...text.matchAll(/"Index Name":"([^"]+)"/g)].map((match) => match[1] as string);
    return { text, cost: Number(row?.['QUERY PLAN'][0].Plan['Total Cost']), indexes };
  }

  /** Pages that a query touches with what is shown. */
  async touched(sql: string): Promise<number> {
    const { text } = await this.plan(sql);
    const key = `${sql}\n${text}`;
    const known = this.pages.get(key);
    if (known !== undefined) return known;
    const [row] = await this.server.query<Explained>(`EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ${sql}`);
    const plan = row?.['QUERY PLAN'][0].Plan ?? {};
    const pages = Number(plan['Shared Hit Blocks']) + Number(plan['Shared Read Blocks']);
    this.runs += 1;
    this.pages.set(key, pages);
    return pages;
  }

  /** @param known what was found before, by query and the indexes on its tables: others do not change its plan. */
  private async sum(set: readonly JudgedIndex[], known: Map<string, number>, ask: (sql: string) => Promise<number>) {
    let ready = false;
    let sum = 0;
    for (const { id, sql, calls } of this.queries) {
      const tables = this.tablesOf.get(id);
      const own = set.filter((index) => tables?.has(index.table)).map((index) => index.id);
      const key = `${id} ${own.sort().join()}`;
      let value = known.get(key);
      if (value === undefined) {
        if (!ready) await this.show(new Set(set.map((index) => index.id)));
        ready = true;
        value = await ask(sql);
        known.set(key, value);
      }
      sum += calls * value;
    }
    return sum;
  }

  /** Pages of each query with a set. */
  async each(set: readonly JudgedIndex[]): Promise<ReadonlyMap<string, number>> {
    await this.show(new Set(set.map((index) => index.id)));
    const pages = new Map<string, number>();
    for (const { id, sql } of this.queries) pages.set(id, await this.touched(sql));
    return pages;
  }

  /** Pages of an hour with a set. */
  total(set: readonly JudgedIndex[]): Promise<number> {
    return this.sum(set, this.answers, (sql) => this.touched(sql));
  }

  /** What the server's planner thinks an hour costs with a set. */
  cost(set: readonly JudgedIndex[]): Promise<number> {
    return this.sum(set, this.costs, async (sql) => (await this.plan(sql)).cost);
  }
}
