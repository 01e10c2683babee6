import { knownFacts } from '#engine/facts/facts.ts';
import type { CostModel, ModelCost } from '#engine/indexes/advise/cost-model.ts';
import type { AdvisedQuery, PreparedCandidate } from '#engine/indexes/advise/prepare.ts';
import { type PresentIndex, presentIndexes, withIndexNames } from '#engine/indexes/advise/present.ts';
import { plannerSetup } from '#engine/planner/from-document.ts';
import { type PlannedRuns, runsOf } from '#engine/planner/runs.ts';
import { ok, type Result } from '#lib/result.ts';
import type { Document, Id } from '#model/types.ts';
import { openPlanner, type Planner } from './what-if.ts';

export interface PlannerModelOptions {
  /** A dumped empty cluster; without it one is made first, which takes seconds. */
  readonly dataDirectory?: Blob;
  /** Settings of the server that is imitated, such as `work_mem`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Extensions that candidates need beside those of the schema. */
  readonly extensions?: readonly string[];
  /** Awaited now and then between plans, so that what runs it can take messages. */
  readonly breathe?: () => Promise<void>;
}

/** PostgreSQL's own planner as a model of costs. */
export interface PlannerModel extends CostModel {
  readonly planner: Planner;
  /** Ids of the indexes that the document has. */
  readonly present: readonly string[];
  /** @returns the plan of any statement with some indexes beside those that hold rules */
  plan(sql: string, indexes: readonly string[]): Promise<Result<ModelCost>>;
}

class AskedPlanner implements PlannerModel {
  readonly planner: Planner;
  readonly basis: CostModel['basis'];
  readonly sizes = new Map<string, { readonly rows: number; readonly pages: number }>();
  private readonly rows: ReadonlyMap<Id, number>;
  /** By id `schema.name` in the catalog, and back. */
  private readonly catalog = new Map<string, string>();
  private readonly ids = new Map<string, string>();
  private readonly rules: readonly string[];
  readonly present: readonly string[];
  private readonly breathe: () => Promise<void>;
  private readonly document: Document;
  private readonly runs = new Map<Id, PlannedRuns>();
  /** By query and set: advice for another budget asks for much of the same. */
  private readonly answers = new Map<string, Result<ModelCost>>();

  constructor(planner: Planner, document: Document, present: readonly PresentIndex[], breathe: () => Promise<void>) {
    this.planner = planner;
    this.document = document;
    this.breathe = breathe;
    this.present = present.map(({ id }) => id);
    this.basis = { kind: 'planner', version: planner.version };
    this.rows = new Map([...knownFacts(document)].map(([id, { rows }]) => [id, rows]));
    for (const { id } of present) this.name(id, id);
    this.rules = present.flatMap(({ id, rule }) => (rule && this.catalog.has(id) ? [id] : []));
  }

  private name(id: string, name: string): void {
    const size = this.planner.sizes.get(name);
    if (size === undefined) return;
    this.catalog.set(id, name);
    this.ids.set(name, id);
    this.sizes.set(id, { rows: size.rows, pages: size.pages });
  }

  async add(candidates: readonly PreparedCandidate[]): Promise<ReadonlyMap<string, string>> {
    // What is there already was added by an earlier run on the same document.
    const news = candidates.filter(({ id }) => !this.catalog.has(id));
    const given = news.map(({ id, schema, table, sql }) => ({ schema, name: id, sql, table: { schema, name: table.name } }));
    const refused = await this.planner.add(given);
    for (const { schema, id } of news) this.name(id, `${schema}.${id}`);
    return new Map(
      candidates.flatMap(({ schema, id }) => {
        const error = refused.get(`${schema}.${id}`);
        return error === undefined ? [] : [[id, error.message] as const];
      }),
    );
  }

  private async show(indexes: readonly string[]): Promise<void> {
    const names = [...this.rules, ...indexes].flatMap((id) => this.catalog.get(id) ?? []);
    await this.planner.show(new Set(names));
  }

  private async asked(sql: string): Promise<Result<ModelCost>> {
    const plan = await this.planner.plan(sql);
    if (!plan.ok) return plan;
    const used = [...this.planner.used(plan.value)].flatMap((name) => this.ids.get(name) ?? []);
    return ok({ cost: plan.value.root.totalCost, used, plan: plan.value });
  }

  async cost(queries: readonly AdvisedQuery[], indexes: readonly string[]): Promise<readonly Result<ModelCost>[]> {
    const costs: Result<ModelCost>[] = [];
    const set = JSON.stringify([...indexes].sort());
    for (const query of queries) {
      const key = `${query.id} ${set}`;
      const known = this.answers.get(key);
      if (known === undefined) {
        await this.show(indexes);
        this.answers.set(key, await this.called(query));
        await this.breathe();
      }
      costs.push(known ?? (this.answers.get(key) as Result<ModelCost>));
    }
    return costs;
  }

  /** A call: the statement with the values it is called with, and what foreign keys look up for the rows that it changes. */
  private async called(query: AdvisedQuery): Promise<Result<ModelCost>> {
    const runs = this.runs.get(query.id) ?? runsOf(this.document, query);
    this.runs.set(query.id, runs);
    let first: ModelCost | undefined;
    let [cost, changed] = [0, 0];
    const used = new Set<string>();
    for (const { sql, times } of runs.statements) {
      const run = await this.asked(sql);
      if (!run.ok) return run;
      first ??= run.value;
      cost += times * run.value.cost;
      changed += times * (run.value.plan.root.children[0]?.rows ?? 0);
      for (const index of run.value.used) used.add(index);
    }
    for (const { sql, times } of runs.lookups) {
      const run = await this.asked(sql);
      if (!run.ok) return run;
      cost += changed * times * run.value.cost;
      for (const index of run.value.used) used.add(index);
    }
    return first === undefined ? this.asked(query.sql) : ok({ cost, used: [...used], plan: first.plan });
  }

  async plan(sql: string, indexes: readonly string[]): Promise<Result<ModelCost>> {
    await this.show(indexes);
    return this.asked(sql);
  }

  rowsOf(table: Id): number {
    return this.rows.get(table) ?? 0;
  }

  close(): Promise<void> {
    return this.planner.close();
  }
}

/**
 * Opens PostgreSQL's planner on a document, at the scale that is known of it.
 * @returns the problem `planner-size` where this build does not believe declared sizes
 */
export async function plannerModel(
  document: Document,
  { dataDirectory, settings = {}, extensions = [], breathe = async () => {} }: PlannerModelOptions = {},
  progress: (done: number, what: string) => void = () => {},
): Promise<Result<PlannerModel>> {
  const named = withIndexNames(document);
  const opened = await openPlanner({ ...plannerSetup(named), settings, extensions }, dataDirectory, progress);
  return opened.ok ? ok(new AskedPlanner(opened.value, document, presentIndexes(named), breathe)) : opened;
}
