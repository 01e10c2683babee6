import { beforeEach, describe, expect, it } from 'vitest';
import type { IndexAdvice, Scenario } from '#engine/indexes/advise/advice.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { Document } from '#model/types.ts';
import { sampleAdvice, sampleDocument } from '../../test/advice-sample.ts';
import {
  adviceStore,
  beginOwn,
  cancelAdvice,
  changesSince,
  countQuery,
  runAdvice,
  setAdvice,
  stopAdvice,
  take,
  toggleOwn,
} from './advice.ts';
import type { AdviceWatch } from './advice-types.ts';
import { documentStore, load, run, undo } from './document.ts';
import { provide } from './services.ts';
import { waitingStore } from './waiting.ts';

/** An adviser that is answered by hand. */
function manual() {
  const asked: { document: Document; indexes?: readonly string[]; watch: AdviceWatch; answer: (result: Result<never>) => void }[] =
    [];
  const ask = <T>(document: Document, indexes: readonly string[] | undefined, watch: AdviceWatch) =>
    new Promise<Result<T>>((resolve) => {
      asked.push({ document, watch, answer: resolve as never, ...(indexes === undefined ? {} : { indexes }) });
    });
  provide('adviser', {
    advise: (document, _, watch) => ask<IndexAdvice>(document, undefined, watch),
    weigh: ({ weighed }, indexes, watch) => ask<Scenario>(weighed, indexes, watch),
  });
  return {
    asked,
    answer: (at: number, result: Result<IndexAdvice> | Result<Scenario>) => asked[at]?.answer(result as Result<never>),
  };
}

const now = () => adviceStore.getState();
const open = () => documentStore.getState().document;

async function advised() {
  const hand = manual();
  const work = runAdvice();
  hand.answer(0, ok(sampleAdvice(open())));
  await work;
  return hand;
}

function edit(name: string): void {
  const orders = Object.values(open().tables).find((one) => one.columns.some((column) => column.name === 'placed_at'));
  const ran = run({ name: 'setTable', args: { id: orders?.id ?? '', patch: { name } } });
  if (!ran.ok) throw new Error(ran.problem.message);
}

describe('advice', () => {
  beforeEach(async () => load(await sampleDocument()));

  it('says how far it is, then shows what was found with all of it taken', async () => {
    const { asked, answer } = manual();
    const work = runAdvice();
    expect(now().working).toMatchObject({ done: 0, stopping: false });
    asked[0]?.watch.onProgress(0.4, 'Asking for plans');
    expect(now().working).toMatchObject({ done: 0.4, what: 'Asking for plans' });
    answer(0, ok(sampleAdvice(open())));
    await work;
    expect(now().working).toBeUndefined();
    expect([...now().taken]).toEqual(['new_1', 'new_2', 'public.orders_state']);
    expect(waitingStore.getState().advice).toBe(3);
  });

  it('keeps what there was when a later run fails, and says why', async () => {
    await advised();
    const { answer } = manual();
    const work = runAdvice();
    answer(0, err('engine-unavailable', 'PostgreSQL could not be started here.'));
    await work;
    expect(now().problem?.code).toBe('engine-unavailable');
    expect(now().advised?.advice.indexes).toHaveLength(5);
  });

  it('stops with the best so far', async () => {
    const { asked, answer } = manual();
    const work = runAdvice();
    stopAdvice();
    expect(asked[0]?.watch.enough.aborted).toBe(true);
    expect(asked[0]?.watch.signal.aborted).toBe(false);
    expect(now().working?.stopping).toBe(true);
    answer(0, ok({ ...sampleAdvice(open()), complete: false, reason: 'it was stopped' }));
    await work;
    expect(now().advised?.advice.complete).toBe(false);
  });

  it('is called off for good: a late answer changes nothing', async () => {
    const { asked, answer } = manual();
    const work = runAdvice();
    cancelAdvice();
    expect(asked[0]?.watch.signal.aborted).toBe(true);
    answer(0, ok(sampleAdvice(open())));
    await work;
    expect(now()).toMatchObject({ advised: undefined, working: undefined });
  });

  it('leaves queries out of the weighing, and counts them again', async () => {
    countQuery('qry_1', false);
    countQuery('qry_2', false);
    countQuery('qry_2', true);
    const { asked, answer } = manual();
    const work = runAdvice();
    expect(Object.keys(asked[0]?.document.queries ?? {})).toEqual(['qry_2', 'qry_3', 'qry_4']);
    answer(0, ok(sampleAdvice(open())));
    await work;
    expect(now().advised?.of).toBe(open());
  });

  it('is out of date after edits, and again good when they are taken back', async () => {
    await advised();
    edit('purchases');
    edit('sales');
    expect(changesSince(now().advised?.of ?? open(), open())).toBe(1);
    expect(waitingStore.getState().advice).toBe(0);
    undo();
    undo();
    expect(changesSince(now().advised?.of ?? open(), open())).toBe(0);
    expect(waitingStore.getState().advice).toBe(3);
  });

  it('is forgotten with its document', async () => {
    await advised();
    setAdvice({ budget: 5e8 });
    const { asked } = manual();
    void runAdvice();
    load(await sampleDocument());
    expect(asked[0]?.watch.signal.aborted).toBe(true);
    expect(now()).toMatchObject({ advised: undefined, working: undefined, settings: { writePenalty: 1, leftOut: [] } });
    expect(now().settings.budget).toBeUndefined();
  });

  it('takes and leaves single indexes', async () => {
    await advised();
    take('new_2', false);
    expect([...now().taken]).toEqual(['new_1', 'public.orders_state']);
    take('new_2', true);
    expect(now().taken.has('new_2')).toBe(true);
  });
});

describe('an own set', () => {
  beforeEach(async () => load(await sampleDocument()));

  it('begins as another set and is weighed on each change; only the last answer counts', async () => {
    const { asked, answer } = await advised();
    beginOwn('now');
    expect([...(now().own?.indexes ?? [])]).toEqual(['public.orders_state', 'public.orders_placed']);
    expect(now().own?.scenario).toBe(now().advised?.advice.now);
    const first = toggleOwn('new_1', true);
    expect(now().own?.busy).toBe(true);
    const second = toggleOwn('public.orders_state', false);
    expect(asked[1]?.watch.signal.aborted).toBe(true);
    const scenario = { ...sampleAdvice(open()).advised, reads: 7 };
    answer(2, ok(scenario));
    answer(1, ok({ ...scenario, reads: 9 }));
    await Promise.all([first, second]);
    expect([...(now().own?.indexes ?? [])]).toEqual(['public.orders_placed', 'new_1']);
    expect(now().own).toMatchObject({ busy: false, scenario: { reads: 7 } });
  });

  it('begins from the advice when something is toggled first', async () => {
    const { asked, answer } = await advised();
    const work = toggleOwn('lost_1', true);
    expect(asked[1]?.indexes).toEqual(['new_1', 'new_2', 'public.orders_placed', 'lost_1']);
    answer(1, err('cancelled', 'The weighing was cancelled.'));
    await work;
    expect(now().own).toMatchObject({ busy: false, problem: { code: 'cancelled' } });
  });

  it('goes on being weighed by the advice that stands when a further run came to nothing', async () => {
    const { asked, answer } = await advised();
    const stands = now().advised;
    const toggled = toggleOwn('lost_1', true);
    const again = runAdvice();
    expect(asked[1]?.watch.signal.aborted).toBe(true);
    answer(1, err('cancelled', 'The weighing was cancelled.'));
    await toggled;
    // What was let go for the run says nothing of the set.
    expect(now().own?.problem).toBeUndefined();
    cancelAdvice();
    expect(now().advised).toBe(stands);
    expect(asked[3]).toMatchObject({ indexes: ['new_1', 'new_2', 'public.orders_placed', 'lost_1'] });
    answer(2, err('cancelled', 'The advice was cancelled.'));
    answer(3, ok({ ...sampleAdvice(open()).advised, reads: 7 }));
    await again;
    await Promise.resolve();
    expect(now().own).toMatchObject({ busy: false, scenario: { reads: 7 } });
    expect(now().problem).toBeUndefined();
  });

  it('that is weighed asks for nothing when a run is called off', async () => {
    const { asked } = await advised();
    beginOwn('now');
    void runAdvice();
    cancelAdvice();
    expect(asked).toHaveLength(2);
    expect(now().own).toMatchObject({ busy: false });
  });
});
