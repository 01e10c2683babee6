import { knownFacts } from '#engine/facts/facts.ts';
import type { CostModel, ModelCost } from '#engine/indexes/advise/cost-model.ts';
import type { AdvisedQuery, PreparedCandidate } from '#engine/indexes/advise/prepare.ts';
import { presentIndexes, withIndexNames } from '#engine/indexes/advise/present.ts';
import { withIndexNamesShown } from '#engine/indexes/advise/scenario.ts';
import { type PlannedRuns, runsOf } from '#engine/planner/runs.ts';
import { SKIPS_SINCE } from '#engine/planner/skip-scan.ts';
import { ok, type Result } from '#lib/result.ts';
import type { Document, Id } from '#model/types.ts';
import { definitionsOf, type OpenModel, type OpenOptions, openModel, setupOf } from './open-model.ts';
import type { RememberedPlan } from './remembered-plans.ts';
import type { Planner } from './what-if.ts';

export interface PlannerModelOptions extends OpenOptions {
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
  readonly present: readonly string[];
  private readonly open: OpenModel;
  private readonly rows: ReadonlyMap<Id, number>;
  /** By id `schema.name` in the catalog, and back. */
  private readonly catalog = new Map<string, string>();
  private readonly ids = new Map<string, string>();
  private readonly rules: readonly string[];
  /** The document's server searches an index by other columns than its first as this planner does. */
  private readonly skips: boolean;
  /** Of candidates, by id what they make, and back. */
  private definitions: ReadonlyMap<string, string> = new Map();
  private candidates: ReadonlyMap<string, string> = new Map();
  private readonly breathe: () => Promise<void>;
  private readonly document: Document;
  private readonly runs = new Map<Id, PlannedRuns>();

  constructor(open: OpenModel, document: Document, breathe: () => Promise<void>) {
    const present = presentIndexes(withIndexNames(document));
    this.open = open;
    this.planner = open.planner;
    this.document = document;
    this.breathe = breathe;
    this.present = present.map(({ id }) => id);
    this.skips = (document.settings['settings']?.version ?? SKIPS_SINCE) >= SKIPS_SINCE;
    this.basis = { kind: 'planner', version: open.planner.version, ...(this.skips ? {} : { noSkips: true }) };
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
    const refused = await this.open.add(candidates);
    for (const { schema, id } of candidates) this.name(id, `${schema}.${id}`);
    this.definitions = definitionsOf(candidates, this.open.remembered);
    this.candidates = new Map([...this.definitions].map(([id, definition]) => [definition, id]));
    return new Map(
      candidates.flatMap(({ schema, id }) => {
        const error = refused.get(`${schema}.${id}`);
        return error === undefined ? [] : [[id, error.message] as const];
      }),
    );
  }

  /** The key of a statement's plan with indexes; undefined where it cannot be planned. */
  private async keyOf(sql: string, names: ReadonlySet<string>): Promise<string | undefined> {
    const { keys, remembered } = this.open;
    const statement = keys.statement(sql);
    let tables = remembered.tablesOf(statement);
    if (tables === undefined) {
      await this.planner.show(names);
      tables = await this.planner.tablesOf(sql);
      if (tables === undefined) return undefined;
      remembered.keepTables(statement, tables);
    }
    const defined = (name: string) => this.definitions.get(this.ids.get(name) ?? '') ?? name;
    const seen = this.planner
      .seen(names, tables)
      .map(({ name, root, ...size }) => ({ ...size, name: defined(name), root: defined(root) }));
    return keys.plan(sql, tables, seen);
  }

  private async askedWith(sql: string, names: ReadonlySet<string>): Promise<Result<RememberedPlan>> {
    const { remembered } = this.open;
    const key = await this.keyOf(sql, names);
    const known = key === undefined ? undefined : remembered.find(key);
    if (known !== undefined) return ok(known);
    await this.planner.show(names);
    const planned = await this.planner.plan(sql);
    if (!planned.ok) return planned;
    const defined = (found: ReadonlySet<string>) =>
      [...found].flatMap((name) => this.ids.get(name) ?? []).map((id) => this.definitions.get(id) ?? id);
    const plan = withIndexNamesShown(planned.value, this.definitions);
    const found = { plan, used: defined(this.planner.used(planned.value)), skipped: defined(this.planner.skipped(planned.value)) };
    if (key !== undefined) remembered.keep(key, found);
    return ok(found);
  }

  /**
   * Where the document's server cannot skip within an index, those that this planner would skip in are as good as not there:
   * that server would read them whole.
   */
  private async asked(sql: string, indexes: readonly string[]): Promise<Result<ModelCost>> {
    const names = new Set([...this.rules, ...indexes].flatMap((id) => this.catalog.get(id) ?? []));
    for (;;) {
      const found = await this.askedWith(sql, names);
      if (!found.ok) return found;
      const before = names.size;
      if (!this.skips) for (const id of this.own(found.value.skipped)) names.delete(this.catalog.get(id) ?? '');
      if (names.size === before) return ok(this.answer(found.value));
    }
  }

  /** Indexes by the ids that they have in this run. */
  private own(defined: readonly string[]): readonly string[] {
    return defined.map((name) => this.candidates.get(name) ?? name);
  }

  private answer({ plan, used }: RememberedPlan): ModelCost {
    return { cost: plan.root.totalCost, used: this.own(used), plan: withIndexNamesShown(plan, this.candidates) };
  }

  async cost(queries: readonly AdvisedQuery[], indexes: readonly string[]): Promise<readonly Result<ModelCost>[]> {
    const costs: Result<ModelCost>[] = [];
    for (const query of queries) {
      costs.push(await this.called(query, indexes));
      await this.breathe();
    }
    return costs;
  }

  /** A call: the statement with the values it is called with, and what foreign keys look up for the rows that it changes. */
  private async called(query: AdvisedQuery, indexes: readonly string[]): Promise<Result<ModelCost>> {
    const runs = this.runs.get(query.id) ?? runsOf(this.document, query);
    this.runs.set(query.id, runs);
    let first: ModelCost | undefined;
    let [cost, changed] = [0, 0];
    const used = new Set<string>();
    for (const { sql, times } of runs.statements) {
      const run = await this.asked(sql, indexes);
      if (!run.ok) return run;
      first ??= run.value;
      cost += times * run.value.cost;
      changed += times * (run.value.plan.root.children[0]?.rows ?? 0);
      for (const index of run.value.used) used.add(index);
    }
    for (const { sql, times } of runs.lookups) {
      const run = await this.asked(sql, indexes);
      if (!run.ok) return run;
      cost += changed * times * run.value.cost;
      for (const index of run.value.used) used.add(index);
    }
    return first === undefined ? this.asked(query.sql, indexes) : ok({ cost, used: [...used], plan: first.plan });
  }

  plan(sql: string, indexes: readonly string[]): Promise<Result<ModelCost>> {
    return this.asked(sql, indexes);
  }

  rowsOf(table: Id): number {
    return this.rows.get(table) ?? 0;
  }

  close(): Promise<void> {
    return this.planner.close();
  }
}

/** Costs of a document with a planner that is open on one that is planned alike. */
export function modelOn(open: OpenModel, document: Document, breathe: () => Promise<void> = async () => {}): PlannerModel {
  return new AskedPlanner(open, document, breathe);
}

/**
 * Opens PostgreSQL's planner on a document, at the scale that is known of it.
 * @returns the problem `planner-size` where this build does not believe declared sizes
 */
export async function plannerModel(
  document: Document,
  { breathe, ...options }: PlannerModelOptions = {},
  progress: (done: number, what: string) => void = () => {},
): Promise<Result<PlannerModel>> {
  const opened = await openModel(setupOf(document), options, progress);
  return opened.ok ? ok(modelOn(opened.value, document, breathe)) : opened;
}
