import type { Budget } from '#engine/budget.ts';
import { TRAITS } from '#engine/dialects/base/traits.ts';
import type { IndexAdvice } from '#engine/indexes/advise/advice.ts';
import { type AdviseOptions, advise } from '#engine/indexes/advise/advise.ts';
import type { CostModel } from '#engine/indexes/advise/cost-model.ts';
import { extensionsFor, type PreparedAdvice, prepareAdvice } from '#engine/indexes/advise/prepare.ts';
import { analyticModel } from '#engine/indexes/analytic/model.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { withStoredViews } from '#engine/workload/stored-views.ts';
import { ok, type Result } from '#lib/result.ts';
import type { Document } from '#model/types.ts';

/** Where costs are to come from; absent: from the planner, where there is one. */
export type Basis = 'planner' | 'analytic';

export interface AdviceRun {
  readonly prepared: PreparedAdvice;
  readonly advice: IndexAdvice;
}

export interface AdviceWish {
  readonly parser: PgParser | undefined;
  readonly basis?: Basis | undefined;
  readonly options: AdviseOptions;
  readonly budget: Budget;
  /** Told when costs come from somewhere else than was asked for. */
  warn(text: string): void;
}

/** The planner on the document; a sentence why there is none. */
async function plannerOf(document: Document, prepared: PreparedAdvice): Promise<CostModel | string> {
  try {
    const { plannerModel } = await import('#verify/planner/cost-model.ts');
    const opened = await plannerModel(document, { extensions: extensionsFor(prepared) });
    return opened.ok ? opened.value : opened.problem.message;
  } catch (error) {
    return `PostgreSQL cannot be started here (${error instanceof Error ? error.message : String(error)}).`;
  }
}

async function modelOf(document: Document, prepared: PreparedAdvice, wish: AdviceWish): Promise<CostModel> {
  const { planner, label } = TRAITS[document.settings['settings']?.dialect ?? 'postgresql'];
  if (wish.basis === 'analytic') return analyticModel(document, 'Formulas were asked for.');
  if (planner !== true) {
    const why = `No planner of ${label} runs here.`;
    if (wish.basis === 'planner') wish.warn(`${why} Costs come from formulas.`);
    return analyticModel(document, why);
  }
  const opened = await plannerOf(document, prepared);
  if (typeof opened !== 'string') return opened;
  wish.warn(`${opened} Costs come from formulas.`);
  return analyticModel(document, opened);
}

/** Advises on the indexes of a document's queries. */
export async function adviseOn(given: Document, wish: AdviceWish): Promise<Result<AdviceRun>> {
  const document = withStoredViews(given, wish.parser);
  const prepared = prepareAdvice(document, wish.parser, wish.budget);
  const model = await modelOf(document, prepared, wish);
  try {
    const advised = await advise(document, prepared, model, wish.budget, wish.options);
    return advised.ok ? ok({ prepared, advice: advised.value.advice }) : advised;
  } finally {
    await model.close();
  }
}
