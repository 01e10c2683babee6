import { beforeEach, describe, expect, it } from 'vitest';
import { adviceStore } from '#state/advice.ts';
import { documentStore, load, undo } from '#state/document.ts';
import { noticesStore } from '#state/notices.ts';
import { sampleAdvice, sampleDocument } from '../../../test/advice-sample.ts';
import { apply, toApply } from './apply.ts';

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
      ids: ['new_1', 'public.orders_state'],
      says: 'Applying makes 1 index and drops 1 index: one undo step.',
    });
    expect(toApply(advice, new Set(['new_1', 'new_2'])).says).toBe('Applying makes 2 indexes, 84 MB more: one undo step.');
    expect(toApply(advice, new Set(['public.orders_state'])).says).toBe('Applying drops 1 index, 42 MB less: one undo step.');
    expect(toApply(advice, new Set())).toEqual({ ids: [], says: 'Nothing is chosen to be applied.' });
  });

  it('is one undo step, and says where the statements are', () => {
    const advice = sampleAdvice(open());
    const before = open();
    adviceStore.setState({ advised: { advice, of: before, weighed: before, settings: adviceStore.getState().settings } });
    apply(advice, ['new_1', 'public.orders_state']);
    expect(orders()).toEqual(['orders_placed', 'orders_customer_id_placed_at_idx']);
    expect(adviceStore.getState().advised?.applied).toBe(true);
    expect(noticesStore.getState().notices.at(-1)).toMatchObject({ tone: 'ok', action: { label: 'Show the DDL' } });
    undo();
    expect(open()).toEqual(before);
  });

  it('changes nothing when the model has moved on, and says why', () => {
    const advice = sampleAdvice(open());
    apply(advice, ['public.orders_state']);
    const before = open();
    apply(advice, ['new_1', 'public.orders_state']);
    expect(open()).toBe(before);
    expect(noticesStore.getState().notices.at(-1)?.tone).toBe('bad');
  });
});
