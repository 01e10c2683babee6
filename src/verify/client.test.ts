import { describe, expect, it } from 'vitest';
import type { IndexAdvice } from '#engine/indexes/advise/advice.ts';
import { emptyDocument } from '#model/create.ts';
import { createVerifier, type VerifierLike } from './client.ts';
import type { FromVerifier, ToVerifier } from './protocol.ts';

/** A worker whose answers the test gives. */
function manual() {
  const made: (VerifierLike & { sent: ToVerifier[]; ended: boolean })[] = [];
  const spawn = () => {
    const worker: (typeof made)[number] = {
      sent: [],
      ended: false,
      onmessage: null,
      onerror: null,
      postMessage: (message) => worker.sent.push(message),
      terminate: () => {
        worker.ended = true;
      },
    };
    made.push(worker);
    return worker;
  };
  const say = (data: FromVerifier) => made.at(-1)?.onmessage?.({ data });
  return { made, spawn, say };
}

const request = (signal = new AbortController().signal, onProgress = (_done: number, _what: string) => {}) => ({
  dialect: 'postgresql' as const,
  statements: [],
  onProgress,
  signal,
});

describe('the verifier', () => {
  it('starts its worker with the first check and keeps it for the next', async () => {
    const { made, spawn, say } = manual();
    const verifier = createVerifier(spawn, 'http://x/cluster');
    expect(made).toHaveLength(0);
    const first = verifier.check(request());
    say({ kind: 'checked', id: 1, outcome: { version: '18.6', errors: [] }, ms: 1 });
    expect(await first).toEqual({ ok: true, value: { version: '18.6', errors: [] } });
    const second = verifier.check(request());
    say({ kind: 'checked', id: 2, outcome: { version: '18.6', errors: [] }, ms: 1 });
    await second;
    expect(made).toHaveLength(1);
  });

  it('says how far it is, and ends the worker when cancelled', async () => {
    const { made, spawn, say } = manual();
    const control = new AbortController();
    const heard: string[] = [];
    const check = createVerifier(spawn, 'x').check(request(control.signal, (_done, what) => heard.push(what)));
    say({ kind: 'progress', id: 1, done: 0.5, what: 'Statement 1 of 2' });
    control.abort();
    expect(await check).toMatchObject({ ok: false, problem: { code: 'cancelled' } });
    expect(heard).toEqual(['Statement 1 of 2']);
    expect(made[0]?.ended).toBe(true);
  });

  it('answers two that wait at once, each its own', async () => {
    const { made, spawn, say } = manual();
    const verifier = createVerifier(spawn, 'x');
    const control = new AbortController();
    const [first, second] = [verifier.check(request()), verifier.check(request())];
    const third = verifier.check(request(control.signal));
    say({ kind: 'checked', id: 2, outcome: { version: 'two', errors: [] }, ms: 1 });
    expect(await second).toMatchObject({ value: { version: 'two' } });
    control.abort();
    expect(await third).toMatchObject({ problem: { code: 'cancelled' } });
    expect(await first).toMatchObject({ problem: { code: 'engine-unavailable', message: expect.stringContaining('cancelled') } });
    expect(made).toHaveLength(1);
  });

  it('tries a decomposition, and gives what came of it', async () => {
    const { made, spawn, say } = manual();
    const rejoining = { query: '', columns: [], table: 't', row: '' };
    const trial = { dialect: 'postgresql', schema: [], rows: [], change: { forward: [], back: [] }, rejoining } as const;
    const tried = createVerifier(spawn, 'x').tryDecomposition({ ...request(), trial });
    expect(made[0]?.sent).toEqual([{ kind: 'try', id: 1, trial, dataDirectory: 'x' }]);
    const outcome = { dialect: 'postgresql', version: '18', errors: [], rows: 0, refused: 0 } as const;
    say({ kind: 'tried', id: 1, outcome });
    expect(await tried).toEqual({ ok: true, value: outcome });
  });

  it('says why PostgreSQL is not available, and tries anew the next time', async () => {
    const { made, spawn, say } = manual();
    const verifier = createVerifier(spawn, 'x');
    const first = verifier.check(request());
    say({ kind: 'failed', id: 1, message: 'out of memory' });
    expect(await first).toMatchObject({
      ok: false,
      problem: { code: 'engine-unavailable', message: expect.stringContaining('out of memory') },
    });
    const second = verifier.check(request());
    made[1]?.onerror?.({ message: 'blocked' });
    expect(await second).toMatchObject({ ok: false, problem: { code: 'engine-unavailable' } });
  });

  it('reads rows from the database that was opened, and says which query was refused', async () => {
    const { made, spawn, say } = manual();
    const verifier = createVerifier(spawn, 'x');
    const { onProgress, signal } = request();
    const read = (id: number, results: (FromVerifier & { kind: 'rows' })['results']) => {
      const reading = verifier.readRows({ queries: ['TABLE a'], most: 5, onProgress, signal });
      say({ kind: 'rows', id, results });
      return reading;
    };
    const text = { text: 'a\n"1"\n', rows: 1, more: false };
    expect(await read(1, [text])).toEqual({ ok: true, value: [text] });
    expect(made[0]?.sent[0]).toMatchObject({ kind: 'read', queries: ['TABLE a'], most: 5 });
    expect(await read(2, [text, { problem: 'no such table: b' }])).toMatchObject({
      ok: false,
      problem: { code: 'query-refused', message: 'The database refused it: no such table: b' },
    });
    verifier.close();
    expect(made[0]?.ended).toBe(true);
  });

  const scenario = { indexes: [], reads: 1, writes: 0, bytes: 0, queries: [] };
  const advice: IndexAdvice = {
    basis: { kind: 'planner', version: '18.6' },
    queries: [],
    left: [],
    indexes: [],
    losers: [],
    refused: [],
    none: scenario,
    now: scenario,
    advised: scenario,
    bound: 1,
    complete: true,
    asked: 3,
  };

  it('advises, stops with what there is when asked to, and weighs sets afterwards', async () => {
    const { made, spawn, say } = manual();
    const verifier = createVerifier(spawn, 'x');
    const { onProgress, signal } = request();
    const stop = new AbortController();
    const document = emptyDocument();
    const advising = verifier.adviseIndexes({ document, options: { budget: 5 }, stop: stop.signal, onProgress, signal });
    expect(made[0]?.sent).toEqual([{ kind: 'advise', id: 1, request: { document, options: { budget: 5 } }, dataDirectory: 'x' }]);
    stop.abort();
    expect(made[0]?.sent.at(-1)).toMatchObject({ kind: 'stop', job: 1 });
    say({ kind: 'advised', id: 1, advice: { ok: true, value: advice } });
    expect(await advising).toEqual({ ok: true, value: advice });
    const weighing = verifier.weighIndexes({ indexes: ['a'], onProgress, signal });
    expect(made[0]?.sent.at(-1)).toMatchObject({ kind: 'weigh', indexes: ['a'] });
    say({ kind: 'weighed', id: 2, scenario: { ok: true, value: scenario } });
    expect(await weighing).toEqual({ ok: true, value: scenario });
  });

  it('ends the worker when advice is cancelled, but not when a plan is no longer wanted', async () => {
    const { made, spawn, say } = manual();
    const verifier = createVerifier(spawn, 'x');
    const { onProgress } = request();
    const document = emptyDocument();
    const first = new AbortController();
    const planning = verifier.planQuery({ document, sql: 'SELECT 1', onProgress, signal: first.signal });
    first.abort();
    expect(await planning).toMatchObject({ ok: false, problem: { code: 'cancelled' } });
    expect(made[0]?.ended).toBe(false);
    const second = new AbortController();
    const advising = verifier.adviseIndexes({ document, options: {}, onProgress, signal: second.signal });
    second.abort();
    expect(await advising).toMatchObject({ ok: false, problem: { code: 'cancelled' } });
    expect(made[0]?.ended).toBe(true);
    say({ kind: 'advised', id: 2, advice: { ok: true, value: advice } });
    expect(made).toHaveLength(1);
  });

  it('proves advice on generated rows, and ends the worker when that is cancelled', async () => {
    const { made, spawn, say } = manual();
    const verifier = createVerifier(spawn, 'x');
    const { onProgress, signal } = request();
    const document = emptyDocument();
    const proof = { version: '18.6', sets: [], queries: [], sample: [], left: [] };
    const measuring = verifier.measureIndexes({ document, advice, rows: 1000, onProgress, signal });
    expect(made[0]?.sent).toEqual([{ kind: 'measure', id: 1, request: { document, advice, rows: 1000 }, dataDirectory: 'x' }]);
    say({ kind: 'measured', id: 1, proof: { ok: true, value: proof } });
    expect(await measuring).toEqual({ ok: true, value: proof });
    const cancel = new AbortController();
    const again = verifier.measureIndexes({ document, advice, onProgress, signal: cancel.signal });
    cancel.abort();
    expect(await again).toMatchObject({ ok: false, problem: { code: 'cancelled' } });
    expect(made[0]?.ended).toBe(true);
  });

  it('sends the document with a query when the planner is not open on it', async () => {
    const { made, spawn, say } = manual();
    const verifier = createVerifier(spawn, 'x');
    const { onProgress, signal } = request();
    const document = emptyDocument();
    const sent = () => made.at(-1)?.sent.at(-1) as ToVerifier & { kind: 'plan' };
    const plan = async (of: typeof document, id: number) => {
      const planning = verifier.planQuery({ document: of, sql: 'SELECT 1', onProgress, signal });
      say({ kind: 'planned', id, planned: { ok: false, problem: { code: 'planner-42601', message: 'no' } } });
      expect(await planning).toMatchObject({ problem: { code: 'planner-42601' } });
    };
    await plan(document, 1);
    expect(sent().request.document).toBe(document);
    await plan(document, 2);
    expect(sent().request.document).toBeUndefined();
    const edited = { ...document };
    await plan(edited, 3);
    expect(sent().request.document).toBe(edited);
    verifier.close();
    await plan(edited, 4);
    expect(sent().request.document).toBe(edited);
  });
});
