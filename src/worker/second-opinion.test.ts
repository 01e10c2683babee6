import { describe, expect, it, vi } from 'vitest';
import { createSecondOpinion, type OpinionWorker } from './second-opinion.ts';
import type { Opinion, OpinionRequest } from './second-opinion-protocol.ts';

function manual(answer: (request: OpinionRequest) => Opinion | undefined) {
  let made = 0;
  let ended = 0;
  const spawn = (): OpinionWorker => {
    made += 1;
    const worker: OpinionWorker = {
      onmessage: null,
      onerror: null,
      terminate: () => {
        ended += 1;
      },
      postMessage: (request) => {
        const opinion = answer(request);
        if (opinion !== undefined) queueMicrotask(() => worker.onmessage?.({ data: { id: request.id, opinion } }));
      },
    };
    return worker;
  };
  return { spawn, counts: () => [made, ended] };
}

describe('a second opinion', () => {
  it('is given statement by statement, by one worker', async () => {
    const { spawn, counts } = manual(({ text }) =>
      text === 'x' ? { says: 'fine' } : { says: 'wrong', message: 'no', position: 2 },
    );
    const second = createSecondOpinion(spawn);
    expect(await Promise.all([second.ask('mysql', 'x', 0), second.ask('mysql', 'y', 0)])).toEqual([
      { says: 'fine' },
      { says: 'wrong', message: 'no', position: 2 },
    ]);
    expect(counts()).toEqual([1, 0]);
    second.dispose();
    expect(counts()).toEqual([1, 1]);
  });

  it('is none when it takes too long, and the next question starts anew', async () => {
    vi.useFakeTimers();
    const { spawn, counts } = manual(({ text }) => (text === 'slow' ? undefined : { says: 'fine' }));
    const second = createSecondOpinion(spawn, 100);
    const slow = second.ask('mssql', 'slow', 0);
    await vi.advanceTimersByTimeAsync(101);
    expect(await slow).toEqual({ says: 'none' });
    const next = second.ask('mssql', 'quick', 0);
    await vi.advanceTimersByTimeAsync(1);
    expect(await next).toEqual({ says: 'fine' });
    expect(counts()).toEqual([2, 1]);
    vi.useRealTimers();
  });
});
