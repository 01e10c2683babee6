import type { Queries, QueryAnswers, QueryName } from '#engine/queries.ts';
import { STAGES, type Stage, type StageResults } from '#engine/stages.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { Diff } from '#model/diff.ts';
import type { Document } from '#model/types.ts';
import type { FromWorker, Query, WorkerLike } from './protocol.ts';
import { createStageMirror } from './stage-deltas.ts';

export interface ClientOptions {
  readonly spawn: () => WorkerLike;
  /** Called for each stage whose answer changed, with the revision it is of. */
  readonly onResult: <S extends Stage>(stage: S, value: StageResults[S], revision: number) => void;
  /** Called when every stage of the latest revision has been answered. */
  readonly onSettled?: (revision: number, ms: number) => void;
  readonly onState?: (state: 'starting' | 'ready' | 'restarting') => void;
  /** Something went wrong in the engine; the client goes on. */
  readonly onProblem?: (message: string) => void;
  /** Milliseconds without a sign of life while something is asked, before the worker is ended and started anew. */
  readonly deadline?: number;
  /** Milliseconds after which an answer to an older revision is shown rather than dropped, so that fast typing never starves. */
  readonly patience?: number;
  readonly now?: () => number;
}

export interface EngineClient {
  /** Shows the engine another document. */
  reset(document: Document, revision: number): void;
  /** Follows an edit. `document` is the document after it: what a restarted worker begins with. */
  apply(diff: Diff, document: Document, revision: number): void;
  query<N extends QueryName>(name: N, args: Queries[N]): Promise<Result<{ answer: QueryAnswers[N]; revision: number }>>;
  /** Resolves when no ask is under way. */
  idle(): Promise<void>;
  dispose(): void;
}

interface PendingQuery {
  readonly query: Query;
  readonly resolve: (result: Result<{ answer: never; revision: number }>) => void;
  attempts: number;
}

const DEADLINE = 60_000;
/** How much longer a worker may take to be loaded: its code and its parser may come over a slow line. */
const LOADING = 4;
/** Looks at the clock in one deadline. A page that slept or was starved looks late, which counts as one look and not as many. */
const LOOKS = 10;
const PATIENCE = 250;
/** Restarts in a row on the same revision before the client waits for the next edit. */
const RESTARTS = 2;

/**
 * Keeps an engine in a worker in step with the document. One ask is under way at a time, with at most one waiting behind it;
 * a worker that fails, or gives no sign of life within the deadline, is replaced and told everything again.
 */
export function createEngineClient(options: ClientOptions): EngineClient {
  return new Client(options);
}

class Client implements EngineClient {
  readonly #options: ClientOptions;
  readonly #now: () => number;
  #worker: WorkerLike | undefined;
  #mirror = createStageMirror();
  #shown = this.#mirror.value;
  #document: Document | undefined;
  #revision = -1;
  #epoch = 0;
  #asked: number | undefined;
  #trailing = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #loaded = false;
  #restarts = 0;
  #lastShown = 0;
  #queries = new Map<number, PendingQuery>();
  #serial = 0;
  #waiting: (() => void)[] = [];

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  reset(document: Document, revision: number): void {
    this.#document = document;
    this.#revision = revision;
    this.#restarts = 0;
    this.#begin();
  }

  apply(diff: Diff, document: Document, revision: number): void {
    this.#document = document;
    this.#revision = revision;
    this.#restarts = 0;
    if (this.#worker === undefined) {
      this.#begin();
      return;
    }
    this.#worker.postMessage({ kind: 'apply', revision, diff });
    if (this.#asked === undefined) this.#ask();
    else this.#trailing = true;
  }

  query<N extends QueryName>(name: N, args: Queries[N]): Promise<Result<{ answer: QueryAnswers[N]; revision: number }>> {
    this.#serial += 1;
    const id = this.#serial;
    const query = { name, args } as unknown as Query;
    return new Promise((resolve) => {
      this.#queries.set(id, { query, attempts: 0, resolve: resolve as PendingQuery['resolve'] });
      if (this.#worker !== undefined) this.#post(id);
    });
  }

  idle(): Promise<void> {
    if (this.#asked === undefined) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  dispose(): void {
    this.#end();
    for (const pending of this.#queries.values()) pending.resolve(err('engine-closed', 'The engine was closed.'));
    this.#queries.clear();
    this.#settle();
  }

  /** Tells the worker everything, starting one when there is none. */
  #begin(): void {
    const document = this.#document;
    if (document === undefined) return;
    if (this.#worker === undefined && !this.#start()) return;
    this.#epoch += 1;
    this.#mirror = createStageMirror();
    this.#worker?.postMessage({ kind: 'reset', epoch: this.#epoch, revision: this.#revision, document });
    for (const [id, pending] of this.#queries) if (pending.attempts === 0) this.#post(id);
    this.#ask();
  }

  #start(): boolean {
    this.#options.onState?.(this.#epoch === 0 ? 'starting' : 'restarting');
    try {
      const worker = this.#options.spawn();
      this.#loaded = false;
      worker.onmessage = ({ data }) => {
        if (worker === this.#worker) this.#receive(data);
      };
      worker.onerror = (event) => {
        if (worker === this.#worker) this.#heal(event.message ?? 'The engine stopped.');
      };
      this.#worker = worker;
      return true;
    } catch (error) {
      this.#options.onProblem?.(`The engine could not be started: ${String(error)}`);
      return false;
    }
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#asked = undefined;
    this.#trailing = false;
  }

  /** Replaces the worker. The same revision is tried only so often, as it may be what the engine fails on. */
  #heal(message: string): void {
    this.#end();
    this.#options.onProblem?.(message);
    for (const [id, pending] of this.#queries) {
      if (pending.attempts < 2) pending.attempts = 0;
      else this.#answer(id, err('engine-restarted', `The engine had to be restarted: ${message} Try again.`));
    }
    this.#options.onState?.('restarting');
    this.#restarts += 1;
    if (this.#restarts <= RESTARTS) this.#begin();
    else this.#settle();
  }

  #ask(): void {
    this.#asked = this.#revision;
    this.#trailing = false;
    this.#watch();
    this.#worker?.postMessage({ kind: 'ask', revision: this.#revision, stages: STAGES });
  }

  /** Gives the worker its time, from now. */
  #watch(): void {
    clearTimeout(this.#timer);
    const deadline = (this.#options.deadline ?? DEADLINE) * (this.#loaded ? 1 : LOADING);
    const look = (left: number) => {
      this.#timer = setTimeout(() => {
        if (left > 1) look(left - 1);
        else this.#heal(`The engine gave no answer within ${deadline / 1000} s.`);
      }, deadline / LOOKS);
    };
    look(LOOKS);
  }

  #post(id: number): void {
    const pending = this.#queries.get(id);
    if (pending === undefined) return;
    pending.attempts += 1;
    this.#worker?.postMessage({ kind: 'query', id, query: pending.query });
  }

  #answer(id: number, result: Result<{ answer: unknown; revision: number }>): void {
    const pending = this.#queries.get(id);
    this.#queries.delete(id);
    pending?.resolve(result as Result<{ answer: never; revision: number }>);
  }

  #receive(message: FromWorker): void {
    this.#loaded = true;
    if (this.#asked !== undefined) this.#watch();
    switch (message.kind) {
      case 'loaded':
        break;
      case 'result':
        if (message.epoch !== this.#epoch) return;
        this.#mirror.receive(message.result);
        if (message.revision === this.#revision || this.#now() - this.#lastShown > (this.#options.patience ?? PATIENCE)) {
          this.#show(message.result.stage, message.revision);
        }
        break;
      case 'done':
        if (message.epoch === this.#epoch) this.#done(message);
        break;
      case 'answer':
        this.#answer(message.id, ok({ answer: message.answer, revision: message.revision }));
        break;
      case 'unanswered':
        this.#answer(message.id, err('engine-failed', message.message));
        break;
      case 'lost':
        this.#heal(message.message);
        break;
    }
  }

  #done(message: Extract<FromWorker, { kind: 'done' }>): void {
    clearTimeout(this.#timer);
    this.#asked = undefined;
    for (const failure of message.failures) this.#options.onProblem?.(`${failure.stage}: ${failure.message}`);
    if (this.#trailing || message.revision !== this.#revision) {
      this.#ask();
      return;
    }
    this.#restarts = 0;
    this.#options.onState?.('ready');
    this.#options.onSettled?.(message.revision, message.ms);
    this.#settle();
  }

  #show(stage: Stage, revision: number): void {
    this.#lastShown = this.#now();
    const value = this.#mirror.value[stage];
    if (value === this.#shown[stage]) return;
    this.#shown = { ...this.#shown, [stage]: value };
    this.#options.onResult(stage, value, revision);
  }

  #settle(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
