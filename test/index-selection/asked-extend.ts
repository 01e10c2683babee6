import { ident } from '#engine/dialects/postgres/quote.ts';
import type { AdvisedQuery } from '#engine/indexes/advise/prepare.ts';
import { BLOCK } from '#engine/physical/index-size.ts';
import type { Id, Table } from '#model/types.ts';
import type { PlannerModel } from '#verify/planner/cost-model.ts';

/** A step must make the workload cheaper by this factor. */
const LEAST_IMPROVEMENT = 1.003;
/** As in the published matrix of TPC-H. */
const MOST_COLUMNS = 3;

interface Made {
  readonly id: string;
  readonly table: Table;
  readonly columns: readonly Id[];
  readonly bytes: number;
}

/**
 * Extend (R. Schlosser, J. Kossmann, M. Boissier: Efficient Scalable Multi-Attribute Index Selection Using Recursive
 * Strategies, ICDE 2019) over a planner that is asked: from nothing, again and again the step with the best benefit per
 * additional byte: a new index of one column, or one column more at the end of an index that is chosen. Columns are those that
 * the queries use; what a key begins with is an index like any other. What was answered once is remembered.
 */
export class AskedExtend {
  private readonly model: Pick<PlannerModel, 'planner' | 'present'>;
  private readonly queries: readonly AdvisedQuery[];
  private readonly made = new Map<string, Made>();
  private readonly answers = new Map<string, number>();
  /** Columns of a table that a query uses, by query and table. */
  private readonly uses: ReadonlyMap<string, ReadonlyMap<Id, ReadonlySet<Id>>>;
  asked = 0;

  /** @param model whose document has no indexes but keys. Its planner is asked itself: indexes are thought of one after the other */
  constructor(model: Pick<PlannerModel, 'planner' | 'present'>, queries: readonly AdvisedQuery[]) {
    this.model = model;
    this.queries = queries;
    this.uses = new Map(
      queries.map(({ id, facts }) => {
        const byTable = new Map<Id, Set<Id>>();
        for (const { table, columns } of facts.uses) byTable.set(table, new Set([...(byTable.get(table) ?? []), ...columns]));
        return [id, byTable];
      }),
    );
  }

  private async index(table: Table, columns: readonly Id[]): Promise<Made | undefined> {
    const names = columns.map((id) => table.columns.find((one) => one.id === id)?.name ?? '');
    const id = `extend_${table.name}_${names.join('_')}`.slice(0, 60);
    const known = this.made.get(id);
    if (known !== undefined) return known;
    const sql = `CREATE INDEX ${ident(id)} ON ${ident(table.name)} (${names.map(ident).join(', ')})`;
    const { planner } = this.model;
    await planner.add([{ schema: 'public', name: id, sql, table: { schema: 'public', name: table.name } }]);
    const size = planner.sizes.get(`public.${id}`);
    if (size === undefined) return undefined;
    const made = { id, table, columns, bytes: size.pages * BLOCK };
    this.made.set(id, made);
    return made;
  }

  /** The indexes of a set that may matter to a query: those that begin with a column that it uses. */
  private relevant(query: Id, set: readonly Made[]): readonly string[] {
    const tables = this.uses.get(query);
    return set.flatMap(({ id, table, columns }) => (tables?.get(table.id)?.has(columns[0] as Id) === true ? [id] : [])).sort();
  }

  private async costOf(query: AdvisedQuery, set: readonly Made[]): Promise<number> {
    const shown = this.relevant(query.id, set);
    const key = JSON.stringify([query.id, shown]);
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const { planner, present } = this.model;
    await planner.show(new Set([...present, ...shown.map((id) => `public.${id}`)]));
    const plan = await planner.plan(query.sql);
    this.asked += 1;
    if (!plan.ok) throw new Error(plan.problem.message);
    this.answers.set(key, plan.value.root.totalCost);
    return plan.value.root.totalCost;
  }

  async total(set: readonly Made[]): Promise<number> {
    let sum = 0;
    for (const query of this.queries) sum += query.calls * (await this.costOf(query, set));
    return sum;
  }

  private async steps(set: readonly Made[]): Promise<readonly (readonly Made[])[]> {
    const columns = new Map<Table, Set<Id>>();
    const tables = new Map(this.queries.flatMap(({ facts }) => facts.uses.map(({ table }) => [table, true] as const)));
    for (const table of this.tables) {
      if (!tables.has(table.id)) continue;
      const used = [...this.uses.values()].flatMap((one) => [...(one.get(table.id) ?? [])]);
      columns.set(table, new Set(used));
    }
    const next: (readonly Made[])[] = [];
    for (const [table, used] of columns) {
      for (const column of used) {
        const one = await this.index(table, [column]);
        if (one !== undefined && !set.includes(one)) next.push([...set, one]);
      }
    }
    for (const one of set) {
      if (one.columns.length >= MOST_COLUMNS) continue;
      for (const column of columns.get(one.table) ?? []) {
        const longer = one.columns.includes(column) ? undefined : await this.index(one.table, [...one.columns, column]);
        if (longer !== undefined && !set.includes(longer)) next.push([...set.filter((other) => other !== one), longer]);
      }
    }
    return next;
  }

  tables: readonly Table[] = [];

  async choose(
    tables: readonly Table[],
    budget: number,
  ): Promise<{ readonly total: number; readonly set: readonly Made[]; readonly bytes: number }> {
    this.tables = tables;
    const bytes = (set: readonly Made[]) => set.reduce((sum, one) => sum + one.bytes, 0);
    let set: readonly Made[] = [];
    let now = await this.total(set);
    for (;;) {
      let best: { readonly set: readonly Made[]; readonly total: number; readonly ratio: number } | undefined;
      for (const next of await this.steps(set)) {
        if (bytes(next) > budget) continue;
        const total = await this.total(next);
        const ratio = (now - total) / Math.max(1, bytes(next) - bytes(set));
        if (total * LEAST_IMPROVEMENT <= now && ratio > (best?.ratio ?? 0)) best = { set: next, total, ratio };
      }
      if (best === undefined) return { total: now, set, bytes: bytes(set) };
      set = best.set;
      now = best.total;
    }
  }
}
