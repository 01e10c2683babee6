import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Problem, Result } from '#lib/result.ts';
import { emptyDocument } from '#model/create.ts';
import type { Diff } from '#model/diff.ts';
import { EMPTY_HISTORY } from '#model/history.ts';
import { Autosave, RETRY_DELAYS, SAVE_DELAY } from './session-save.ts';

const edit = (id: string): Diff => [{ collection: 'diagrams', id, to: { id, name: id } }];
const QUOTA: Result<void> = { ok: false, problem: { code: 'quota', message: 'full' } };
const SAVED: Result<void> = { ok: true, value: undefined };

/** An autosave whose store answers when the test says so. */
function rig(): { autosave: Autosave; saves: string[][]; reports: string[]; answer: (result: Result<void>) => Promise<void> } {
  const saves: string[][] = [];
  const reports: string[] = [];
  let answer: (result: Result<void>) => void = () => {};
  const autosave = new Autosave({
    save: ({ diff }) => {
      saves.push(diff.map((one) => one.id));
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
    current: () => ({ document: emptyDocument(), history: EMPTY_HISTORY }),
    report: (state: 'saving' | 'saved' | Problem) => reports.push(typeof state === 'string' ? state : state.code),
    now: () => 0,
  });
  return {
    autosave,
    saves,
    reports,
    answer: async (result) => {
      answer(result);
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('autosave', () => {
  it('begins well within 300 ms of an edit, however many follow it', async () => {
    const { autosave, saves, reports, answer } = rig();
    for (let n = 0; n < 10; n++) {
      autosave.edited(edit(`e${n}`));
      await vi.advanceTimersByTimeAsync(SAVE_DELAY / 10);
    }
    expect(SAVE_DELAY).toBeLessThanOrEqual(150);
    expect(saves).toHaveLength(1);
    expect(saves[0]).toHaveLength(10);
    expect(reports).toEqual(['saving']);
    await answer(SAVED);
    expect(reports).toEqual(['saving', 'saved']);
  });

  it('runs one save at a time, and says saved only when nothing is pending', async () => {
    const { autosave, saves, reports, answer } = rig();
    autosave.edited(edit('a'));
    await vi.advanceTimersByTimeAsync(SAVE_DELAY);
    autosave.edited(edit('b'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(saves).toEqual([['a']]);
    await answer(SAVED);
    expect(reports.at(-1)).toBe('saving');
    await vi.advanceTimersByTimeAsync(SAVE_DELAY);
    expect(saves).toEqual([['a'], ['b']]);
    await answer(SAVED);
    expect(reports.at(-1)).toBe('saved');
    expect(autosave.dirty).toBe(false);
  });

  it('tries what failed again, with what came since, ever more patiently', async () => {
    const { autosave, saves, reports, answer } = rig();
    autosave.edited(edit('a'));
    await vi.advanceTimersByTimeAsync(SAVE_DELAY);
    await answer(QUOTA);
    expect(reports.at(-1)).toBe('quota');
    autosave.edited(edit('b'));
    await vi.advanceTimersByTimeAsync(RETRY_DELAYS[0]);
    expect(saves).toEqual([['a'], ['a', 'b']]);
    await answer(QUOTA);
    await vi.advanceTimersByTimeAsync(RETRY_DELAYS[1] - 1);
    expect(saves).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(saves[2]).toEqual(['a', 'b']);
    await answer(SAVED);
    expect(reports.at(-1)).toBe('saved');
    expect(autosave.dirty).toBe(false);
  });

  it('flush stores at once, after the save that runs', async () => {
    const { autosave, saves, answer } = rig();
    autosave.edited(edit('a'));
    await vi.advanceTimersByTimeAsync(SAVE_DELAY);
    autosave.edited(edit('b'));
    const flushed = autosave.flush();
    await answer(SAVED);
    expect(saves).toEqual([['a'], ['b']]);
    await answer(SAVED);
    expect(await flushed).toEqual(SAVED);
    expect(await autosave.flush()).toEqual(SAVED);
    expect(saves).toHaveLength(2);
  });

  it('what was made and undone before a save still stores the history', async () => {
    const { autosave, saves, answer } = rig();
    autosave.edited([{ collection: 'diagrams', id: 'a', to: { id: 'a', name: 'a' } }]);
    autosave.edited([{ collection: 'diagrams', id: 'a', from: { id: 'a', name: 'a' } }]);
    await vi.advanceTimersByTimeAsync(SAVE_DELAY);
    expect(saves).toEqual([[]]);
    await answer(SAVED);
  });

  it('a stopped one stores nothing more', async () => {
    const { autosave, saves } = rig();
    autosave.edited(edit('a'));
    autosave.stop();
    autosave.edited(edit('b'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(saves).toEqual([]);
  });
});
