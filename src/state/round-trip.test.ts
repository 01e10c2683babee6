import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RoundTrip } from '#engine/sql/round-trip.ts';
import { ok, type Result } from '#lib/result.ts';
import { emptyDocument } from '#model/create.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import { documentStore, load, run, undo } from './document.ts';
import { resultsStore } from './results.ts';
import { REST, startRoundTrip } from './round-trip.ts';

const SAME: RoundTrip = { compared: 1, different: 0, differences: [] };

interface Asked {
  readonly document: Document;
  readonly signal: AbortSignal;
  readonly answer: (result: Result<RoundTrip>) => void;
}

let asked: Asked[];
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  load(emptyDocument('x'));
  resultsStore.setState({ roundTrip: undefined });
  stop = startRoundTrip(
    (document, signal) =>
      new Promise((answer) => {
        asked.push({ document, signal, answer });
      }),
  );
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

function addTable(name: string): void {
  const done = run({ name: 'addTable', args: { table: { name } } });
  if (!done.ok) throw new Error(done.problem.message);
}

async function rest(): Promise<void> {
  await vi.advanceTimersByTimeAsync(REST + 1);
}

const shown = () => resultsStore.getState().roundTrip;

describe('the round trip of the open document', () => {
  it('is looked at once the model has rested, and said with the revision it is of', async () => {
    addTable('a');
    await vi.advanceTimersByTimeAsync(REST - 10);
    addTable('b');
    await vi.advanceTimersByTimeAsync(REST - 10);
    expect(asked).toHaveLength(0);
    await rest();
    expect(asked).toHaveLength(1);
    expect(asked[0]?.document).toBe(documentStore.getState().document);
    expect(shown()).toBeUndefined();
    asked[0]?.answer(ok(SAME));
    await vi.advanceTimersByTimeAsync(0);
    expect(shown()).toEqual({ revision: documentStore.getState().revision, ...SAME });
  });

  it('is forgotten at the next edit, and work on it is ended', async () => {
    addTable('a');
    await rest();
    asked[0]?.answer(ok(SAME));
    await vi.advanceTimersByTimeAsync(0);
    addTable('b');
    expect(shown()).toBeUndefined();
    await rest();
    undo();
    expect(asked[1]?.signal.aborted).toBe(true);
    asked[1]?.answer(ok(SAME));
    await vi.advanceTimersByTimeAsync(0);
    expect(shown()).toBeUndefined();
    await rest();
    expect(asked).toHaveLength(3);
  });

  it('does not follow what the DDL does not say, nor look at an empty model', async () => {
    await rest();
    expect(asked).toHaveLength(0);
    addTable('a');
    await rest();
    asked[0]?.answer(ok(SAME));
    await vi.advanceTimersByTimeAsync(0);
    const done = run({
      name: 'addArea',
      args: { record: { diagram: MAIN_DIAGRAM, name: 'A', x: 0, y: 0, width: 10, height: 10, tint: 1 } },
    });
    expect(done.ok).toBe(true);
    expect(shown()).toMatchObject(SAME);
    await rest();
    expect(asked).toHaveLength(1);
  });

  it('says nothing when it could not be looked at', async () => {
    addTable('a');
    await rest();
    asked[0]?.answer({ ok: false, problem: { code: 'job-failed', message: 'ended' } });
    await vi.advanceTimersByTimeAsync(0);
    expect(shown()).toBeUndefined();
  });
});
