import { err, ok, type Result } from '#lib/result.ts';
import { type Budget, partOf, UNLIMITED } from '../../budget.ts';
import { inSteps } from '../../steps.ts';
import { askingBySize, boundBySizes, bySize, type Classed } from './bound.ts';
import { type CostOracle, type CostRequest, Graph } from './oracle.ts';
import type { Combination, QueryDemand, SelectionProblem } from './problem.ts';
import { type Selected, type SelectOptions, selecting } from './select.ts';
import { besides, FEW, survey } from './survey.ts';

/** A query whose costs are asked for. */
export interface AskedQuery extends QueryDemand {
  /** Indexes, keys apart, that may change its plan: those on its tables. Absent: all. */
  readonly relevant?: readonly string[];
}

/** A problem whose costs are not known but can be asked for. */
export interface AskedProblem extends Omit<SelectionProblem, 'costs' | 'queries'> {
  readonly queries: readonly AskedQuery[];
}

export interface ExploreOptions extends SelectOptions {
  /** Answers of the oracle that may be asked for. Default 5,000: at 4 ms each, twenty seconds. */
  readonly answers?: number;
  /** Requests in one batch, at most. Default 64. */
  readonly batch?: number;
}

/** A selection, and what was asked for it. */
export interface Explored extends Selected {
  /** The problem with the costs that were found. */
  readonly problem: SelectionProblem;
  /** Answers that were asked for. */
  readonly answers: number;
}

const DEFAULT_ANSWERS = 5000;
const DEFAULT_BATCH = 64;
/** Times a choice is checked with the oracle and made again because it said something new. */
const ROUNDS = 12;

/** A set of indexes of which it is asked what a query costs. */
export interface Asking {
  readonly graph: Graph;
  readonly indexes: readonly string[];
}

/** Asks, remembers, and counts. */
export class Inquiry {
  private readonly oracle: CostOracle;
  private readonly most: number;
  private readonly batch: number;
  readonly graphs: readonly Graph[];
  readonly budget: Budget;
  answers = 0;
  fault: Result<never> | undefined;

  constructor(graphs: readonly Graph[], oracle: CostOracle, budget: Budget, options: ExploreOptions) {
    this.graphs = graphs;
    this.oracle = oracle;
    this.budget = budget;
    this.most = options.answers ?? DEFAULT_ANSWERS;
    this.batch = options.batch ?? DEFAULT_BATCH;
  }

  get left(): number {
    return this.fault !== undefined || this.budget.shouldStop() ? 0 : Math.max(0, this.most - this.answers);
  }

  private async answer(requests: readonly CostRequest[]) {
    this.answers += requests.length;
    const answers = await this.oracle(requests);
    const odd = requests.findIndex((_, at) => !Number.isFinite(answers[at]?.cost) || (answers[at]?.cost as number) < 0);
    if (odd >= 0)
      this.fault = err(
        'select-bad-cost',
        `The cost of query ${requests[odd]?.query} came back as ${answers[odd]?.cost}. Costs are numbers of zero or more: look at how it is planned.`,
      );
    return this.fault === undefined ? answers : [];
  }

  /** Which indexes a plan needs, where the oracle does not say: those without which it costs another amount. */
  private async needed({ query, indexes }: CostRequest, cost: number): Promise<readonly string[]> {
    let rest = indexes;
    for (const index of indexes) {
      const without = rest.filter((one) => one !== index);
      const [answer] = await this.answer([{ query, indexes: without }]);
      if (answer === undefined) return indexes;
      if (answer.cost === cost) rest = without;
    }
    return rest;
  }

  /** Asks for sets that do not follow from what is known. */
  async ask(wanted: readonly Asking[]): Promise<void> {
    for (let from = 0; from < wanted.length; from += this.batch) {
      const part = wanted.slice(from, from + Math.min(this.batch, this.left));
      const open = part.filter(({ graph, indexes }) => graph.knows(new Set(indexes)) === undefined);
      if (part.length === 0) return;
      const requests = open.map(({ graph, indexes }) => ({ query: graph.query, indexes }));
      const answers = requests.length === 0 ? [] : await this.answer(requests);
      for (let at = 0; at < answers.length; at++) {
        const { graph, indexes } = open[at] as (typeof open)[number];
        const { cost, used } = answers[at] as (typeof answers)[number];
        const inside = new Set(indexes);
        graph.learn(
          indexes,
          cost,
          used?.filter((index) => inside.has(index)) ?? (await this.needed(requests[at] as CostRequest, cost)),
        );
      }
    }
  }

  /** Looks for all plans, where most may be gained first, until a share of the answers is used up. */
  async explore(keep: number): Promise<void> {
    for (;;) {
      const open = this.graphs.filter((graph) => graph.advance().length > 0).sort((a, b) => b.promise - a.promise);
      const most = Math.min(this.batch, this.left - keep);
      if (open.length === 0 || most <= 0) return;
      this.say(this.graphs.length - open.length);
      // Several sets of the most promising queries rather than one of each.
      const wanted = open.flatMap((graph) =>
        graph
          .advance()
          .slice(0, 8)
          .map(({ indexes }) => ({ graph, indexes })),
      );
      await this.ask(wanted.slice(0, most));
    }
  }

  say(done: number): void {
    const [base, floor] = [this.total((graph) => graph.base), this.total((graph) => graph.floor)];
    const most = base > 0 ? Math.round(100 * (1 - floor / base)) : 0;
    const whole = `${done} of ${this.graphs.length} queries known with every set of indexes`;
    this.budget.progress?.(
      done / Math.max(1, this.graphs.length),
      `${this.answers} plans asked, ${whole}; at most ${most} % can be saved`,
    );
  }

  private total(costOf: (graph: Graph) => number): number {
    return this.graphs.reduce((sum, graph) => sum + graph.calls * costOf(graph), 0);
  }

  costs(): Map<string, Combination[]> {
    return new Map(this.graphs.map((graph) => [graph.query, graph.combinations()]));
  }
}

/** What is in every answer: what must be kept, and what that requires. */
function stayingIn({ indexes }: AskedProblem): Set<string> {
  const byId = new Map(indexes.map((index) => [index.id, index]));
  const found = new Set(indexes.flatMap(({ id, standing }) => (standing === 'kept' ? [id] : [])));
  for (const id of found) for (const other of byId.get(id)?.requires ?? []) found.add(other);
  return found;
}

/** What is there now. */
function presentIn(problem: AskedProblem): Set<string> {
  const existing = problem.indexes.flatMap(({ id, standing }) => (standing === 'existing' ? [id] : []));
  return new Set([...stayingIn(problem), ...existing]);
}

function reasonOf({ graphs }: Inquiry, partial: number, most: number, stopped: boolean): string {
  const ended = stopped ? 'The search was stopped. ' : '';
  const share = `${(100 * most).toFixed(most < 0.001 ? 2 : 1)} %`;
  return `${ended}Of ${partial} of ${graphs.length} queries not every set of indexes was asked for: it is proved only that no set costs less by more than ${share}. More answers may be allowed.`;
}

/** Makes the choice, asks what it really costs, and chooses anew as long as that is news. */
async function settle(
  problem: AskedProblem,
  inquiry: Inquiry,
  classed: readonly Classed[],
  budget: Budget,
  options: ExploreOptions,
): Promise<Result<Explored>> {
  let best = Number.POSITIVE_INFINITY;
  let start: readonly string[] | undefined;
  for (let round = 1; ; round++) {
    const known: SelectionProblem = { ...problem, costs: inquiry.costs() };
    const from = start === undefined ? options : { ...options, start };
    const selected = await inSteps(selecting(known, budget, from), budget);
    if (!selected.ok) return selected;
    const { value } = selected.value;
    start = value.indexes;
    const chosen = new Set(value.indexes);
    const wanted = inquiry.graphs
      .map((graph) => ({ graph, indexes: graph.relevant.filter((index) => chosen.has(index)) }))
      .filter(({ graph, indexes }) => graph.knows(new Set(indexes)) === undefined);
    const more = wanted.length > 0 || value.total >= best ? wanted : besides(problem, inquiry, chosen);
    if (wanted.length === 0) best = Math.min(best, value.total);
    if (more.length > 0 && round < ROUNDS && inquiry.left > 0) {
      await inquiry.ask(more);
      if (inquiry.fault !== undefined) return inquiry.fault;
      continue;
    }
    const partial = inquiry.graphs.filter((graph) => !graph.complete).length;
    if (partial === 0) return ok({ ...selected.value, problem: known, answers: inquiry.answers });
    const floor = inquiry.graphs.reduce((sum, { calls, floor: least }) => sum + calls * least, 0);
    const proved = Math.max(floor, await boundBySizes(problem, classed, stayingIn(problem), budget));
    const bound = Math.min(value.total, proved);
    const found = { value: { ...value, bound }, problem: known, answers: inquiry.answers };
    // As little as it was asked: nothing can be better.
    if (proved >= value.total) return ok({ ...found, complete: true });
    return ok({ ...found, complete: false, reason: reasonOf(inquiry, partial, 1 - bound / value.total, budget.shouldStop()) });
  }
}

/**
 * Chooses indexes when what a query costs has to be asked for: finds the plans that sets of indexes lead to, each asked for
 * once, then chooses among them with `selectIndexes` and has the choice checked.
 *
 * @param oracle says what queries cost; see `CostOracle`
 * @param budget when to stop asking; what was chosen by then is still an answer
 * @returns codes of `selectIndexes`, and `select-bad-cost` when the oracle says something that is no cost
 */
export async function selectByAsking(
  problem: AskedProblem,
  oracle: CostOracle,
  budget: Budget,
  options: ExploreOptions = {},
): Promise<Result<Explored>> {
  const movable = problem.indexes.filter(({ standing }) => standing !== 'key').map(({ id }) => id);
  const known = new Set(movable);
  const graphs = problem.queries.map(
    ({ id, calls, relevant }) => new Graph(id, calls, relevant?.filter((index) => known.has(index)) ?? movable),
  );
  const inquiry = new Inquiry(graphs, oracle, partOf(budget, 0, 0.6), options);
  // Without these nothing can be said at all, so they are asked for whatever the limits are.
  const first = new Inquiry(graphs, oracle, UNLIMITED, { ...options, answers: Number.POSITIVE_INFINITY });
  await first.ask(graphs.map((graph) => ({ graph, indexes: [] })));
  await first.ask(graphs.map((graph) => ({ graph, indexes: graph.relevant })));
  for (const set of [stayingIn(problem), presentIn(problem)])
    await first.ask(graphs.map((graph) => ({ graph, indexes: graph.relevant.filter((index) => set.has(index)) })));
  if (first.fault !== undefined) return first.fault;
  inquiry.answers = first.answers;
  for (const graph of graphs) graph.begin();
  const classed = bySize(problem, graphs, stayingIn(problem));
  await inquiry.ask(askingBySize(classed.filter(({ graph }) => graph.relevant.length > FEW)));
  await survey(problem, inquiry);
  for (const graph of graphs) graph.open(graph.relevant);
  await inquiry.explore(Math.floor(inquiry.left * 0.3));
  if (inquiry.fault !== undefined) return inquiry.fault;
  return settle(problem, inquiry, classed, partOf(budget, 0.6, 1), options);
}
