import { describe, expect, it } from 'vitest';
import { emptyDocument, emptyTable } from '#model/create.ts';
import { selectionPath } from './selection-path.ts';

const type = { kind: 'builtin', name: 'text' } as const;
const document = {
  ...emptyDocument(),
  tables: {
    t1: {
      ...emptyTable('t1', 'sch_public', 'orders'),
      columns: [{ id: 'c1', name: 'ship_zip', type, nullable: true }],
      keys: [{ id: 'k1', kind: 'primary' as const, columns: ['c1'] }],
    },
  },
};

describe('the path of the selection', () => {
  it('names the record and its part', () => {
    expect(selectionPath(document, [{ record: 't1' }])).toBe('orders');
    expect(selectionPath(document, [{ record: 't1', part: 'c1' }])).toBe('orders.ship_zip');
    expect(selectionPath(document, [{ record: 't1', part: 'k1' }])).toBe('orders (primary key ship_zip)');
  });

  it('counts several, and says nothing of what is not there', () => {
    expect(selectionPath(document, [{ record: 't1' }, { record: 't1', part: 'c1' }])).toBe('2 selected');
    expect(selectionPath(document, [])).toBe('');
    expect(selectionPath(document, [{ record: '__proto__' }])).toBe('');
  });
});
