import { describe, expect, it, vi } from 'vitest';
import { createEngine, type Engine, type Thinking } from '#engine/engine.ts';
import { STAGES, type Stage } from '#engine/stages.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import { diffDocuments } from '#model/diff.ts';
import type { Document } from '#model/types.ts';
import { createEngineClient, type EngineClient } from './client.ts';
import type { FromWorker, ToWorker, WorkerLike } from './protocol.ts';
import { inProcessWorker } from './sync-client.ts';

/** An engine whose DDL is one line a table: enough to see what travels. */
const thinking: Thinking = {
  stage: (stage, document) =>
    ({
      ddl: {
        statements: Object.values(document.tables).map((table) => ({
          key: `${table.id}:create`,
          collection: 'tables' as const,
          record: table.id,
          what: 'create' as const,
          sql: `CREATE TABLE ${table.name} ();`,
          parts: [],
        })),
        unsupported: [],
      },
      findings: [],
      normalForms: {},
      workload: {},
    })[stage] as never,
  query: (name) => {
    if (name !== 'dependents') throw new Error('not asked here');
    return [{ ref: { record: 'x' }, label: 'view x' }] as never;
  },
};

function withTable(document: Document, id: string, name: string): Document {
  return { ...document, tables: { ...document.tables, [id]: emptyTable(id, 'sch_public', name) } };
}

interface Watched extends WorkerLike {
  readonly sent: ToWorker[];
  readonly received: FromWorker[];
  terminated: boolean;
}

/** The engine in this thread with its messages noted; `hold` keeps answers back until released. */
function watched(engine: Engine = createEngine(thinking)): Watched & { hold: boolean; kept: FromWorker[]; release: () => void } {
  const inner = inProcessWorker(Promise.resolve(engine));
  const kept: FromWorker[] = [];
  const deliver = (data: FromWorker) => {
    outer.received.push(data);
    outer.onmessage?.({ data });
  };
  const outer: Watched & { hold: boolean; kept: FromWorker[]; release: () => void } = {
    sent: [],
    received: [],
    terminated: false,
    hold: false,
    kept,
    onmessage: null,
    onerror: null,
    postMessage: (message) => {
      outer.sent.push(message);
      inner.postMessage(message);
    },
    terminate: () => {
      outer.terminated = true;
      inner.terminate();
    },
    release: () => {
      outer.hold = false;
      for (const message of kept.splice(0)) deliver(message);
    },
  };
  inner.onmessage = ({ data }) => {
    if (outer.hold) kept.push(data);
    else deliver(data);
  };
  return outer;
}

function harness(options: { deadline?: number; workers?: (() => WorkerLike)[]; patience?: number } = {}) {
  const workers: ReturnType<typeof watched>[] = [];
  const shown: { stage: Stage; revision: number; value: unknown }[] = [];
  const problems: string[] = [];
  const states: string[] = [];
  let spawned = 0;
  const client = createEngineClient({
    spawn: () => {
      const special = options.workers?.[spawned++];
      if (special !== undefined) return special();
      const worker = watched();
      workers.push(worker);
      return worker;
    },
    onResult: (stage, value, revision) => shown.push({ stage, revision, value }),
    onProblem: (message) => problems.push(message),
    onState: (state) => states.push(state),
    patience: options.patience ?? 1e9,
    ...(options.deadline === undefined ? {} : { deadline: options.deadline }),
  });
  let document = emptyDocument();
  let revision = 0;
  return {
    client,
    workers,
    shown,
    problems,
    states,
    reset: () => client.reset(document, revision),
    edit: (id: string, name: string) => {
      const next = withTable(document, id, name);
      const diff = diffDocuments(document, next);
      document = next;
      revision += 1;
      client.apply(diff, document, revision);
    },
    names: () =>
      (shown.findLast((one) => one.stage === 'ddl')?.value as { statements: { sql: string }[] })?.statements.map((s) => s.sql),
  };
}

/** How long what will come is waited for: a busy machine takes its time. */
const PATIENT = { timeout: 60_000, interval: 5 };

const asks = (worker: { sent: ToWorker[] }) => worker.sent.filter((one) => one.kind === 'ask').length;
/** Waits until a worker that is held has an answer ready for everything it was asked. */
const answered = (worker: { kept: FromWorker[] }) =>
  vi.waitFor(() => expect(worker.kept.some((one) => one.kind === 'done')).toBe(true), PATIENT);
const settled = async (client: EngineClient) => {
  await client.idle();
};

describe('the engine client', () => {
  it('posts the document once and single-flights', async () => {
    const { client, workers, reset, edit } = harness();
    reset();
    edit('t1', 'a');
    edit('t2', 'b');
    const [worker] = workers as [ReturnType<typeof watched>];
    expect(asks(worker)).toBe(1);
    await settled(client);
    expect(worker.sent.filter((one) => one.kind === 'reset')).toHaveLength(1);
  });

  it('coalesces edits made meanwhile into one trailing request', async () => {
    const { client, workers, reset, edit, names } = harness();
    reset();
    await settled(client);
    const [worker] = workers as [ReturnType<typeof watched>];
    const before = asks(worker);
    for (let i = 0; i < 10; i++) edit(`t${i}`, `n${i}`);
    await settled(client);
    expect(asks(worker) - before).toBe(2);
    expect(names()).toHaveLength(10);
  });

  it('drops results for a stale revision, and loses nothing by it', async () => {
    const { client, workers, shown, reset, edit, names } = harness();
    reset();
    await settled(client);
    const [worker] = workers as [ReturnType<typeof watched>];
    worker.hold = true;
    edit('t1', 'a');
    await vi.waitFor(() => expect(asks(worker)).toBe(2), PATIENT);
    await answered(worker);
    edit('t2', 'b');
    worker.release();
    await settled(client);
    expect(shown.filter((one) => one.stage === 'ddl' && one.revision === 1)).toEqual([]);
    expect(names()).toEqual(['CREATE TABLE a ();', 'CREATE TABLE b ();']);
  });

  it('shows a stale result all the same when nothing was shown for long', async () => {
    const { client, workers, shown, reset, edit } = harness({ patience: -1 });
    reset();
    await settled(client);
    const [worker] = workers as [ReturnType<typeof watched>];
    worker.hold = true;
    edit('t1', 'a');
    await answered(worker);
    edit('t2', 'b');
    worker.release();
    await settled(client);
    expect(shown.some((one) => one.stage === 'ddl' && one.revision === 1)).toBe(true);
  });

  it('drops results of a document that is no longer open', async () => {
    const { client, workers, reset, edit, names } = harness();
    reset();
    await settled(client);
    const [worker] = workers as [ReturnType<typeof watched>];
    worker.hold = true;
    edit('t1', 'old');
    await answered(worker);
    client.reset(withTable(emptyDocument(), 'n1', 'fresh'), 7);
    worker.release();
    await settled(client);
    expect(names()).toEqual(['CREATE TABLE fresh ();']);
  });

  it('sends and keeps nothing for unchanged stages', async () => {
    const { client, workers, shown, reset, edit } = harness();
    reset();
    edit('t1', 'a');
    await settled(client);
    const [worker] = workers as [ReturnType<typeof watched>];
    worker.received.length = 0;
    shown.length = 0;
    client.apply([{ collection: 'decisions', id: 'd', to: { id: 'd' } as never }], withTable(emptyDocument(), 't1', 'a'), 9);
    await settled(client);
    const results = worker.received.filter((one) => one.kind === 'result');
    expect(results).toHaveLength(STAGES.length);
    expect(results.every((one) => one.kind === 'result' && one.result.payload === 'unchanged')).toBe(true);
    expect(shown).toEqual([]);
  });

  it('sends only the statements that changed', async () => {
    const { client, workers, reset, edit } = harness();
    reset();
    for (let i = 0; i < 5; i++) edit(`t${i}`, `n${i}`);
    await settled(client);
    const [worker] = workers as [ReturnType<typeof watched>];
    worker.received.length = 0;
    edit('t3', 'renamed');
    await settled(client);
    const ddl = worker.received.find((one) => one.kind === 'result' && one.result.stage === 'ddl');
    expect(ddl).toMatchObject({
      result: { payload: { statements: { removed: [], changed: [['t3:create', { sql: 'CREATE TABLE renamed ();' }]] } } },
    });
    expect(ddl).not.toHaveProperty('result.payload.statements.order');
  });

  it('self-heals after a deadline, from a reset', async () => {
    const silent = (): WorkerLike => ({ postMessage: () => {}, terminate: () => {}, onmessage: null, onerror: null });
    const { client, workers, problems, states, reset, names, edit } = harness({ deadline: 40, workers: [silent] });
    reset();
    edit('t1', 'a');
    await vi.waitFor(() => expect(names()).toEqual(['CREATE TABLE a ();']), PATIENT);
    expect(problems[0]).toContain('no answer');
    expect(states).toContain('restarting');
    expect(workers[0]?.sent[0]?.kind).toBe('reset');
    client.dispose();
  });

  it('lets a worker be slow that shows it is alive, and waits longer for one that is still being loaded', async () => {
    vi.useFakeTimers();
    try {
      const slow: WorkerLike = { postMessage: () => {}, terminate: () => {}, onmessage: null, onerror: null };
      const { client, workers, problems, reset } = harness({ deadline: 1000, workers: [() => slow] });
      const says = (data: FromWorker) => slow.onmessage?.({ data });
      reset();
      await vi.advanceTimersByTimeAsync(3500);
      says({ kind: 'loaded' });
      for (const stage of STAGES) {
        await vi.advanceTimersByTimeAsync(900);
        says({ kind: 'result', epoch: 1, revision: 0, result: { stage, payload: 'unchanged' } });
      }
      expect(problems).toEqual([]);
      expect(workers).toEqual([]);
      await vi.advanceTimersByTimeAsync(1100);
      expect(problems).toEqual(['The engine gave no answer within 1 s.']);
      expect(workers).toHaveLength(1);
      client.dispose();
    } finally {
      vi.useRealTimers();
    }
  });

  it('counts a page that slept or was starved as one late look, rather than blame the engine', async () => {
    const silent: WorkerLike = { postMessage: () => {}, terminate: () => {}, onmessage: null, onerror: null };
    const { client, problems, reset } = harness({ deadline: 1000, workers: [() => silent] });
    reset();
    silent.onmessage?.({ data: { kind: 'loaded' } });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1200);
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(problems).toEqual([]);
    client.dispose();
  });

  it('self-heals after the worker dies, and gives up on what kills it until the next edit', async () => {
    const dying = (): WorkerLike => {
      const worker: WorkerLike = {
        postMessage: (message) => {
          if (message.kind === 'ask') queueMicrotask(() => worker.onerror?.({ message: 'out of memory' }));
        },
        terminate: () => {},
        onmessage: null,
        onerror: null,
      };
      return worker;
    };
    const { client, problems, reset, edit, names } = harness({ workers: [dying, dying, dying] });
    reset();
    await settled(client);
    expect(problems).toEqual(['out of memory', 'out of memory', 'out of memory']);
    edit('t1', 'a');
    await settled(client);
    expect(names()).toEqual(['CREATE TABLE a ();']);
  });

  it('goes on with the other stages when one fails', async () => {
    const broken = createEngine({
      ...thinking,
      stage: (stage, document) => {
        if (stage === 'findings') throw new Error('a rule broke');
        return thinking.stage(stage, document);
      },
    });
    const { client, problems, reset, edit, names } = harness({ workers: [() => watched(broken)] });
    reset();
    edit('t1', 'a');
    await settled(client);
    expect(names()).toEqual(['CREATE TABLE a ();']);
    expect(problems).toContain('findings: a rule broke');
  });

  it('answers queries, and says why when it cannot', async () => {
    const { client, reset } = harness();
    const early = client.query('dependents', { refs: [] });
    reset();
    expect(await early).toMatchObject({ ok: true, value: { answer: [{ label: 'view x' }], revision: 0 } });
    expect(await client.query('parse', { text: '' })).toMatchObject({ ok: false, problem: { code: 'engine-failed' } });
    client.dispose();
  });
});
