import { describe, expect, it } from 'vitest';
import { sequentialScan } from './access.ts';
import { type OtherLookup, type OtherMethod, otherScan } from './other-methods.ts';

const heap = { rows: 1_000_000, pages: 20_000, visible: 1 };
const lookup = (method: OtherMethod, more: Partial<OtherLookup> = {}): OtherLookup => ({
  method,
  heap,
  tree: { rows: heap.rows, pages: method === 'brin' ? 4 : 6000, height: 2 },
  found: 1e-4,
  conditions: 1,
  filters: 0,
  correlation: 0,
  columns: 1,
  searches: 3,
  ...more,
});

describe.each(['gin', 'gist', 'brin', 'hash'] as const)('a scan by %s', (method) => {
  it('costs no less when it finds more', () => {
    let last = 0;
    for (const found of [1e-6, 1e-4, 0.01, 0.3, 1]) {
      const { total } = otherScan(lookup(method, { found, correlation: 1 }));
      expect(total).toBeGreaterThanOrEqual(last);
      last = total;
    }
  });

  it('of few rows is below that of the table', () => {
    // A range of BRIN is 128 pages, whose rows the planner takes to lie anywhere.
    const share = method === 'brin' ? 2 : 10;
    expect(otherScan(lookup(method, { correlation: 1 })).total).toBeLessThan(sequentialScan(heap, 1).total / share);
  });
});

describe('each has its own price', () => {
  it('BRIN is worth nothing where rows are in no order', () => {
    expect(otherScan(lookup('brin', { correlation: 0 })).total).toBeGreaterThan(sequentialScan(heap, 1).total);
  });

  it('GIN costs more for more keys that are looked for', () => {
    expect(otherScan(lookup('gin', { searches: 20 })).total).toBeGreaterThan(otherScan(lookup('gin', { searches: 1 })).total);
  });
});
