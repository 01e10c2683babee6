import { describe, expect, it } from 'vitest';
import { Newest } from './newest.ts';

describe('work of which the newest run counts', () => {
  it('calls a run off when the next begins', () => {
    const work = new Newest();
    const first = work.begin();
    expect([first.counts(), first.signal.aborted]).toEqual([true, false]);
    const second = work.begin();
    expect([first.counts(), first.signal.aborted]).toEqual([false, true]);
    expect([second.counts(), second.signal.aborted]).toEqual([true, false]);
  });

  it('says at its end whether it counted, and an old run does not end a new one', () => {
    const work = new Newest();
    const first = work.begin();
    const second = work.begin();
    expect(first.end()).toBe(false);
    expect(second.counts()).toBe(true);
    expect(second.end()).toBe(true);
    expect([second.counts(), second.end(), second.signal.aborted]).toEqual([false, false, false]);
  });

  it('is called off without another', () => {
    const work = new Newest();
    work.callOff();
    const run = work.begin();
    work.callOff();
    expect([run.counts(), run.signal.aborted, run.end()]).toEqual([false, true, false]);
  });
});
