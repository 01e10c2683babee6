import { describe, expect, it, vi } from 'vitest';
import { type FindReply, type FindRequest, type FindWorker, replaceByRegex } from './find-client.ts';

/** A worker that answers with what it is told to, or never. */
function worker(answer: (request: FindRequest) => FindReply | undefined): { spawn: () => FindWorker; ended: () => number } {
  let ended = 0;
  const spawn = (): FindWorker => {
    const one: FindWorker = {
      onmessage: null,
      onerror: null,
      terminate: () => {
        ended += 1;
      },
      postMessage: (request) => {
        const reply = answer(request);
        if (reply !== undefined) queueMicrotask(() => one.onmessage?.({ data: reply }));
      },
    };
    return one;
  };
  return { spawn, ended: () => ended };
}

const REQUEST: FindRequest = { find: 'a', flags: 'gu', replace: 'b', names: ['a'] };

describe('replacing by a regular expression', () => {
  it('gives the names that the worker makes, and ends it', async () => {
    const { spawn, ended } = worker(() => ({ ok: true, names: ['b'] }));
    expect(await replaceByRegex(spawn, REQUEST)).toEqual({ ok: true, value: ['b'] });
    expect(ended()).toBe(1);
  });

  it('says what is wrong with an expression', async () => {
    const { spawn } = worker(() => ({ ok: false, message: 'Unterminated group' }));
    expect(await replaceByRegex(spawn, REQUEST)).toMatchObject({
      ok: false,
      problem: { code: 'regex-wrong', message: expect.stringContaining('Unterminated group') },
    });
  });

  it('ends a worker that does not answer in time', async () => {
    vi.useFakeTimers();
    const { spawn, ended } = worker(() => undefined);
    const result = replaceByRegex(spawn, REQUEST, 500);
    await vi.advanceTimersByTimeAsync(499);
    expect(ended()).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(await result).toMatchObject({ ok: false, problem: { code: 'regex-slow' } });
    expect(ended()).toBe(1);
    vi.useRealTimers();
  });

  it('says when the worker breaks', async () => {
    const { spawn } = worker(() => undefined);
    let made: FindWorker | undefined;
    const result = replaceByRegex(() => {
      made = spawn();
      return made;
    }, REQUEST);
    made?.onerror?.({ message: 'gone' });
    expect(await result).toMatchObject({ ok: false, problem: { code: 'regex-failed' } });
  });
});
