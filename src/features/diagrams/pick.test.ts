import { describe, expect, it } from 'vitest';
import { found } from './pick.ts';

const ITEMS = [
  { id: '1', label: 'order_lines', hint: 'sales' },
  { id: '2', label: 'orders', hint: 'sales · core' },
  { id: '3', label: 'customers', hint: 'crm · core' },
];
const ids = (typed: string) => found(ITEMS, typed).map((one) => one.id);

describe('what answers the typed letters', () => {
  it('is everything in its order, when there are none', () => {
    expect(ids('')).toEqual(['1', '2', '3']);
    expect(ids('  ')).toEqual(['1', '2', '3']);
  });

  it('goes by the label first, the best match before the others, then by the hint', () => {
    expect(ids('orders')).toEqual(['2', '1']);
    expect(ids('core')).toEqual(['2', '3']);
    expect(ids('cust')).toEqual(['3']);
    expect(ids('nothing')).toEqual([]);
  });
});
