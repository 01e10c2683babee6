import { type CheckableDialect, TRAITS } from '#engine/dialects/base/traits.ts';
import type { IndexAdvice, Scenario } from '#engine/indexes/advise/advice.ts';
import type { WeighAgain } from '#engine/indexes/advise/advise.ts';
import type { MeasuredProof } from '#engine/indexes/advise/proof.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { Document } from '#model/types.ts';
import type { CheckedStatement, CheckOutcome } from './check.ts';
import { Connection, type VerifierLike, type Watched } from './connection.ts';
import type { Trial, TrialOutcome } from './decomposition.ts';
import type { AdviceRequest, PlannedStatement, PlanRequest } from './planner/advisor.ts';
import type { MeasureRequest } from './planner/prove.ts';
import type { RowRequest, RowsOpened, RowText } from './row-types.ts';

export type { VerifierLike } from './connection.ts';

interface CheckRequest extends Watched {
  readonly dialect: CheckableDialect;
  readonly statements: readonly CheckedStatement[];
}

interface AdviceWatched extends Watched, AdviceRequest {
  /** Ends the search with the best answer so far; `signal` ends it with none. */
  readonly stop?: AbortSignal;
}

/** Runs checks in a worker that is started for the first and kept for the next; cancelling ends it. */
export interface Verifier extends IndexAdviser {
  check(request: CheckRequest): Promise<Result<CheckOutcome>>;
  /** Runs a decomposition on rows, forward and back, on an engine of its dialect. */
  tryDecomposition(request: Watched & { readonly trial: Trial }): Promise<Result<TrialOutcome>>;
  /** Opens a database to read rows from, in place of the one that is open. */
  openRows(request: Watched & { readonly rows: RowRequest }): Promise<Result<RowsOpened>>;
  /** Asks it queries. @param most rows of each that are taken */
  readRows(request: Watched & { readonly queries: readonly string[]; readonly most: number }): Promise<Result<readonly RowText[]>>;
  /** Ends the worker: its databases go with it. */
  close(): void;
}

interface IndexAdviser {
  /**
   * Advises on indexes. The planner stays open in the worker for the two below, until something else is cancelled or other
   * advice is asked for.
   */
  adviseIndexes(request: AdviceWatched): Promise<Result<IndexAdvice>>;
  /** What an hour of the workload of the last advice costs with a set of indexes: ids of its cards. Takes milliseconds. */
  weighIndexes(request: Watched & { readonly indexes: readonly string[]; readonly again?: WeighAgain }): Promise<Result<Scenario>>;
  /**
   * The plan of any one statement at the document's scale, with a set of indexes; absent: with those it has. The planner that
   * is open is asked if it is open on this document, else it is opened anew.
   */
  planQuery(request: Watched & PlanRequest & { readonly document: Document }): Promise<Result<PlannedStatement>>;
  /**
   * Runs the queries of an advice on generated rows. Takes seconds; in a verifier of its own, cancelling takes no planner with it.
   */
  measureIndexes(request: Watched & MeasureRequest): Promise<Result<MeasuredProof>>;
}

/** The result that came as an answer, or why none came. */
const unwrapped = <T>(asked: Result<Result<T>>): Result<T> => (asked.ok ? asked.value : asked);

function indexAdviser(connection: Connection, dataDirectory: string): IndexAdviser {
  const { label } = TRAITS.postgresql;
  /** What the planner is open on, and in which worker. */
  let open: { readonly document: Document; readonly worker: number } | undefined;
  const opened = (document: Document, done: boolean) => {
    open = done ? { document, worker: connection.ended } : undefined;
  };
  return {
    async adviseIndexes({ document, options, settings, stop, ...watched }) {
      const request = { document, options, ...(settings === undefined ? {} : { settings }) };
      let job = 0;
      const halt = () => connection.tell({ kind: 'stop', id: 0, job, dataDirectory });
      stop?.addEventListener('abort', halt);
      const asked = connection.ask(
        (id) => {
          job = id;
          return { kind: 'advise', id, request, dataDirectory };
        },
        { ...watched, label, read: (data) => (data.kind === 'advised' ? data.advice : undefined) },
      );
      if (stop?.aborted === true) halt();
      const advice = unwrapped(await asked);
      stop?.removeEventListener('abort', halt);
      opened(document, advice.ok);
      return advice;
    },
    async weighIndexes({ indexes, again, ...watched }) {
      const request = { indexes, ...(again === undefined ? {} : { again }) };
      const asked = await connection.ask((id) => ({ kind: 'weigh', id, ...request, dataDirectory }), {
        ...watched,
        label,
        abandons: true,
        read: (data) => (data.kind === 'weighed' ? data.scenario : undefined),
      });
      return unwrapped(asked);
    },
    async planQuery({ document, sql, indexes, ...watched }) {
      const there = open?.document === document && open.worker === connection.ended;
      const request = { sql, ...(indexes === undefined ? {} : { indexes }), ...(there ? {} : { document }) };
      // Questions that follow before this one is answered find the planner open.
      opened(document, true);
      const asked = await connection.ask((id) => ({ kind: 'plan', id, request, dataDirectory }), {
        ...watched,
        label,
        abandons: true,
        read: (data) => (data.kind === 'planned' ? data.planned : undefined),
      });
      const planned = unwrapped(asked);
      if (!planned.ok && planned.problem.code === 'planner-size') opened(document, false);
      return planned;
    },
    async measureIndexes({ document, advice, rows, ...watched }) {
      const request = { document, advice, ...(rows === undefined ? {} : { rows }) };
      const asked = await connection.ask((id) => ({ kind: 'measure', id, request, dataDirectory }), {
        ...watched,
        label,
        read: (data) => (data.kind === 'measured' ? data.proof : undefined),
      });
      return unwrapped(asked);
    },
  };
}

/** @param dataDirectory absolute address of the dumped empty cluster */
export function createVerifier(spawn: () => VerifierLike, dataDirectory: string): Verifier {
  const connection = new Connection(spawn);
  return {
    ...indexAdviser(connection, dataDirectory),
    check: ({ dialect, statements, ...watched }) =>
      connection.ask((id) => ({ kind: 'check', id, dialect, statements, dataDirectory }), {
        ...watched,
        label: TRAITS[dialect].label,
        read: (data) => (data.kind === 'checked' ? data.outcome : undefined),
      }),
    tryDecomposition: ({ trial, ...watched }) =>
      connection.ask((id) => ({ kind: 'try', id, trial, dataDirectory }), {
        ...watched,
        label: TRAITS[trial.dialect].label,
        read: (data) => (data.kind === 'tried' ? data.outcome : undefined),
      }),
    openRows: ({ rows: request, ...watched }) =>
      connection.ask((id) => ({ kind: 'open', id, request, dataDirectory }), {
        ...watched,
        label: TRAITS[request.engine].label,
        read: (data) => (data.kind === 'opened' ? data.opened : undefined),
      }),
    async readRows({ queries, most, ...watched }) {
      const asked = await connection.ask((id) => ({ kind: 'read', id, queries, most, dataDirectory }), {
        ...watched,
        label: 'The database',
        read: (data) => (data.kind === 'rows' ? data.results : undefined),
      });
      if (!asked.ok) return asked;
      const refused = asked.value.find((one) => 'problem' in one);
      if (refused !== undefined && 'problem' in refused) return err('query-refused', `The database refused it: ${refused.problem}`);
      return ok(asked.value.filter((one) => 'text' in one));
    },
    close: () => connection.end('it was closed.'),
  };
}

/** The verifier's worker as a browser makes it. */
export function spawnVerifier(): VerifierLike {
  return new Worker(new URL('./verify.worker.ts', import.meta.url), {
    type: 'module',
    name: 'verify',
  }) as unknown as VerifierLike;
}
