import { beforeEach, describe, expect, it } from 'vitest';
import type { Survey } from '#engine/discover/survey.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { DiscoverJob } from '#worker/jobs-protocol.ts';
import {
  cancelSearch,
  discoverStore,
  leaveDiscover,
  openDiscover,
  readAs,
  refuseData,
  searchAgain,
  searchData,
} from './discover.ts';
import { provide } from './services.ts';
import { viewStore } from './view.ts';

const SURVEY: Survey = { tables: [], foreignKeys: [], foreignKeysComplete: true };
const GIVEN = { files: [{ name: 'a.csv', text: 'a,b' }], nulls: 'equal' as const, onto: 't' };

/** A search that is answered by hand. */
function manual() {
  const asked: { files: unknown; job: DiscoverJob; signal: AbortSignal; say: (done: number, what: string) => void }[] = [];
  const answers: ((result: Result<Survey>) => void)[] = [];
  provide('discover', (files, job, say, signal) => {
    asked.push({ files, job, signal, say });
    return new Promise((resolve) => answers.push(resolve));
  });
  return { asked, answers };
}

const now = () => discoverStore.getState().discover;

describe('looking at data', () => {
  beforeEach(() => leaveDiscover());

  it('shows progress and then what was found, in the types of the document', async () => {
    const { asked, answers } = manual();
    openDiscover('t');
    expect(viewStore.getState().dialog).toBe('discover');
    const search = searchData(GIVEN);
    asked[0]?.say(0.5, 'looking');
    expect(now()).toMatchObject({ stage: 'searching', done: 0.5, what: 'looking' });
    expect(asked[0]?.job).toMatchObject({ dialect: 'postgresql', nulls: 'equal' });
    answers[0]?.(ok(SURVEY));
    await search;
    expect(now()).toMatchObject({ stage: 'found', given: { onto: 't' }, survey: SURVEY });
  });

  it('says why it could not be read, and still knows the table', async () => {
    const { answers } = manual();
    const search = searchData(GIVEN);
    answers[0]?.(err('no-rows', 'a.csv: line 1'));
    await search;
    expect(now()).toMatchObject({ stage: 'choose', onto: 't', problem: { message: 'a.csv: line 1' } });
  });

  it('is stopped for good: a late answer changes nothing', async () => {
    const { asked, answers } = manual();
    const search = searchData(GIVEN);
    cancelSearch();
    expect(asked[0]?.signal.aborted).toBe(true);
    answers[0]?.(ok(SURVEY));
    asked[0]?.say(1, 'late');
    await search;
    expect(now()).toMatchObject({ stage: 'choose', problem: { code: 'stopped' } });
  });

  it('goes back to what was found before when another look is stopped or fails', async () => {
    const { asked, answers } = manual();
    const first = searchData(GIVEN);
    answers[0]?.(ok(SURVEY));
    await first;
    searchAgain({ nulls: 'distinct' });
    expect(asked[1]?.job.nulls).toBe('distinct');
    cancelSearch();
    expect(now()).toMatchObject({ stage: 'found', given: { nulls: 'equal' }, problem: { code: 'stopped' } });
    readAs(0, { separator: ';' });
    expect(asked[2]?.files).toEqual([{ name: 'a.csv', text: 'a,b', read: { separator: ';' } }]);
    answers[2]?.(err('no-rows', 'none'));
    await Promise.resolve();
    await Promise.resolve();
    expect(now()).toMatchObject({ stage: 'found', problem: { message: 'none' }, survey: SURVEY });
    refuseData({ code: 'x', message: 'that file' });
    expect(now()).toMatchObject({ stage: 'found', problem: { message: 'that file' } });
  });

  it('follows the last of several looks', async () => {
    const { asked, answers } = manual();
    const one = searchData(GIVEN);
    const two = searchData({ ...GIVEN, maxLeft: 2 });
    expect(asked[0]?.signal.aborted).toBe(true);
    answers[1]?.(ok(SURVEY));
    answers[0]?.(err('x', 'x'));
    await Promise.all([one, two]);
    expect(now()).toMatchObject({ stage: 'found', given: { maxLeft: 2 } });
  });

  it('ends the search with the dialog', () => {
    const { asked } = manual();
    void searchData(GIVEN);
    leaveDiscover();
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(viewStore.getState().dialog).toBeUndefined();
  });
});
