import { describe, expect, it } from 'vitest';
import { foreignKeyName, referencingType, singular } from './foreign-key-columns.ts';

describe('names of foreign key columns', () => {
  it('singular', () => {
    const cases: [string, string][] = [
      ['orders', 'order'],
      ['order_items', 'order_item'],
      ['categories', 'category'],
      ['addresses', 'address'],
      ['boxes', 'box'],
      ['branches', 'branch'],
      ['statuses', 'status'],
      ['status', 'status'],
      ['analysis', 'analysis'],
      ['houses', 'house'],
      ['movies', 'movie'],
      ['people', 'person'],
      ['sales_people', 'sales_person'],
      ['children', 'child'],
      ['news', 'news'],
      ['user', 'user'],
      ['Users', 'User'],
      ['OrderItems', 'OrderItem'],
      ['CATEGORIES', 'CATEGORY'],
      ['ties', 'tie'],
      ['漢字', '漢字'],
      ['', ''],
    ];
    expect(cases.map(([name]) => [name, singular(name)])).toEqual(cases);
  });

  it('follow the style of the names they are made of', () => {
    expect(foreignKeyName('orders', 'id')).toBe('order_id');
    expect(foreignKeyName('customers', 'customer_no')).toBe('customer_no');
    expect(foreignKeyName('Orders', 'Id')).toBe('OrderId');
    expect(foreignKeyName('order items', 'id')).toBe('order item_id');
  });

  it('counters become the number they count', () => {
    expect(referencingType({ kind: 'builtin', name: 'bigserial' })).toEqual({ kind: 'builtin', name: 'bigint' });
    expect(referencingType({ kind: 'builtin', name: 'constructor' })).toEqual({ kind: 'builtin', name: 'constructor' });
  });
});
