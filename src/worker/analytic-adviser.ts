import { type Budget, breathing, partOf, UNLIMITED } from '#engine/budget.ts';
import type { IndexAdvice, Scenario } from '#engine/indexes/advise/advice.ts';
import { advise, type Weigher, weigherOf } from '#engine/indexes/advise/advise.ts';
import { prepareAdvice } from '#engine/indexes/advise/prepare.ts';
import { analyticModel } from '#engine/indexes/analytic/model.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { withStoredViews } from '#engine/workload/stored-views.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { AdviceJob, AnalyticAgain } from './jobs-protocol.ts';

/** Advises by formulas, and keeps the advice so that a person can ask what other sets of indexes would do. */
export class AnalyticAdviser {
  private readonly breathe: () => Promise<void>;
  private open: Weigher | undefined;

  /** @param breathe lets messages in while costs are worked out */
  constructor(breathe: () => Promise<void>) {
    this.breathe = breathe;
  }

  async advise(
    { document: given, options, why }: AdviceJob,
    parser: PgParser | undefined,
    budget: Budget,
  ): Promise<Result<IndexAdvice>> {
    this.open = undefined;
    budget.progress?.(0, 'Reading the queries');
    const document = withStoredViews(given, parser);
    const prepared = prepareAdvice(document, parser, partOf(budget, 0, 0.05));
    const advised = await advise(
      document,
      prepared,
      analyticModel(document, why, this.breathe),
      breathing(budget, this.breathe),
      options,
    );
    if (!advised.ok) return advised;
    this.open = advised.value;
    return ok(advised.value.advice);
  }

  /** @param again what the advice was given for, when it is of another run of this worker */
  async weigh(indexes: readonly string[], again?: AnalyticAgain, parser?: PgParser): Promise<Result<Scenario>> {
    if (this.open === undefined && again !== undefined) {
      const document = withStoredViews(again.document, parser);
      const prepared = prepareAdvice(document, parser, UNLIMITED);
      const model = analyticModel(document, again.why, this.breathe);
      this.open = await weigherOf(document, prepared, model, new Map(again.names), again.options);
    }
    return this.open?.weigh(indexes) ?? err('no-advice', 'The advice is not at hand any more: ask for it again.');
  }
}
