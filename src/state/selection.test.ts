import { describe, expect, it } from 'vitest';
import { shop } from '#test/inspected-shop.ts';
import { livingRefs, refExists } from './selection.ts';

describe('a selection after a deletion', () => {
  const document = shop();

  it('keeps what exists, parts and records', () => {
    const refs = [{ record: 'tbl_orders', part: 'col_status' }, { record: 'tbl_customers' }];
    expect(livingRefs(document, refs)).toEqual(refs);
    expect(refExists(document, { record: 'tbl_orders', part: 'gone' })).toBe(false);
  });

  it('falls back from parts that are gone to their record, once', () => {
    const refs = [{ record: 'tbl_orders', part: 'gone' }, { record: 'tbl_orders', part: 'gone too' }, { record: 'gone' }];
    expect(livingRefs(document, refs)).toEqual([{ record: 'tbl_orders' }]);
  });

  it('does not add the record beside a part of it that stays', () => {
    const kept = { record: 'tbl_orders', part: 'col_status' };
    expect(livingRefs(document, [kept, { record: 'tbl_orders', part: 'gone' }])).toEqual([kept]);
  });
});
