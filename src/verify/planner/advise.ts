import type { Budget } from '#engine/budget.ts';
import { knownFacts } from '#engine/facts/facts.ts';
import { type AdvisedQuery, type PreparedAdvice, prepareAdvice } from '#engine/indexes/advise/prepare.ts';
import { adviceProblem, type PresentIndex, type ProblemOptions } from '#engine/indexes/advise/problem.ts';
import { type Explored, type ExploreOptions, selectByAsking } from '#engine/indexes/select/explore.ts';
import type { CostAnswer, CostOracle, CostRequest } from '#engine/indexes/select/oracle.ts';
import { plannerSetup } from '#engine/planner/from-document.ts';
import { indexesOfPlan, type Plan } from '#engine/planner/plan.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { ok, type Result } from '#lib/result.ts';
import type { Document, Id } from '#model/types.ts';
import { openPlanner, type Planner } from './what-if.ts';

export interface AdviceOptions extends ProblemOptions, ExploreOptions {
  readonly dataDirectory?: Blob;
  readonly settings?: Readonly<Record<string, string>>;
}

/** A query with its plan now and with what is advised. */
export interface AdvisedPlan {
  readonly query: Id;
  readonly before: Plan;
  readonly after: Plan;
}

export interface Advice {
  readonly prepared: PreparedAdvice;
  readonly explored: Explored;
  readonly plans: readonly AdvisedPlan[];
  /** Queries that the server does not plan, with the reason. */
  readonly unplanned: readonly { readonly query: Id; readonly reason: string }[];
  /** Candidates that the server refused. */
  readonly refused: ReadonlyMap<string, string>;
  readonly version: string;
}

/** The model's table of a catalog's index. */
function tableNamed(document: Document, schema: string, name: string): Id | undefined {
  return Object.values(document.tables).find(
    (table) => table.name === name && (document.schemas[table.schema]?.name ?? 'public') === schema,
  )?.id;
}

function presentIndexes(document: Document, planner: Planner): PresentIndex[] {
  return planner.own.flatMap(({ schema, name, table, shape }): PresentIndex[] => {
    const id = tableNamed(document, table.schema, table.name);
    const size = planner.sizes.get(`${schema}.${name}`);
    if (id === undefined || size === undefined) return [];
    const columns = shape.columns.map((one) => one.column ?? one.name);
    return [{ id: `${schema}.${name}`, table: id, rule: shape.unique, rows: size.rows, pages: size.pages, columns }];
  });
}

/** Asks the planner, requests with the same indexes together. */
function plannerOracle(
  planner: Planner,
  queries: ReadonlyMap<string, AdvisedQuery>,
  keys: readonly string[],
  names: ReadonlyMap<string, string>,
): CostOracle {
  const ids = new Map([...names].map(([id, name]) => [name, id]));
  return async (requests) => {
    const answers: CostAnswer[] = new Array(requests.length);
    const groups = new Map<string, { readonly at: number; readonly request: CostRequest }[]>();
    requests.forEach((request, at) => {
      const key = [...request.indexes].sort().join('\n');
      groups.set(key, [...(groups.get(key) ?? []), { at, request }]);
    });
    for (const group of groups.values()) {
      const shown = (group[0] as { request: CostRequest }).request.indexes.map((id) => names.get(id) ?? id);
      await planner.show(new Set([...keys, ...shown]));
      for (const { at, request } of group) {
        const plan = await planner.plan(queries.get(request.query)?.sql ?? '');
        // Queries that cannot be planned were left out before.
        const used = plan.ok ? [...indexesOfPlan(plan.value)] : [];
        const qualified = new Set(shown.filter((name) => used.includes(name.slice(name.indexOf('.') + 1))));
        answers[at] = {
          cost: plan.ok ? plan.value.root.totalCost : Number.NaN,
          used: [...qualified].flatMap((name) => ids.get(name) ?? name),
        };
      }
    }
    return answers;
  };
}

/**
 * Advises on indexes for the queries of a document of PostgreSQL: its own planner, at the declared scale, says what each set of
 * indexes is worth.
 * @returns the problem `planner-size` where that planner cannot be used, and those of the selection.
 */
export async function adviseOnPlanner(
  document: Document,
  parser: PgParser,
  budget: Budget,
  { dataDirectory, settings = {}, ...options }: AdviceOptions = {},
): Promise<Result<Advice>> {
  const prepared = prepareAdvice(document, parser, budget);
  const opened = await openPlanner({ ...plannerSetup(document), settings }, dataDirectory, budget.progress);
  if (!opened.ok) return opened;
  const planner = opened.value;
  try {
    const added = prepared.candidates.map(({ id, schema, table, sql }) => ({
      schema,
      name: id,
      sql,
      table: { schema, name: table.name },
    }));
    const refused = new Map([...(await planner.add(added))].map(([name, { message }]) => [name, message]));
    const unplanned: { query: Id; reason: string }[] = [];
    const planned: AdvisedQuery[] = [];
    for (const query of prepared.queries) {
      const plan = await planner.plan(query.sql);
      if (plan.ok) planned.push(query);
      else unplanned.push({ query: query.id, reason: plan.problem.message });
    }
    const present = presentIndexes(document, planner);
    const facts = knownFacts(document);
    const names = new Map(prepared.candidates.map((one) => [one.id, `${one.schema}.${one.id}`]));
    const sizes = new Map(
      [...names].flatMap(([id, name]) => {
        const size = planner.sizes.get(name);
        return size === undefined ? [] : [[id, size] as const];
      }),
    );
    const weighed = { ...prepared, queries: planned };
    const problem = adviceProblem(document, weighed, sizes, present, (table) => facts.get(table)?.rows ?? 0, options);
    const keys = present.filter((one) => one.rule).map((one) => one.id);
    const oracle = plannerOracle(planner, new Map(planned.map((query) => [query.id, query])), keys, names);
    const explored = await selectByAsking(problem, oracle, budget, options);
    if (!explored.ok) return explored;
    const chosen = explored.value.value.indexes.map((id) => names.get(id) ?? id);
    const now = present.map((one) => one.id);
    const plans: AdvisedPlan[] = [];
    const [before, after] = [new Map<Id, Plan>(), new Map<Id, Plan>()];
    for (const [shown, found] of [
      [now, before],
      [[...keys, ...chosen], after],
    ] as const) {
      await planner.show(new Set(shown));
      for (const query of planned) {
        const plan = await planner.plan(query.sql);
        if (plan.ok) found.set(query.id, plan.value);
      }
    }
    for (const { id } of planned) {
      const [one, other] = [before.get(id), after.get(id)];
      if (one !== undefined && other !== undefined) plans.push({ query: id, before: one, after: other });
    }
    return ok({ prepared, explored: explored.value, plans, unplanned, refused, version: planner.version });
  } finally {
    await planner.close();
  }
}
