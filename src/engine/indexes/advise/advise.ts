import { many } from '#lib/amounts.ts';
import { ok, type Result } from '#lib/result.ts';
import type { Document, Id } from '#model/types.ts';
import { type Budget, partOf } from '../../budget.ts';
import { type AskedProblem, type Explored, type ExploreOptions, selectByAsking } from '../select/explore.ts';
import type { CostAnswer, CostOracle, CostRequest } from '../select/oracle.ts';
import type { AdvisedIndex, IndexAdvice, IndexVerdict, LostIndex, QueryVerdict, Scenario } from './advice.ts';
import { Cards } from './cards.ts';
import type { CostModel } from './cost-model.ts';
import type { AdvisedQuery, PreparedAdvice } from './prepare.ts';
import { adviceProblem, isNeeded, type ProblemOptions } from './problem.ts';
import { type ShownNames, weighScenario } from './scenario.ts';
import { NOTICED, withoutTrifles } from './trifles.ts';

/** Plans that are asked for when nobody says how many: a few seconds of a planner. */
const DEFAULT_ANSWERS = 1500;

export interface AdviseOptions extends ProblemOptions, Omit<ExploreOptions, 'told'> {
  /** Share of a query's cost that an index must save of one of them to be worth having. Default 0.05; 0 = whatever pays. */
  readonly noticed?: number;
}

/** Advice, with what weighs further sets of indexes in the same way. */
export interface Advised {
  readonly advice: IndexAdvice;
  /** What an hour costs with a set of a person's own: ids of candidates and of present indexes. */
  weigh(indexes: readonly string[]): Promise<Result<Scenario>>;
  /** Ids of candidates with the names that people see. */
  readonly names: ShownNames;
}

/** Asks the model, requests with the same indexes together. */
function oracleOf(model: Pick<CostModel, 'cost'>, queries: ReadonlyMap<string, AdvisedQuery>): CostOracle {
  return async (requests) => {
    const answers: CostAnswer[] = new Array(requests.length);
    const groups = new Map<string, { readonly at: number; readonly request: CostRequest }[]>();
    requests.forEach((request, at) => {
      const key = JSON.stringify([...request.indexes].sort());
      groups.set(key, [...(groups.get(key) ?? []), { at, request }]);
    });
    for (const group of groups.values()) {
      const asked = group.map(({ request }) => queries.get(request.query) as AdvisedQuery);
      const costs = await model.cost(asked, (group[0] as { request: CostRequest }).request.indexes);
      group.forEach(({ at, request }, place) => {
        const cost = costs[place];
        const wanted = new Set(request.indexes);
        // A query that a model refuses with some indexes is one that costs nothing sane: the selection says so.
        answers[at] =
          cost?.ok === true
            ? { cost: cost.value.cost, used: cost.value.used.filter((id) => wanted.has(id)) }
            : { cost: Number.NaN, used: [] };
      });
    }
    return answers;
  };
}

/** The model with indexes that are always there: without those that ON CONFLICT names a statement is no statement. */
function alwaysWith(model: CostModel, always: readonly string[]): Pick<CostModel, 'cost'> {
  return { cost: (queries, indexes) => model.cost(queries, [...new Set([...indexes, ...always])]) };
}

/** Queries that the model can plan with what is there; the others with the reason. */
async function plannable(
  model: Pick<CostModel, 'cost'>,
  { queries, left, present }: PreparedAdvice,
): Promise<Pick<PreparedAdvice, 'queries' | 'left'>> {
  const costs = await model.cost(
    queries,
    present.flatMap(({ id, rule }) => (rule ? [] : [id])),
  );
  const refused = queries.flatMap(({ id }, at) => {
    const cost = costs[at];
    return cost === undefined || cost.ok ? [] : [{ query: id, reason: cost.problem.message }];
  });
  return { queries: queries.filter((_, at) => costs[at]?.ok === true), left: [...left, ...refused] };
}

function verdictsOf(queries: readonly AdvisedQuery[], none: Scenario, now: Scenario, advised: Scenario): readonly QueryVerdict[] {
  return queries.map(({ id, calls, counted }, at): QueryVerdict => {
    const [without, before, after] = [none.queries[at], now.queries[at], advised.queries[at]] as Scenario['queries'][number][] as [
      Scenario['queries'][number],
      Scenario['queries'][number],
      Scenario['queries'][number],
    ];
    return {
      query: id,
      calls,
      counted,
      none: without.cost,
      now: before.cost,
      advised: after.cost,
      uses: after.uses,
      planNow: before.plan,
      planAdvised: after.plan,
    };
  });
}

/** What is to be known of an index that no query needs, as far as queries could be weighed. */
function unsure(left: number): readonly string[] {
  if (left === 0) return [];
  return [
    `${many(left, 'query', 'queries')} could not be weighed: whether ${left === 1 ? 'it needs' : 'they need'} it is not known.`,
  ];
}

/**
 * The answer where no query could be weighed: it knows of none that needs an index, which is no reason to drop one. What another
 * index does as well is needless all the same.
 */
function withoutQueries(explored: Explored, present: PreparedAdvice['present'], { indexes }: AskedProblem): Explored {
  const { value } = explored;
  const there = new Set(present.map(({ id }) => id));
  const by = new Map<string, string>();
  for (const { id, supersedes = [] } of indexes)
    if (there.has(id)) for (const other of supersedes) if (!by.has(other) && by.get(id) !== other) by.set(other, id);
  const spared = value.losers.flatMap(({ index }) => (there.has(index) && !by.has(index) ? [index] : []));
  const losers = value.losers
    .filter(({ index }) => !spared.includes(index))
    .map((one) => {
      const other = by.get(one.index);
      return other === undefined ? one : { ...one, why: 'superseded' as const, instead: [other] };
    });
  return { ...explored, value: { ...value, indexes: [...value.indexes, ...spared], losers } };
}

const ORDER: readonly IndexVerdict[] = ['make', 'keep', 'drop', 'rule'];

/** The indexes of the answer and those that exist, and the candidates that were not taken. */
function judged(prepared: PreparedAdvice, { value }: Explored, cards: Cards): Pick<IndexAdvice, 'indexes' | 'losers'> {
  const calls = new Map(prepared.queries.map((query) => [query.id, query.calls]));
  const chosen = new Set(value.indexes);
  const worth = new Map(value.worth.map((one) => [one.index, one]));
  const lost = new Map(value.losers.map((one) => [one.index, one]));
  const worked = (id: string): Pick<AdvisedIndex, 'worth' | 'gains'> => {
    const found = worth.get(id);
    const gains = (found?.changes ?? []).map(({ query, from, to }) => {
      const times = calls.get(query) || 1;
      return { query, without: from / times, with: to / times };
    });
    return { worth: found?.worth ?? 0, gains };
  };
  const made = prepared.candidates
    .filter(({ id }) => chosen.has(id))
    .map((one): AdvisedIndex => ({ ...cards.ofCandidate(one), verdict: 'make', ...worked(one.id), instead: [] }));
  const there = prepared.present.map((one): AdvisedIndex => {
    const card = cards.ofPresent(one);
    if (one.rule) return { ...card, verdict: 'rule', worth: 0, gains: [], instead: [] };
    if (chosen.has(one.id)) return { ...card, verdict: 'keep', ...worked(one.id), instead: [] };
    const loser = lost.get(one.id);
    const why = loser?.why ?? 'unused';
    const notes = why === 'superseded' ? card.notes : [...card.notes, ...unsure(prepared.left.length)];
    return { ...card, notes, verdict: 'drop', worth: 0, gains: [], why, instead: loser?.instead ?? [] };
  });
  const candidates = new Map(prepared.candidates.map((one) => [one.id, one]));
  const losers = value.losers.flatMap(({ index, why, instead, gain, dearer }): LostIndex[] => {
    const candidate = candidates.get(index);
    if (candidate === undefined) return [];
    return [{ ...cards.ofCandidate(candidate), why, instead, gain, ...(dearer === undefined ? {} : { dearer }) }];
  });
  const place = (one: AdvisedIndex) => ORDER.indexOf(one.verdict);
  return { indexes: [...made, ...there].sort((a, b) => place(a) - place(b) || b.worth - a.worth), losers };
}

interface Weighed {
  readonly model: Pick<CostModel, 'cost'>;
  readonly prepared: PreparedAdvice;
  readonly problem: AskedProblem;
}

/** The three sets that everything is compared with, each asked for as a whole. */
async function scenariosOf(
  { model, prepared, problem }: Weighed,
  chosen: readonly string[],
  names: ShownNames,
): Promise<Result<Pick<IndexAdvice, 'none' | 'now' | 'advised'>>> {
  const weigh = (indexes: readonly string[]) => weighScenario(model, prepared.queries, problem, indexes, names);
  const none = await weigh(problem.indexes.flatMap(({ id, standing }) => (standing === 'kept' ? [id] : [])));
  if (!none.ok) return none;
  const now = await weigh(prepared.present.map(({ id }) => id));
  if (!now.ok) return now;
  const advised = await weigh(chosen);
  return advised.ok ? ok({ none: none.value, now: now.value, advised: advised.value }) : advised;
}

/** A budget whose progress never goes back: parts of the work are done again when they brought something new. */
function forward(budget: Budget): Budget {
  let most = 0;
  return {
    shouldStop: () => budget.shouldStop(),
    breathe: async () => budget.breathe?.(),
    progress: (done, what) => {
      most = Math.max(most, done);
      budget.progress?.(most, what);
    },
  };
}

interface Ready {
  /** By id why a candidate cannot be made. */
  readonly refused: ReadonlyMap<string, string>;
  readonly asked: Pick<CostModel, 'cost'>;
  readonly able: PreparedAdvice;
  readonly problem: AskedProblem;
}

/** Makes candidates known to the model, and finds the queries that it can plan. */
async function ready(document: Document, prepared: PreparedAdvice, model: CostModel, options: AdviseOptions): Promise<Ready> {
  const refused = await model.add(prepared.candidates);
  const needed = prepared.candidates.flatMap((one) => (isNeeded(one) && model.sizes.has(one.id) ? [one.id] : []));
  const asked = alwaysWith(model, needed);
  const able = { ...prepared, ...(await plannable(asked, prepared)) };
  return { refused, asked, able, problem: adviceProblem(document, able, model, options) };
}

/** What a set of indexes is weighed with when the advice that it belongs to is not at hand any more. */
export interface WeighAgain {
  /** The document that was weighed. */
  readonly document: Document;
  readonly options: AdviseOptions;
  /** Of the advice: ids of candidates with the names that people see. */
  readonly names: readonly (readonly [string, string])[];
}

/** Something that says what an hour costs with a set of indexes, by their ids in an advice. */
export type Weigher = Pick<Advised, 'weigh' | 'names'>;

/**
 * What weighs sets of indexes in the way of an advice, without looking for a best one: for an advice whose model is closed. Of
 * the same document it takes the same ids.
 * @param names ids of candidates with the names that people see
 */
export async function weigherOf(
  document: Document,
  prepared: PreparedAdvice,
  model: CostModel,
  names: ShownNames,
  options: AdviseOptions = {},
): Promise<Weigher> {
  const { asked, able, problem } = await ready(document, prepared, model, options);
  return { weigh: (indexes) => weighScenario(asked, able.queries, problem, indexes, names), names };
}

/**
 * Which indexes the queries of a document need and which it can do without, judged by a model of costs, with the reasons.
 *
 * @param prepared queries and candidates: `prepareAdvice` of the same document
 * @param model says what queries cost; candidates are added to it. It stays open
 * @param given when to stop: what is best by then is the advice, and says that it was stopped
 * @returns the codes of `selectByAsking`, and those of the model where a query cannot be planned with the answer
 */
export async function advise(
  document: Document,
  prepared: PreparedAdvice,
  model: CostModel,
  given: Budget,
  options: AdviseOptions = {},
): Promise<Result<Advised>> {
  const budget = forward(given);
  budget.progress?.(0.05, `Sizing ${prepared.candidates.length} candidates`);
  const { refused, asked, able, problem } = await ready(document, prepared, model, options);
  const oracle = oracleOf(asked, new Map(able.queries.map((query) => [query.id, query])));
  const explored = await selectByAsking(problem, oracle, partOf(budget, 0.1, 0.95), { answers: DEFAULT_ANSWERS, ...options });
  if (!explored.ok) return explored;
  const candidates = new Set(able.candidates.map(({ id }) => id));
  const { noticed = NOTICED, nodes } = options;
  const chosen = await withoutTrifles(explored.value, candidates, noticed, budget, nodes === undefined ? {} : { nodes });
  const kept = able.queries.length === 0 ? withoutQueries(chosen, able.present, problem) : chosen;
  const { value, complete, reason, answers } = kept;
  const cards = new Cards(document, able, problem, (table: Id) => model.rowsOf(table), value.indexes);
  const names = new Map(prepared.candidates.map(({ id }) => [id, cards.names.get(id) as string]));
  budget.progress?.(0.96, 'Comparing with what there is');
  const weighed = { model: asked, prepared: able, problem };
  const scenarios = await scenariosOf(weighed, value.indexes, names);
  if (!scenarios.ok) return scenarios;
  const { none, now, advised } = scenarios.value;
  const why = [prepared.reason, reason].filter((one) => one !== undefined).join(' ');
  const advice: IndexAdvice = {
    basis: model.basis,
    ...(options.budget === undefined ? {} : { budget: options.budget }),
    queries: verdictsOf(able.queries, none, now, advised),
    left: able.left,
    ...judged(able, kept, cards),
    refused: prepared.candidates.flatMap(({ id, sql }) => {
      const message = refused.get(id);
      return message === undefined ? [] : [{ sql, reason: message }];
    }),
    none,
    now,
    advised,
    bound: value.bound,
    complete: complete && prepared.reason === undefined,
    ...(why === '' ? {} : { reason: why }),
    asked: answers,
  };
  const weigh = (indexes: readonly string[]) => weighScenario(asked, able.queries, problem, indexes, names);
  return ok({ advice, weigh, names });
}
