import { beforeEach, describe, expect, it } from 'vitest';
import { type Advised, adviceStore, isApplied } from '#state/advice.ts';
import { documentStore, load, run, undo } from '#state/document.ts';
import { noticesStore } from '#state/notices.ts';
import { sampleAdvice, sampleDocument } from '../../../test/advice-sample.ts';
import { apply, toApply, toApplyOwn } from './apply.ts';

const open = () => documentStore.getState().document;
const orders = () =>
  Object.values(open().tables)
    .find((one) => one.name === 'orders')
    ?.indexes.map(({ name }) => name);

describe('applying advice', () => {
  beforeEach(async () => load(await sampleDocument()));

  it('says what it would do', () => {
    const advice = sampleAdvice(open());
    expect(toApply(advice, new Set(['new_1', 'public.orders_state', 'public.orders_placed', 'public.orders_pkey']))).toEqual({
      chosen: { kind: 'advised', ids: ['new_1', 'public.orders_state'] },
      says: 'Applying makes 1 index and drops 1 index: one undo step.',
      count: 2,
    });
    expect(toApply(advice, new Set(['new_1', 'new_2'])).says).toBe('Applying makes 2 indexes, 84 MB more: one undo step.');
    expect(toApply(advice, new Set(['public.orders_state'])).says).toBe('Applying drops 1 index, 42 MB less: one undo step.');
    expect(toApply(advice, new Set())).toMatchObject({ says: 'Nothing is chosen to be applied.', count: 0 });
  });

  it('says what an own set would do, with the costs of that set only', () => {
    const advice = sampleAdvice(open());
    const scenario = advice.advised;
    const own = (busy: boolean, ...indexes: string[]) => toApplyOwn(open(), advice, { indexes: new Set(indexes), scenario, busy });
    expect(own(false, 'new_1', 'public.orders_state', 'public.orders_placed')).toMatchObject({
      says: 'Your set makes 1 index, 42 MB more: one undo step.',
      count: 1,
      chosen: { kind: 'own', after: scenario },
    });
    expect(own(true, 'new_2')).toMatchObject({ count: 3, chosen: { after: undefined } });
    expect(own(false, 'public.orders_state', 'public.orders_placed')).toMatchObject({
      says: 'Your set is what is there: there is nothing to apply.',
      count: 0,
    });
  });

  it('makes an own set what is there in one undo step', () => {
    const advice = sampleAdvice(open());
    const before = open();
    apply(advice, { kind: 'own', indexes: new Set(['new_1', 'public.orders_state']) });
    expect(orders()).toEqual(['orders_state', 'orders_customer_id_placed_at_idx']);
    expect(noticesStore.getState().notices.at(-1)?.text).toContain('Your set is in the model.');
    undo();
    expect(open()).toEqual(before);
  });

  it('is one undo step, and says where the statements are', () => {
    const advice = sampleAdvice(open());
    const before = open();
    adviceStore.setState({ advised: { advice, of: before, weighed: before, settings: adviceStore.getState().settings } });
    apply(advice, { kind: 'advised', ids: ['new_1', 'public.orders_state'] });
    expect(orders()).toEqual(['orders_placed', 'orders_customer_id_placed_at_idx']);
    const applied = () => isApplied(adviceStore.getState().advised as Advised, open());
    expect(applied()).toBe(true);
    expect(noticesStore.getState().notices.at(-1)).toMatchObject({ tone: 'ok', action: { label: 'Show the DDL' } });
    undo();
    expect(open()).toEqual(before);
    expect(applied()).toBe(false);
    // Another change since is not the advice again.
    run({ name: 'addQuery', args: { record: { id: 'qry_later', name: 'later', sql: 'SELECT 1' } } });
    expect(applied()).toBe(false);
  });

  it('changes nothing when the model has moved on, and says why', () => {
    const advice = sampleAdvice(open());
    apply(advice, { kind: 'advised', ids: ['public.orders_state'] });
    const before = open();
    apply(advice, { kind: 'advised', ids: ['new_1', 'public.orders_state'] });
    expect(open()).toBe(before);
    expect(noticesStore.getState().notices.at(-1)?.tone).toBe('bad');
  });
});
