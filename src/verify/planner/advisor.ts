import { type Budget, breathing, partOf, UNLIMITED } from '#engine/budget.ts';
import type { IndexAdvice, Scenario } from '#engine/indexes/advise/advice.ts';
import { type AdviseOptions, advise, type WeighAgain, type Weigher, weigherOf } from '#engine/indexes/advise/advise.ts';
import type { ModelCost } from '#engine/indexes/advise/cost-model.ts';
import { extensionsFor, type PreparedCandidate, plannedSql, prepareAdvice } from '#engine/indexes/advise/prepare.ts';
import { withIndexNamesShown } from '#engine/indexes/advise/scenario.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { analyseQuery } from '#engine/workload/analyse.ts';
import { withStoredViews } from '#engine/workload/stored-views.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { Document } from '#model/types.ts';
import { modelOn, type PlannerModel } from './cost-model.ts';
import { type OpenModel, type OpenOptions, openModel, setupOf } from './open-model.ts';
import { RememberedPlans } from './remembered-plans.ts';

export interface AdviceRequest {
  readonly document: Document;
  readonly options: AdviseOptions;
  /** Settings of the server that is imitated, such as `work_mem`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The plan of one statement at the declared scale. */
export interface PlannedStatement extends ModelCost {
  /** Of the PostgreSQL that planned it. */
  readonly version: string;
}

export interface PlanRequest {
  /** Absent: the one that was last opened or advised on. */
  readonly document?: Document;
  readonly sql: string;
  /** Ids of candidates of the last advice and of indexes that exist, `schema.name`; absent: what exists. */
  readonly indexes?: readonly string[];
}

/** What the advisor is given by where it runs. */
export interface AdvisorPorts {
  parser(): Promise<PgParser>;
  /** The dumped empty cluster. */
  cluster(): Promise<Blob | undefined>;
  /** The day, as `2026-01-31`. */
  today(): string;
  /** Lets messages in: called again and again while plans are asked for. */
  breathe(): Promise<void>;
}

interface Open {
  readonly database: OpenModel;
  /** Of the document that was asked about last. */
  readonly model: PlannerModel;
  /** Equal for documents that are planned alike. */
  readonly key: string;
  readonly extensions: readonly string[];
  readonly document: Document;
  readonly advised?: Weigher;
}

const closed = () => err('no-advice', 'No planner is open any more: ask for advice again.');

/** What a run needs of a planner. */
interface Wanted extends Pick<OpenOptions, 'settings' | 'extensions'> {
  /** Absent: whatever it has. */
  readonly candidates?: readonly PreparedCandidate[];
}

/** Advises, and keeps the planner open so that a person can ask what other sets of indexes would do. */
export class Advisor {
  private readonly ports: AdvisorPorts;
  /** Outlives planners: what is asked again after an edit has the same answer where the edit has no say. */
  private readonly remembered = new RememberedPlans();
  private open: Open | undefined;
  /** What was asked last: one thing is done at a time, for plans see one set of indexes at a time. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(ports: AdvisorPorts) {
    this.ports = ports;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work, work);
    this.last = turn;
    return turn;
  }

  advise(request: AdviceRequest, budget: Budget): Promise<Result<IndexAdvice>> {
    return this.inTurn(() => this.advised(request, budget));
  }

  private async advised({ document: given, options, settings = {} }: AdviceRequest, budget: Budget): Promise<Result<IndexAdvice>> {
    budget.progress?.(0, 'Reading the queries');
    const parser = await this.ports.parser();
    const document = withStoredViews(given, parser);
    const prepared = prepareAdvice(document, parser, partOf(budget, 0, 0.02));
    const model = await this.start(
      document,
      { settings, extensions: extensionsFor(prepared), candidates: prepared.candidates },
      budget.progress?.bind(budget),
    );
    if (!model.ok) return model;
    const own = breathing(budget, () => this.ports.breathe());
    const advised = await advise(document, prepared, model.value, own, options);
    if (!advised.ok) return advised;
    if (this.open !== undefined) this.open = { ...this.open, advised: advised.value };
    return ok(advised.value.advice);
  }

  /** The planner on a document: the one that is open where nothing changed that plans depend on. */
  private async start(
    document: Document,
    { settings = {}, extensions = [], candidates }: Wanted,
    progress?: (done: number, what: string) => void,
  ): Promise<Result<PlannerModel>> {
    const setup = setupOf(document);
    const day = this.ports.today();
    const key = JSON.stringify([setup, settings, day]);
    const { open } = this;
    const same = open?.key === key && extensions.every((name) => open.extensions.includes(name));
    if (open !== undefined && same && candidates === undefined) return ok(open.model);
    if (open !== undefined && same && candidates !== undefined && open.database.takes(candidates))
      return ok(this.asked({ ...open, document }));
    await this.shut();
    const cluster = await this.ports.cluster();
    const { remembered } = this;
    const opened = await openModel(
      setup,
      { settings, extensions, remembered, day, ...(cluster === undefined ? {} : { dataDirectory: cluster }) },
      // The larger part comes afterwards.
      (done, what) => progress?.(0.02 + done * 0.03, what),
    );
    return opened.ok ? ok(this.asked({ database: opened.value, key, extensions, document })) : opened;
  }

  /** Takes down what is asked about: its records may have other ids than those of the document before. */
  private asked(open: Omit<Open, 'model'>): PlannerModel {
    const model = modelOn(open.database, open.document, () => this.ports.breathe());
    this.open = { ...open, model };
    return model;
  }

  /** What an hour of the last advice's workload costs with a set of indexes of a person's own. */
  /** @param again what the advice was given for, when another worker gave it */
  weigh(indexes: readonly string[], again?: WeighAgain): Promise<Result<Scenario>> {
    return this.inTurn(async () => {
      if (this.open?.advised === undefined && again !== undefined) {
        const opened = await this.openAgain(again);
        if (!opened.ok) return opened;
      }
      return this.open?.advised?.weigh(indexes) ?? closed();
    });
  }

  /** Opens the planner on what an advice was of, without looking for a best set. */
  private async openAgain({ document: given, options, names }: WeighAgain): Promise<Result<void>> {
    const parser = await this.ports.parser();
    const document = withStoredViews(given, parser);
    const prepared = prepareAdvice(document, parser, UNLIMITED);
    const model = await this.start(document, { extensions: extensionsFor(prepared), candidates: prepared.candidates });
    if (!model.ok) return model;
    const advised = await weigherOf(document, prepared, model.value, new Map(names), options);
    if (this.open !== undefined) this.open = { ...this.open, advised };
    return ok(undefined);
  }

  /** The plan of any statement. */
  async plan(
    { document, sql, indexes }: PlanRequest,
    progress: (done: number, what: string) => void,
  ): Promise<Result<PlannedStatement>> {
    if (document !== undefined) {
      const started = await this.start(withStoredViews(document, await this.ports.parser()), {}, progress);
      if (!started.ok) return started;
    }
    if (this.open === undefined) return closed();
    const { model, advised, document: opened } = this.open;
    // REFRESH runs the query of its view.
    const facts = analyseQuery(opened, { sql }, await this.ports.parser());
    const planned = await model.plan(plannedSql(opened, { sql }, facts), indexes ?? model.present);
    if (!planned.ok) return planned;
    const plan = withIndexNamesShown(planned.value.plan, advised?.names ?? new Map());
    return ok({ ...planned.value, plan, version: model.planner.version });
  }

  close(): Promise<void> {
    return this.inTurn(() => this.shut());
  }

  private async shut(): Promise<void> {
    const { open } = this;
    this.open = undefined;
    await open?.model.close();
  }
}
