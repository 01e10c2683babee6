import { describe, expect, it } from 'vitest';
import { emptyDocument } from '#model/create.ts';
import { createJobs, type JobsWorker } from './jobs-client.ts';
import type { FromJobs } from './jobs-protocol.ts';

function manual() {
  const made: (JobsWorker & { ended: boolean })[] = [];
  const spawn = () => {
    const worker: (typeof made)[number] = {
      ended: false,
      onmessage: null,
      onerror: null,
      postMessage: () => {},
      terminate: () => {
        worker.ended = true;
      },
    };
    made.push(worker);
    return worker;
  };
  return { made, spawn, say: (data: FromJobs) => made.at(-1)?.onmessage?.({ data }) };
}

const READ = {
  document: emptyDocument('x'),
  receipt: { counts: { modelled: 0, residue: 0, verbatim: 0, skipped: 0, error: 0 }, statements: [], lost: [] },
};

describe('jobs', () => {
  it('give what was read, with progress, and keep the worker', async () => {
    const { made, spawn, say } = manual();
    const jobs = createJobs(spawn);
    const heard: number[] = [];
    const job = jobs.runImport([], { dialect: 'postgresql' }, (done) => heard.push(done), new AbortController().signal);
    say({ kind: 'progress', id: 99, done: 1, what: 'of another job' });
    say({ kind: 'progress', id: 1, done: 0.5, what: 'Reading' });
    say({ kind: 'imported', id: 1, result: { ok: true, value: READ } });
    expect(await job).toEqual({ ok: true, value: READ });
    expect(heard).toEqual([0.5]);
    const next = jobs.runImport([], { dialect: 'postgresql' }, () => {}, new AbortController().signal);
    say({ kind: 'imported', id: 2, result: { ok: true, value: READ } });
    await next;
    expect(made).toHaveLength(1);
  });

  it('end the worker when cancelled, and start another for the next job', async () => {
    const { made, spawn, say } = manual();
    const jobs = createJobs(spawn);
    const control = new AbortController();
    const job = jobs.runImport([], { dialect: 'postgresql' }, () => {}, control.signal);
    control.abort();
    expect(await job).toMatchObject({ ok: false, problem: { code: 'stopped' } });
    expect(made[0]?.ended).toBe(true);
    const next = jobs.runImport([], { dialect: 'postgresql' }, () => {}, new AbortController().signal);
    say({ kind: 'imported', id: 2, result: { ok: true, value: READ } });
    expect(await next).toMatchObject({ ok: true });
  });

  it('say that the reader stopped where no worker can be made, and try again with the next job', async () => {
    const { spawn, say } = manual();
    let refuse = true;
    const jobs = createJobs(() => {
      if (refuse) throw new Error('workers are forbidden here');
      return spawn();
    });
    const start = () => jobs.runImport([], { dialect: 'postgresql' }, () => {}, new AbortController().signal);
    const refused = await start();
    expect(refused).toMatchObject({ ok: false, problem: { code: 'job-failed' } });
    expect(refused.ok ? '' : refused.problem.message).toContain('workers are forbidden here');
    refuse = false;
    const next = start();
    say({ kind: 'imported', id: 2, result: { ok: true, value: READ } });
    expect(await next).toMatchObject({ ok: true });
  });

  it('say that the reader stopped when its worker dies', async () => {
    const { made, spawn } = manual();
    const job = createJobs(spawn).runImport([], { dialect: 'postgresql' }, () => {}, new AbortController().signal);
    made[0]?.onerror?.({ message: 'out of memory' });
    expect(await job).toMatchObject({
      ok: false,
      problem: { code: 'job-failed', message: expect.stringContaining('out of memory') },
    });
  });

  it('give what came of a round trip', async () => {
    const { spawn, say } = manual();
    const job = createJobs(spawn).runRoundTrip(emptyDocument('x'), new AbortController().signal);
    const result = { ok: true as const, value: { compared: 2, different: 1, differences: [{ label: 't', what: ['changed'] }] } };
    say({ kind: 'roundTrip', id: 1, result });
    expect(await job).toEqual(result);
  });

  it('end a search for advice with what it has when that is enough', async () => {
    const { made, spawn, say } = manual();
    const sent: unknown[] = [];
    const jobs = createJobs(() => {
      const worker = spawn();
      worker.postMessage = (message) => void sent.push(message);
      return worker;
    });
    const enough = new AbortController();
    const request = { document: emptyDocument('x'), options: {}, why: 'no planner' };
    const job = jobs.runAdvice(request, () => {}, new AbortController().signal, enough.signal);
    enough.abort();
    expect(sent.at(-1)).toEqual({ kind: 'enough', id: 0, job: 1 });
    const result = { ok: false as const, problem: { code: 'x', message: 'y' } };
    say({ kind: 'advised', id: 1, result });
    expect(await job).toEqual(result);
    expect(made[0]?.ended).toBe(false);
    const weighed = jobs.runWeigh(['a'], new AbortController().signal);
    say({ kind: 'weighed', id: 2, result });
    expect(await weighed).toEqual(result);
    const gone = new AbortController();
    const abandoned = jobs.runWeigh(['b'], gone.signal);
    gone.abort();
    expect(await abandoned).toMatchObject({ ok: false, problem: { code: 'stopped' } });
    expect(made[0]?.ended).toBe(false);
  });
});
